// Opens pages without signal and sends the outbox when it is back. The pages it keeps are one
// member's only: as soon as a page of somebody else (or of nobody) comes, they are thrown away.
importScripts("{% static "js/outbox.js" %}");

const SHELL = "shell-{{ version }}";
const PAGES = "pages";
const FILES = [{% for file in files %}"{{ file }}", {% endfor %}"{{ offline }}"];
const KEPT = /^\/(today\/|sessions\/[0-9a-f-]{36}\/|exercises\/[^/]+\/)?$/;
const PATIENCE = 4000; // ms, then the kept page is shown if there is one

addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(SHELL).then((shell) => shell.addAll(FILES)).then(() => self.skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

addEventListener("message", (event) => event.waitUntil(takeOver()));

addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sync());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "GET" && pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  } else if (request.cache === "only-if-cached") {
    return; // Back to what a form was answered with: the browser asks whether to send it again
  } else if (request.mode === "navigate" || (request.method === "GET" && KEPT.test(pathname))) {
    event.respondWith(page(event));
  }
});

// The first visit was loaded without us: what is open now is ours from here on, and kept too.
async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  }
  await clients.claim();
  for (const client of await clients.matchAll({ type: "window" })) {
    const { pathname } = new URL(client.url);
    if (KEPT.test(pathname)) {
      await fetch(pathname).then((answer) => keep(pathname, answer)).catch(() => {});
    }
  }
}

// A browser that is told of failure tries again later.
async function sync() {
  if ((await outbox.flush("{% url "workouts:outbox" %}")) === "away") throw new Error("away");
}

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event) {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const kept = request.method === "GET" ? await (await caches.open(PAGES)).match(pathname) : null;
  const network = fetch(request);
  event.waitUntil(network.then((answer) => keep(pathname, answer.clone())).catch(() => {}));
  const late = new Promise((_, reject) => {
    if (kept) setTimeout(reject, PATIENCE);
  });
  try {
    return await Promise.race([network, late]);
  } catch {
    if (request.mode !== "navigate") return network;
    return kept ?? caches.match("{{ offline }}");
  }
}

async function keep(pathname, answer) {
  const member = answer.headers.get("X-Member");
  if (member === null) return; // a redirect, or no page
  let pages = await caches.open(PAGES);
  const owner = await (await pages.match("/-member"))?.text();
  if (owner !== member) {
    await caches.delete(PAGES);
    pages = await caches.open(PAGES);
    await pages.put("/-member", new Response(member));
  }
  if (!member || !KEPT.test(pathname)) return;
  // What a trainer sees of somebody else is theirs only as long as that person lets them.
  if (!answer.ok || answer.headers.has("X-Not-Mine")) return void (await pages.delete(pathname));
  const html = (await answer.text()).replace("<body ", "<body data-kept ");
  await pages.put(pathname, new Response(html, { headers: answer.headers }));
}
