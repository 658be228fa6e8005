// A page that was kept on this phone: shown, and its form filled in with what was written already.
import { open } from "./pocket.js";
import { store } from "./store.js";
const uuid = () => {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
};
const fill = (form, { action, body }) => {
  form.setAttribute("action", action);
  const said = new URLSearchParams(body);
  for (const field of form.elements) {
    const values = said.getAll(field.name);
    if (/radio|checkbox/.test(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
};
export const copy = async (mine, place, path, written) => {
  const kept = await store("copies", "get", path);
  const { html, kind } = JSON.parse(await open(mine, kept.sealed));
  // A form that is filled in twice is two forms.
  const fresh = written ? [] : (html.match(/data-fresh="([^"]*)"/)?.[1].split(" ") ?? []);
  place.innerHTML = fresh.reduce((all, id) => all.replaceAll(id, uuid()), html);
  place.className = kind;
  const form = place.querySelector("form[data-later]"), { day, start } = form?.elements ?? {};
  if (written && form) fill(form, written);
  else if (day && form.dataset.fresh) {
    // As a clock on the programme's wall shows it, wherever the phone is: "2026-11-26 22:51:07".
    const now = new Date().toLocaleString("sv", { timeZone: form.dataset.zone });
    day.removeAttribute("max");
    [day.value, start.value] = [now.slice(0, 10), now.slice(11, 16)];
  }
};
