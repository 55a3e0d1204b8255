// Holds what a display needs to come up while the server is away: a page that waits.
const SHELL = 'alur-papan-1';
const PARTS = ['/papan.js', '/papan-tunggu.css', '/plus-jakarta-sans.woff2'];
const PATIENCE = 10_000;

const WAITING = `<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>Papan · Alur</title>
<link rel="stylesheet" href="/papan-tunggu.css"></head><body><div data-wall="tunggu"><main class="board">
<h1>Menunggu server</h1><p>Papan ini tampil sendiri begitu server dapat dihubungi.</p></main></div>
<script src="/papan.js" defer></script></body></html>`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (PARTS.includes(pathname)) event.respondWith(part(request, pathname));
});

/** The page, if it is ours and comes in time; else one that waits for it. */
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === 'opaqueredirect' || (answer.headers.get('x-request-id') && answer.status < 500)) return answer;
  } catch { /* the line is down */ }
  return new Response(WAITING, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'self'" },
  });
}

/** Newest first, else as it was kept. */
async function part(request, pathname) {
  const cache = await caches.open(SHELL);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get('x-request-id')) {
      await cache.put(pathname, answer.clone());
      return answer;
    }
  } catch { /* the line is down */ }
  return (await cache.match(pathname)) ?? Response.error();
}
