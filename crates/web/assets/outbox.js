// What was written on this phone and is not on the server yet. Each form goes by the id of its command, so twice is once,
// and stays here until the server says that it has it.
import { keepPhone, phone, seal } from "./pocket.js";
import { wipe } from "./lock.js";
import { store } from "./store.js";
// Takes the form as the button that was pressed would send it, from the page of this address.
export const keep = async (one, form, submitter, page, from) => {
  const id = form.elements.command.value, at = Date.now(), action = form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form, submitter)).toString();
  const path = submitter?.getAttribute("formaction") ?? action, title = page.querySelector("h1").textContent;
  const out = await seal(one.key, JSON.stringify({ id, path, body, at }));
  const shown = one.lock && (await seal(one.mine, JSON.stringify({ title, from, action, body })));
  return store("waiting", "put", { id, at, action, out, shown }, id);
};
export const waiting = async () => (await store("waiting", "getAll")).filter(({ out }) => out);
const text = (sealed) => btoa(Array.from(new Uint8Array(sealed), (one) => String.fromCharCode(one)).join(""));
const QUIET = 6e5, MOST = 50, SHOWN = 7 * 864e5;
// Answers whether the server wants its reader to sign in first.
export const send = () => navigator.locks.request("send", async () => {
  const one = await phone(), all = one ? await waiting() : [];
  if (!one || (!all.length && Date.now() - one.heard < QUIET)) return;
  const now = all.slice(0, MOST), items = now.map(({ out }) => text(out));
  const body = JSON.stringify({ secret: one.secret, waiting: all.length, items });
  const asked = { method: "POST", body, headers: { "content-type": "application/json" }, signal: AbortSignal.timeout(30000) };
  const answer = await fetch("/device/send", asked).catch(() => null);
  if (!answer?.ok) return;
  const { done, ended, signed_out } = await answer.json();
  for (const { id, at } of now) {
    const mine = id in done && (await store("waiting", "get", id));
    // Written again meanwhile: that goes out too.
    if (mine?.at === at) await store("waiting", "put", { ...mine, out: null, sent: Date.now(), to: done[id] }, id);
  }
  for (const old of await store("waiting", "getAll")) if (Date.now() - old.sent > SHOWN) await store("waiting", "delete", old.id);
  await keepPhone({ ...(await phone()), heard: Date.now() });
  if (ended) await wipe(true);
  return signed_out;
});
