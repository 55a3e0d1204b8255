// Keeps a display alive: its clock, the age of its picture, and loading it anew. Apart from
// the browser program, so that it goes on when that one stops. Nothing here is ever waited
// for by hand: a page is only left when the next one can be had.
(() => {
  const wall = document.querySelector('[data-wall]');
  const kind = wall?.dataset.wall;
  if (!kind) return;
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const OLD = MINUTE;
  const STALE = 5 * MINUTE;
  /** The program moves the page's clock every 5 s. When it has not for so many of our own ticks, it is dead. */
  const DEAD_TICKS = 45;
  /** A page that runs so long without harm is healthy again. */
  const HEALED = 10 * MINUTE;
  const LONGEST_PAUSE = 5 * MINUTE;
  /** What has not been answered by then is not answered: packets are lost. */
  const PATIENCE = 4 * SECOND;
  const NIGHT = 3;
  const WIB = 7 * 60 * MINUTE;
  const at = (selector) => wall.querySelector(selector);
  const board = at('.board');
  /** A moment by both clocks: one of them may be set, the other stands still while the machine sleeps. */
  const moment = () => [Date.now(), performance.now()];
  const since = ([date, ran]) => Math.max(0, Date.now() - date, performance.now() - ran);
  /** How long this page has run, however the clock is set meanwhile. */
  const opened = performance.now();
  const running = () => performance.now() - opened;
  const kept = { get: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* private mode */ } } };

  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/papan-sw.js', { scope: '/papan' }).catch(() => {});

  // ---- loading anew, once the page can be had

  /** A page of ours, not the page of a captive portal and not what the service worker shows. */
  async function fetchable(path) {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(path, { signal, cache: 'no-store', credentials: 'same-origin', headers: { accept: 'text/html' } });
    if (!answer.headers.get('x-request-id') || answer.status >= 500) return undefined;
    const text = await answer.text();
    return text.includes('data-wall=') ? text : undefined;
  }
  /** Fetches a part of the next page to its last byte: it is in the cache then. */
  async function loaded(path) {
    const answer = await fetch(path, { signal: AbortSignal.timeout(3 * PATIENCE) });
    return answer.ok && (await answer.arrayBuffer()).byteLength > 0;
  }
  const build = (text) => /\/pkg\/alur\.css\?v=(\w+)/.exec(text)?.[1];
  const mine = build(document.head.innerHTML);

  let leaving = false;
  async function renew(why, ready = () => true) {
    if (leaving) return;
    leaving = true;
    try {
      const text = await fetchable(location.href);
      if (text && ready(text)) {
        const next = build(text);
        const parts = next ? ['papan.js', 'papan.wasm', 'alur.css'].map((name) => `/pkg/${name}?v=${next}`) : [];
        if ((await Promise.all(parts.map(loaded))).every(Boolean)) {
          kept.set('alur-why', why);
          location.reload();
          return;
        }
      }
    } catch { /* the line is down: later */ }
    leaving = false;
  }

  // ---- what is shown

  const two = (number) => String(number).padStart(2, '0');
  const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
  const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'];
  const clock = (wib) => `${two(wib.getUTCHours())}.${two(wib.getUTCMinutes())}`;
  const day = (wib) => `${DAYS[wib.getUTCDay()]}, ${wib.getUTCDate()} ${MONTHS[wib.getUTCMonth()]} ${wib.getUTCFullYear()}`;
  function words(age) {
    const seconds = Math.floor(age / SECOND);
    if (seconds < 60) return `${seconds} detik`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} menit`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} jam`;
    return `${Math.floor(seconds / 86400)} hari`;
  }
  const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  // Stamped when they change, not when they are next looked at: the machine may sleep in between.
  let heardAt = moment();
  let heardTime = Number(board?.dataset.now);
  let still = 0;
  let met = false;
  let shift = 0;
  let ticks = 0;

  function note(changes) {
    for (const { attributeName } of changes) {
      if (attributeName === 'data-now') still = 0;
      else [heardAt, heardTime] = [moment(), Number(board.dataset.now)];
    }
  }

  function look() {
    const { dataset } = board;
    still += 1;
    const age = since(heardAt);
    const on = dataset.line === 'on';
    met ||= on;
    wall.dataset.age = age >= STALE ? 'stale' : age >= OLD ? 'old' : 'fresh';
    const chip = at('.foot .chip');
    chip.dataset.line = on && age < OLD ? 'on' : 'reaching';
    const last = clock(new Date(heardTime + WIB));
    if (dataset.line === 'revoked') put(at('.foot .chip span'), 'Dicabut');
    else if (on && age < OLD) put(at('.foot .chip span'), `Tersambung · data ${words(age)} lalu`);
    else if (!met && age < PATIENCE) put(at('.foot .chip span'), 'Menyambungkan…');
    else put(at('.foot .chip span'), `Terputus · data pukul ${last}, ${words(age)} lalu`);
    const veil = at('.veil');
    veil.hidden = age < STALE || dataset.line === 'revoked';
    put(veil.firstElementChild, `Terputus: data terakhir ${day(new Date(heardTime + WIB))} pukul ${last}`);

    // The server's time, moved on by our own clock since it was last told.
    const server = heardTime + age;
    const wib = new Date(server + WIB);
    put(at('.foot .day'), day(wib));
    put(at('.foot .clock'), clock(wib));

    ticks += 1;
    if (ticks % 60 === 0) wall.dataset.shift = String((shift = (shift + 1) % 9));
    if (dataset.outdated !== undefined && ticks % 5 === 0) void renew('build', (text) => build(text) !== mine);
    if (wib.getUTCHours() === NIGHT && running() > 60 * MINUTE && ticks % 30 === 0) void renew('night');
    if (still >= DEAD_TICKS || broken) void revive();
    else if (running() > HEALED) kept.set('alur-revived', '0');
  }

  // ---- the watchdog: each time without healing in between it waits twice as long

  let broken = false;
  let reviveAt = 0;
  function revive() {
    const times = Number(kept.get('alur-revived') ?? 0);
    const now = running();
    if (reviveAt === 0) reviveAt = now + Math.min(LONGEST_PAUSE, times === 0 ? 0 : 5 * SECOND * 2 ** times);
    if (now < reviveAt) return undefined;
    reviveAt = 0;
    kept.set('alur-revived', String(Math.min(times + 1, 10)));
    return renew('watchdog');
  }
  addEventListener('error', (event) => { if (event.error instanceof WebAssembly.RuntimeError) broken = true; });
  addEventListener('unhandledrejection', (event) => { if (event.reason instanceof WebAssembly.RuntimeError) broken = true; });

  // ---- each kind of page

  if (kind === 'papan') {
    new MutationObserver(note).observe(board, { attributeFilter: ['data-now', 'data-heard'] });
    look();
    setInterval(look, SECOND);
  } else if (kind === 'pasang') {
    setInterval(async () => {
      try {
        const signal = AbortSignal.timeout(PATIENCE);
        const answer = await fetch('/api/pairing', { signal, cache: 'no-store', headers: { accept: 'application/json' } });
        const pairing = await answer.json();
        if (pairing === 'paired') location.replace('/papan');
        else if (pairing.waiting && pairing.waiting.code !== wall.dataset.code) await renew('code');
      } catch { /* the line is down: later */ }
    }, 3 * SECOND);
  } else {
    // Waiting for the server, or revoked: whatever comes, the page shows it.
    setInterval(() => void renew('waited', (text) => !text.includes('data-wall="tunggu"')), 3 * SECOND);
  }
})();
