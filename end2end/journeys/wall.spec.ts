// The wall: it moves by itself, says how old it is, and comes back from everything.
import { expect, test } from '../fixtures/test';
import { LINE_DOWN, REFUSED } from '../fixtures/watch';
import { DisplaysPage } from '../pages/DisplaysPage';
import { WallPage } from '../pages/WallPage';

const SCREEN = { viewport: { width: 1920, height: 1080 } };

test('in practice the wall works at once, and moves with the sheet', async ({ visitor, clerk }) => {
  const { page } = await visitor(SCREEN);
  const wall = new WallPage(page);
  await wall.open();
  await wall.expectSentence(/^Menunggu STAF\s· .*hari kerja/);
  await wall.expectReadable();
  await wall.expectTile('Dinkes', /belum/);
  await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
  await wall.expectSentence(/dijeda/, 5_000);
  await expect(page.locator('body')).not.toContainText('Rapat pimpinan');
  for (const viewport of [{ width: 1280, height: 720 }, { width: 3840, height: 2160 }]) {
    await page.setViewportSize(viewport);
    await wall.expectReadable();
  }
});

test('a display is paired, called by its name, and revoked', async ({ visitor, person }) => {
  const screen = await visitor(SCREEN);
  const wall = new WallPage(screen.page);
  const code = await wall.openPairing();
  const admin = await person('admin');
  const displays = new DisplaysPage(admin.page);
  await displays.open();
  await displays.pair('BBBB-BBBB', 'Ruang Karo');
  await displays.expectRefused(/tidak sedang tampil/);
  await displays.pair(code.toLowerCase(), 'Ruang Karo');
  await displays.expectDisplay('Ruang Karo', /dipasang/);
  await expect(screen.page).toHaveURL(/\/papan$/);
  await wall.expectLive();
  await displays.open();
  await displays.expectDisplay('Ruang Karo', /tersambung sekarang/);
  await displays.identify('Ruang Karo');
  await expect(screen.page.locator('.call')).toHaveText('Ruang Karo');
  await expect(screen.page.locator('.call')).toBeVisible();
  screen.watch.expect(REFUSED);
  screen.watch.expect(/WebSocket/);
  await displays.open();
  await displays.revoke('Ruang Karo');
  await wall.expectRevoked();
  await screen.page.reload();
  await wall.expectRevoked();
});

test('a picture that is old says so, and comes back with the line', async ({ visitor, clerk }) => {
  const { page, wire, watch } = await visitor(SCREEN);
  watch.expect(LINE_DOWN);
  await page.clock.install();
  const wall = new WallPage(page);
  await wall.open();
  await wall.expectAge('fresh');
  await wall.expectChip(/^Tersambung · data \d+ detik lalu/);
  await wire.cut();
  await page.clock.fastForward(61_000);
  await page.clock.runFor(2_000);
  await wall.expectAge('old');
  await wall.expectChip(/^Terputus · data pukul 10\.4\d, 1 menit lalu/);
  await page.clock.fastForward(4 * 60_000);
  await page.clock.runFor(2_000);
  await wall.expectAge('stale');
  await wall.expectVeil(/^Terputus: data terakhir Kamis, 7 Januari 2027 pukul 10\.4\d/);
  await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
  await wire.mend();
  page.clock.resume();
  await wall.expectSentence(/dijeda/, 5_000);
  await wall.expectAge('fresh');
});

test('when the server was away the wall is back within five seconds', async ({ office, visitor }, info) => {
  const { page, watch } = await visitor(SCREEN);
  watch.expect(LINE_DOWN);
  const wall = new WallPage(page);
  await wall.open();
  await office.kill();
  await expect(page.locator('.board')).toHaveAttribute('data-live', 'off');
  await wall.expectChip(/^Terputus/);
  await office.start();
  const back = Date.now();
  await wall.expectLive(5_000);
  await wall.expectChip(/^Tersambung/);
  info.annotations.push({ type: 'measured', description: `recovered after ${Date.now() - back} ms` });
});

test('the page of a captive portal is no sign of life', async ({ visitor }) => {
  const { page, watch } = await visitor(SCREEN);
  watch.expect(/WebSocket/);
  const wall = new WallPage(page);
  let portal = false;
  await page.routeWebSocket(/\/live/, (socket) => (portal ? socket.close({ code: 1011 }) : socket.connectToServer()));
  await page.route(/\/api\//, (route) =>
    portal ? route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Masuk Wi-Fi</h1>' }) : route.fallback(),
  );
  await page.clock.install();
  await wall.open();
  portal = true;
  await page.clock.fastForward(40_000);
  await page.clock.runFor(30_000);
  await wall.expectAge('old');
  await wall.expectChip(/^Terputus/);
  portal = false;
  page.clock.resume();
  await wall.expectLive(5_000);
});

test('a program that has died is loaded anew', async ({ visitor }) => {
  const { page } = await visitor(SCREEN);
  const wall = new WallPage(page);
  await wall.open();
  await page.evaluate(() => ((window as unknown as { old: boolean }).old = true));
  await page.evaluate(() => {
    const error = new WebAssembly.RuntimeError('unreachable');
    setTimeout(() => dispatchEvent(new ErrorEvent('error', { error })), 10);
  });
  await page.waitForFunction(() => (window as unknown as { old?: boolean }).old === undefined);
  await wall.expectLive();
});

test('at power-on without a server the page waits and comes up by itself', async ({ office, visitor }) => {
  const { page, watch } = await visitor({ ...SCREEN, serviceWorkers: 'allow' });
  watch.expect(LINE_DOWN);
  watch.expect(/Failed to load resource/);
  const wall = new WallPage(page);
  await wall.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await office.kill();
  await page.goto('/papan');
  await expect(page.getByRole('heading', { name: 'Menunggu server' })).toBeVisible();
  await office.start();
  await wall.expectLive(15_000);
});
