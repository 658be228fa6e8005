// On every page of a phone that was set up: sends what waits, holds on to a form until it has arrived, and renews what can be
// read without signal.
import { keepPhone, phone, seal } from "./pocket.js";
import { keep, send, waiting } from "./outbox.js";
import { expire } from "./lock.js";
import { store } from "./store.js";
const pill = document.querySelector("[data-waiting]");
const show = async () => {
  const count = (await waiting()).length;
  pill.hidden = !count;
  pill.querySelector("b").textContent = count;
};
const go = () => send().then(show);
const later = "form[data-later]";
const hold = (one) => async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.matches(later) || form.dataset.held) return;
  event.preventDefault();
  await keep(one, form, submitter, document, location.pathname + location.search).catch(() => null);
  form.dataset.held = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.held;
};
const renew = async (one) => {
  if (!one.lock || Date.now() - one.filled < 108e5) return;
  const asked = await fetch("/device/pages").catch(() => null);
  if (!asked?.ok || asked.redirected) return;
  const { pages } = await asked.json(), old = new Set(await store("copies", "getAllKeys"));
  for (const [at, path] of pages.entries()) {
    const answer = await fetch(path, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), main = page.querySelector("main");
    const text = JSON.stringify({ title: main.querySelector("h1")?.textContent, html: main.innerHTML, kind: main.className });
    await store("copies", "put", { at, sealed: await seal(one.mine, text) }, path);
    old.delete(path);
  }
  for (const path of old) await store("copies", "delete", path);
  await keepPhone({ ...(await phone()), filled: Date.now() });
  navigator.serviceWorker.controller?.postMessage("renew");
};
const one = await phone();
if (one?.seat === pill?.dataset.waiting) {
  // A page that answers a form shows every word of it: nothing of that waits any more.
  if ("answer" in document.body.dataset) for (const { id, action } of await waiting()) document.querySelector(`${later}[action="${action}"]`) && (await store("waiting", "delete", id));
  document.addEventListener("submit", hold(one));
  addEventListener("online", go);
  document.addEventListener("visibilitychange", () => document.hidden || go());
  setInterval(go, 60000);
  await expire();
  await go();
  await renew(await phone());
}
