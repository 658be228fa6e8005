// A drawer on this device for words that are on their way. Each is sealed with a key that no script can read out, and
// belongs to the seat (the account in its programme) that put it in.
import { key, store, there } from "./store.js";
export const put = async (seat, id, text) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(text));
  return store("unsent", "put", { seat, at: Date.now(), iv, sealed }, id);
};
export const drop = (id) => store("unsent", "delete", id);
// What this seat has in it: [{ id, text, waited: seconds since it was put in }].
export const all = async (seat) => {
  const found = [];
  if (!(await there())) return found;
  for (const id of await store("unsent", "getAllKeys")) {
    const one = await store("unsent", "get", id);
    if (one?.seat !== seat) continue;
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: one.iv }, await key(), one.sealed);
    found.push({ id, text: new TextDecoder().decode(text), waited: Math.round((Date.now() - one.at) / 1000) });
  }
  return found;
};
