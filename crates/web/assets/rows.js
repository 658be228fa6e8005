// A row of the list of what is on this phone, from its template: its words, when, and what a tap does.
const lang = document.documentElement.lang;
const when = (at) => new Date(at).toLocaleString(lang, { weekday: "short", hour: "numeric", minute: "numeric" });
export const row = (template, title, at, act) => {
  const made = template.content.cloneNode(true);
  made.querySelector("[data-words]").append(title ?? "…");
  made.querySelector("[data-when]")?.append(when(at));
  made.querySelector("a").onclick = act;
  return made;
};
