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
  await wall.expectSentence(/^Menunggu STAF\s· LKj PD\s· .*hari kerja/);
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

test('a program that dies again and again is loaded anew with growing pauses', async ({ visitor }, info) => {
  const { page } = await visitor(SCREEN);
  const loads: number[] = [];
  page.on('load', () => loads.push(Date.now()));
  await page.addInitScript(() => {
    const error = new WebAssembly.RuntimeError('unreachable');
    addEventListener('load', () => setTimeout(() => dispatchEvent(new ErrorEvent('error', { error })), 100));
  });
  await new WallPage(page).open();
  await expect.poll(() => loads.length, { timeout: 30_000 }).toBe(3);
  const [first, second, third] = loads as [number, number, number];
  info.annotations.push({ type: 'measured', description: `loaded anew after ${second - first}, then ${third - second} ms` });
  expect(second - first).toBeLessThan(5_000);
  expect(third - second).toBeGreaterThan(9_000);
});

test('a new build is taken over once all of it can be had, and not before', async ({ office, visitor }) => {
  const { page, watch } = await visitor(SCREEN);
  watch.expect(LINE_DOWN);
  watch.expect(/status of 404 .*papan\.wasm/);
  const wall = new WallPage(page);
  await wall.open();
  const old = await wall.build();
  await wall.mark();
  await office.stop();
  const build = office.newBuild();
  build.hide('papan.wasm');
  const missed = page.waitForResponse((response) => response.url().includes('papan.wasm') && response.status() === 404);
  await office.start();
  await wall.expectLive();
  await missed;
  await wall.expectMarked();
  await wall.expectSentence(/^Menunggu STAF/);
  build.show('papan.wasm');
  await wall.expectReloaded();
  await wall.expectLive();
  expect(await wall.build()).not.toBe(old);
});

test.describe('at night', () => {
  test.use({ now: '2027-01-08T02:40:00+07:00' });
  test('the wall is loaded anew', async ({ office, visitor }) => {
    const { page, watch } = await visitor(SCREEN);
    watch.expect(LINE_DOWN);
    // What a server that stops answers to a question that waits.
    watch.expect(/status of 503/);
    await page.clock.install();
    const wall = new WallPage(page);
    await wall.open();
    await wall.mark();
    await page.clock.fastForward(61 * 60_000);
    await office.stop();
    office.clock = '2027-01-08T03:01:00+07:00';
    await office.start();
    await page.clock.runFor(35_000);
    await expect(async () => {
      await page.clock.runFor(5_000);
      await wall.expectReloaded(500);
    }).toPass();
    page.clock.resume();
    await wall.expectLive();
  });
});
