// A provider of OpenID Connect that people run, for a test: on any free port of this machine, with one client.
//
//   node provider.mjs FOLDER BACK
//
// FOLDER holds node_modules; BACK is where people are sent back to. It says its own name on a line, and ends when nobody
// holds its standard input any more.
import { createServer } from "node:http";
import { webcrypto } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Before version 20 of Node it has to be asked for.
globalThis.crypto ??= webcrypto;

const [folder, back] = process.argv.slice(2);
const home = pathToFileURL(join(folder, "node_modules/oidc-provider/lib/index.js"));
const { Provider } = await import(home);

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "porch", client_secret: "between us", redirect_uris: [back] }],
    cookies: { keys: ["of this test"] },
    pkce: { required: () => true },
  });
  server.on("request", provider.callback());
  console.log(`issuer ${issuer}`);
});
process.stdin.resume().on("end", () => process.exit(0));
