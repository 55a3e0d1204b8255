// Holds what a display needs to come up while the server is away: a page that waits.
const SHELL = 'alur-papan-2';
const PARTS = ['/papan.js', '/papan-tunggu.css', '/plus-jakarta-sans.woff2'];
const PATIENCE = 10_000;
/** What is kept already is not waited for so long. */
const PATIENCE_FOR_PARTS = 4_000;

const WAITING = `<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>Papan · Alur</title>
<link rel="stylesheet" href="/papan-tunggu.css"></head><body><div data-wall="tunggu"><main class="board">
<h1>Menunggu server</h1><p>Papan ini tampil sendiri begitu server dapat dihubungi.</p></main></div>
<script src="/papan.js" defer></script></body></html>`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => event.waitUntil(Promise.all([forget(), self.clients.claim()])));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (PARTS.includes(pathname)) event.respondWith(part(request, pathname));
});

/** Lets go of what an older one of these kept. */
async function forget() {
  const others = (await caches.keys()).filter((name) => name !== SHELL);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/**
 * The page, if it is ours and comes in time; else one that waits for it. Where an answer leads is
 * followed in here, because a captive portal leads away as well.
 */
async function page({ url }) {
  try {
    const headers = { accept: 'text/html' };
    const answer = await fetch(url, { headers, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    if (answer.headers.get('x-request-id') && answer.status < 500) {
      if (answer.redirected) return Response.redirect(answer.url);
      // To its last byte: half a page would have nothing that keeps it alive.
      return new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers });
    }
  } catch { /* the line is down, or leads somewhere else */ }
  return new Response(WAITING, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'self'" },
  });
}

/** Newest first, else as it was kept. */
async function part(request, pathname) {
  const cache = await caches.open(SHELL);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_FOR_PARTS) });
    if (answer.ok && answer.headers.get('x-request-id')) {
      await cache.put(pathname, answer.clone());
      return answer;
    }
  } catch { /* the line is down */ }
  return (await cache.match(pathname)) ?? Response.error();
}
