// When the server can't be reached, this answers with the page of what is on this phone. It reads nothing of that itself.
const HERE = "offline-1", PAGE = "/offline";
const fill = async () => {
  const answer = await fetch(PAGE), page = await answer.clone().text();
  const files = [...page.matchAll(/\/assets\/[0-9a-f]+\/[\w./-]+/g)].map(([path]) => path);
  const cache = await caches.open(HERE);
  await cache.addAll(new Set([...files, "/help-now"]));
  await cache.put(PAGE, answer);
};
addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(fill().catch(() => null)));
const page = async (request) => {
  const answer = await fetch(request).catch(() => null);
  if (answer && ![502, 504].includes(answer.status)) return answer;
  const help = new URL(request.url).pathname === "/help-now" && (await caches.match("/help-now"));
  return help || (await caches.match(PAGE)) || Response.error();
};
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.url.includes("/assets/")) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
