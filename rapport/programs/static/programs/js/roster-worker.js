// Keeps the list of today's door on the device, so that it opens again without a network. It is thrown away with the
// next list that is opened, or when somebody signs out and the desk sends them to its door.
const NAME = "rapport-door";
const isList = (url) => /^\/desk\/sessions\/\d+\/roster\/$/.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" ? isList(url) : url.pathname.startsWith("/static/")) {
    event.respondWith(fresh(event.request, isList(url)));
  }
});

async function fresh(request, isPage) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    if (isPage) await forgetPages(cache);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request)) || Response.error();
  }
}

async function forgetPages(cache) {
  for (const one of await cache.keys()) if (isList(new URL(one.url))) await cache.delete(one);
}
