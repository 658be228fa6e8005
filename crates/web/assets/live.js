// Keeps the parts of a page current that say data-live="/address". The server only says that something changed; the
// page is then asked for again, and the part with the same id is put in place, unless somebody is typing in it.
for (const part of document.querySelectorAll("[data-live][id]")) {
  const events = new EventSource(part.dataset.live);
  let waiting;
  const renew = async () => {
    if (document.hidden || part.contains(document.activeElement)) return;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
  };
  events.addEventListener("changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, 300);
  });
  document.addEventListener("visibilitychange", () => document.hidden || renew());
  addEventListener("pagehide", () => events.close());
}
