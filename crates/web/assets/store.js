// What this device keeps, in the browser's own database. Looking makes none: it is there when something was put in.
export const there = async () => (await indexedDB.databases()).some(({ name }) => name === "porchlight");
let opened;
const open = () => new Promise((done, failed) => {
  const asked = indexedDB.open("porchlight", 2);
  asked.onupgradeneeded = () => {
    const { result } = asked, known = result.objectStoreNames;
    for (const name of ["keys", "unsent", "copies", "waiting"]) known.contains(name) || result.createObjectStore(name);
  };
  asked.onsuccess = () => {
    const close = () => asked.result.close();
    // A page that is left while it holds the database could keep the next one from it.
    addEventListener("pagehide", close);
    asked.result.onversionchange = close;
    done(asked.result);
  };
  asked.onerror = failed;
});
addEventListener("pageshow", () => (opened = undefined));
export const store = async (name, verb, ...given) => {
  const mode = verb.startsWith("get") ? "readonly" : "readwrite";
  const change = (await (opened ??= open())).transaction(name, mode, { durability: "strict" });
  const asked = change.objectStore(name)[verb](...given);
  return new Promise((done, failed) => {
    change.oncomplete = () => done(asked.result);
    change.onabort = failed;
  });
};
// A key that no script can read out.
export const key = async () => {
  const kept = await store("keys", "get", "seal");
  if (kept) return kept;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Another page may have put one in meanwhile: the first one stays.
  await store("keys", "add", fresh, "seal").catch(() => null);
  return store("keys", "get", "seal");
};
