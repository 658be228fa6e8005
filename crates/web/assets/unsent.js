// The box that says a safety report is not out yet. Until the server has it, it waits in the drawer; it goes out when there
// is a signal, by its command id, so twice is once. Nothing is called sent before the server has it.
import { all, drop } from "./drawer.js";
const box = document.querySelector("[data-not-sent]");
export const { seat } = box.dataset;
let busy = false;
export const warn = (kept) => {
  box.hidden = false;
  if (kept) for (const part of box.querySelectorAll("[data-here], [data-kept]")) part.hidden = "here" in part.dataset;
  box.scrollIntoView({ block: "center" });
};
// True when it is on the server's disk: only then is it gone from here, and its page opens.
export const send = async (id, body) => {
  busy = true;
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const asked = { method: "POST", body, headers, signal: AbortSignal.timeout(10000) };
  const answer = await fetch("/safety/new", asked).catch(() => null);
  const sent = answer?.ok && answer.redirected && /^\/safety\/[0-9a-f-]{36}$/.test(new URL(answer.url).pathname);
  if (sent) {
    // A drawer that another page holds must not keep this one from showing whom to call; twice is once.
    await Promise.race([drop(id).catch(() => null), new Promise((done) => setTimeout(done, 500))]);
    location.assign(answer.url);
  }
  busy = sent;
  return { sent, status: answer?.status };
};
// The server wants something put right: its own page says what, with every word still there.
const askAgain = (body) => {
  const make = (kind, ...what) => Object.assign(document.createElement(kind), ...what);
  const shown = make("form", { method: "post", action: "/safety/new", hidden: true });
  for (const [name, value] of new URLSearchParams(body)) shown.append(make("input", { name, value }));
  document.body.append(shown);
  shown.submit();
};
const sendKept = async () => {
  if (busy) return;
  for (const { id, text, waited } of await all(seat).catch(() => [])) {
    const body = `${text}&waited=${waited}`;
    const { sent, status } = await send(id, body);
    if (sent) return;
    if (status === 422 && location.pathname !== "/safety/new") return askAgain(body);
    warn(true);
  }
};
box.querySelector("button").addEventListener("click", sendKept);
addEventListener("online", sendKept);
document.addEventListener("visibilitychange", () => document.hidden || sendKept());
setInterval(sendKept, 15000);
sendKept();
