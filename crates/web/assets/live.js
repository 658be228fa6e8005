// Keeps the parts of a page current that say data-live="/address". The server only says that something changed; the
// page is then asked for again, and each part with the same id is put in place, unless somebody is typing in it.
const parts = [...document.querySelectorAll("[data-live][id]")];
const busy = (part) => part.contains(document.activeElement);
const renew = async () => {
  if (document.hidden || parts.every(busy)) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const fresh = page.getElementById(part.id);
    if (fresh && !busy(part)) part.replaceChildren(...fresh.childNodes);
  }
};
if (parts.length) {
  const events = new EventSource(parts[0].dataset.live);
  let waiting;
  events.addEventListener("changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, 300);
  });
  document.addEventListener("visibilitychange", () => document.hidden || renew());
  addEventListener("pagehide", () => events.close());
}
