// A drawer on this device for words that are on their way. Each is sealed with a key that no script can read out, and
// belongs to the seat (the account in its programme) that put it in.
let opened;
const open = () => new Promise((done, failed) => {
  const asked = indexedDB.open("porchlight", 1);
  asked.onupgradeneeded = () => ["keys", "unsent"].forEach((name) => asked.result.createObjectStore(name));
  asked.onsuccess = () => {
    // A page that is left while it holds the drawer could keep the next one from it.
    addEventListener("pagehide", () => asked.result.close());
    done(asked.result);
  };
  asked.onerror = failed;
});
const store = async (name, verb, ...given) => {
  const mode = verb.startsWith("get") ? "readonly" : "readwrite";
  const change = (await (opened ??= open())).transaction(name, mode, { durability: "strict" });
  const asked = change.objectStore(name)[verb](...given);
  return new Promise((done, failed) => {
    change.oncomplete = () => done(asked.result);
    change.onabort = failed;
  });
};
const key = async () => {
  const kept = await store("keys", "get", "seal");
  if (kept) return kept;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Another page may have put one in meanwhile: the first one stays.
  await store("keys", "add", fresh, "seal").catch(() => null);
  return store("keys", "get", "seal");
};
export const put = async (seat, id, text) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(text));
  return store("unsent", "put", { seat, at: Date.now(), iv, sealed }, id);
};
export const drop = (id) => store("unsent", "delete", id);
// What this seat has in it: [{ id, text, waited: seconds since it was put in }].
export const all = async (seat) => {
  const found = [];
  // Looking makes no drawer: it is there when something was put in.
  if (!(await indexedDB.databases()).some(({ name }) => name === "porchlight")) return found;
  for (const id of await store("unsent", "getAllKeys")) {
    const one = await store("unsent", "get", id);
    if (one?.seat !== seat) continue;
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: one.iv }, await key(), one.sealed);
    found.push({ id, text: new TextDecoder().decode(text), waited: Math.round((Date.now() - one.at) / 1000) });
  }
  return found;
};
