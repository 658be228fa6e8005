// What is on this phone, without signal: after the PIN it lists the pages that were kept, what waits and what was sent.
import { open, phone } from "./pocket.js";
import { keep, send } from "./outbox.js";
import { expire, unlock } from "./lock.js";
import { copy } from "./copy.js";
import { row } from "./rows.js";
import { store } from "./store.js";
const part = (name) => document.querySelector(`[data-part=${name}]`);
const show = (...names) => document.querySelectorAll("main > [data-part]").forEach((one) => (one.hidden = !names.includes(one.dataset.part)));
let mine, here, typed;
// A form that was begun and left is kept as it is.
const leave = async () => {
  const form = typed;
  typed = null;
  if (form) await keep(await phone(), form, null, part("copy"), here);
};
const read = async (sealed) => JSON.parse(await open(mine, sealed));
const turn = async (path, written) => {
  if (!(await store("copies", "getKey", path))) return here ? show("back", "signal", "copy") : list("signal");
  await leave();
  await copy(mine, part("copy"), path, written);
  here = path;
  show("back", "copy");
  scrollTo(0, 0);
};
const list = async (...also) => {
  await leave();
  here = null;
  show("title", "list", ...also);
  part("copy").replaceChildren();
  const lists = { waits: [], went: [], pages: [] };
  const line = (into, name, ...words) => lists[into].push(row(part(name), ...words));
  for (const { out, shown, at, sent, to } of (await store("waiting", "getAll")).sort((a, b) => b.at - a.at)) {
    const written = shown && (await read(shown));
    if (out) line("waits", "wait", written?.title, at, () => written && turn(written.from, written));
    else line("went", to === "/tray" ? "look" : "gone", written?.title, sent, () => location.assign(to));
  }
  const paths = await store("copies", "getAllKeys"), copies = await store("copies", "getAll");
  const found = copies.map((one, place) => ({ ...one, path: paths[place] })).sort((a, b) => a.at - b.at);
  for (const { sealed, path } of found) line("pages", "page", (await read(sealed)).title, 0, () => turn(path));
  for (const name in lists) part(name).replaceChildren(...lists[name]);
};
addEventListener("click", (event) => {
  const path = mine && event.target.closest("main a")?.getAttribute("href");
  if (!path?.startsWith("/")) return;
  event.preventDefault();
  path === "/offline" ? list() : turn(path);
});
addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  event.preventDefault();
  if (form.elements.pin) return enter(form.elements.pin);
  if (!("later" in form.dataset)) return show("back", "signal", "copy");
  typed = null;
  await keep(await phone(), form, submitter, part("copy"), here);
  await list("kept");
  await send();
  if (!here) list("kept");
});
addEventListener("input", ({ target: { form } }) => form?.matches("[data-later]") && (typed = form));
addEventListener("pagehide", leave);
const enter = async (field) => {
  const { mine: key, left } = await unlock(field.value), asked = location.pathname + location.search;
  field.value = "";
  mine = key;
  if (mine) return (await store("copies", "getKey", asked)) ? turn(asked) : list();
  part("left").textContent = left;
  part("wrong").hidden = false;
  if (!left) show("title", "closed");
};
await expire();
const one = await phone();
show("title", one ? (one.lock ? "pin" : "closed") : "none");
