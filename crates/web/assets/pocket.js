// What a phone keeps for its owner is sealed to a public key: its own, whose other half only the PIN opens, or the server's.
// So every page may put something in, and only the owner or the server takes it out.
import { key, store, there } from "./store.js";
const { subtle } = crypto;
const curve = { name: "ECDH", namedCurve: "P-256" };
const aes = { name: "AES-GCM", length: 256 };
// Each key below seals one text, ever.
const once = { name: "AES-GCM", iv: new Uint8Array(12) };
const bytes = (text) => new TextEncoder().encode(text);
const agree = async (mine, theirs, salt, use) => {
  const agreed = await subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const base = await subtle.importKey("raw", agreed, "HKDF", false, ["deriveKey"]);
  return subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: bytes("porchlight phone 1") }, base, aes, false, [use]);
};
const half = (point) => subtle.importKey("raw", point, curve, true, []);
export const seal = async (to, text) => {
  const pair = await subtle.generateKey(curve, true, ["deriveBits"]);
  const point = await subtle.exportKey("raw", pair.publicKey);
  return new Blob([point, await subtle.encrypt(once, await agree(pair.privateKey, to, point, "encrypt"), bytes(text))]).arrayBuffer();
};
export const open = async (mine, sealed) => {
  const point = sealed.slice(0, 65);
  return new TextDecoder().decode(await subtle.decrypt(once, await agree(mine, await half(point), point, "decrypt"), sealed.slice(65)));
};
const stretch = async (pin, salt) => {
  const base = await subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveKey"]);
  return subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 150000 }, base, aes, false, ["wrapKey", "unwrapKey"]);
};
export const phone = async () => (await there()) && store("keys", "get", "phone");
export const keepPhone = (one) => store("keys", "put", one, "phone");
export const make = async (pin, given) => {
  const salt = crypto.getRandomValues(new Uint8Array(16)), iv = salt.slice(4), pair = await subtle.generateKey(curve, true, ["deriveBits"]);
  const held = await subtle.wrapKey("pkcs8", pair.privateKey, await stretch(pin, salt), once);
  const lock = await subtle.encrypt({ name: "AES-GCM", iv }, await key(), held);
  const server = await half(Uint8Array.from(atob(given.key), (one) => one.charCodeAt()));
  return keepPhone({ ...given, key: server, mine: pair.publicKey, salt, iv, lock, tries: 0, filled: 0, heard: 0 });
};
export const unwrap = async ({ iv, lock, salt }, pin) => {
  const held = await subtle.decrypt({ name: "AES-GCM", iv }, await key(), lock);
  return subtle.unwrapKey("pkcs8", held, await stretch(pin, salt), once, curve, false, ["deriveBits"]).catch(() => null);
};
