// The wall at the three sizes it is designed for, in each of the states that it can be in. The
// documents show those at 1920x1080, and the normal day at all three; the rest goes to shots/.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Clerk } from '../fixtures/clerk';
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';
import { WallPage } from '../pages/WallPage';
import { small } from './small';

const DOCS = '../docs/images';
const SIZES = [
  { width: 1280, height: 720 },
  { width: 3840, height: 2160 },
  { width: 1920, height: 1080 },
];
const FULL = { viewport: SIZES[2] };

/** Takes the wall at every size, when its line stands as it should. */
async function take(page: Page, name: string, line = /^Tersambung/): Promise<void> {
  const pictures: [string, Uint8Array][] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await new WallPage(page).expectChip(line);
    // What is new stands out for some seconds; in a picture it would stay so.
    await expect(page.locator('.wall [data-new]')).toHaveCount(0, { timeout: 30_000 });
    const picture = await page.screenshot({ animations: 'disabled' });
    pictures.push([`${DOCS}/wall-${name}-${size.width}x${size.height}.png`, new Uint8Array(picture)]);
  }
  // Not before: while this works, the wire to the server stands still.
  for (const [path, picture] of pictures) writeFileSync(path, small(picture));
}

test('a normal day', async ({ visitor }) => {
  const { page } = await visitor(FULL);
  const wall = new WallPage(page);
  await wall.open();
  await wall.expectChip(/^Tersambung/);
  await take(page, 'normal');
});

test.describe('weeks before the deadline', () => {
  test.use({ now: '2026-12-21T10:47:00+07:00' });
  test('weeks before the deadline', async ({ visitor }) => {
    const { page } = await visitor(FULL);
    await new WallPage(page).open();
    await page.screenshot({ path: 'shots/wall-early.png', animations: 'disabled' });
  });
});

test.describe('a late step', () => {
  test.use({ now: '2027-01-13T09:20:00+07:00' });
  test('a late step', async ({ visitor }) => {
    const { page } = await visitor(FULL);
    const wall = new WallPage(page);
    await wall.open();
    await wall.expectTone('late');
    await take(page, 'late');
  });
});

test.describe('10 January', () => {
  test.use({ now: '2027-01-10T16:05:00+07:00' });
  test('10 January, 14 PDs missing', async ({ visitor, clerk }) => {
    const admin = await clerk('admin');
    const { agencies, runs } = await admin.seen();
    const sent = runs['1']?.reports ?? {};
    const missing = Object.keys(agencies).filter((code) => !sent[code]);
    // One of those that are missing is closed, so that fourteen are left.
    const gone = missing.slice(14);
    await admin.agencies(Object.values(agencies).filter(({ code }) => !gone.includes(code)));
    const { page } = await visitor(FULL);
    const wall = new WallPage(page);
    await wall.open();
    await expect(page.locator('.tiles [data-state=missing]')).toHaveCount(14);
    await take(page, 'deadline');
  });
});

test.describe('all done', () => {
  test.use({ now: '2027-01-29T14:30:00+07:00' });
  test('all done', async ({ visitor, clerk }) => {
    await finishAll({ admin: await clerk('admin'), staf: await clerk('staf'), kasubbag: await clerk('kasubbag'), kabag: await clerk('kabag'), karo: await clerk('karo') });
    const { page } = await visitor(FULL);
    await new WallPage(page).open();
    await expect(page.locator('.ended')).toContainText('Pengumpulan Data Kinerja data tahun 2026 selesai');
    await take(page, 'done');
  });
});

test('connection lost', async ({ visitor }) => {
  const { page, wire, watch } = await visitor(FULL);
  watch.expect(LINE_DOWN);
  await page.clock.install();
  const wall = new WallPage(page);
  await wall.open();
  await wire.cut();
  await page.clock.fastForward(11 * 60_000);
  await page.clock.runFor(2_000);
  await wall.expectAge('stale');
  await expect(page.locator('.veil')).toBeVisible();
  await take(page, 'lost', /^Terputus/);
});

test('other looks', async ({ visitor, clerk }) => {
  const { page } = await visitor(FULL);
  const wall = new WallPage(page);
  await wall.openPairing();
  await page.screenshot({ path: 'shots/wall-pairing.png', animations: 'disabled' });
  await wall.open();
  await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
  await wall.expectTone('paused');
  await wall.expectChip(/^Tersambung/);
  await page.screenshot({ path: 'shots/wall-paused.png' });
});

/** Carries the practice run through to its end, with those agencies whose reports have come. */
async function finishAll({ admin, staf, kasubbag, kabag, karo }: Record<'admin' | 'staf' | 'kasubbag' | 'kabag' | 'karo', Clerk>): Promise<void> {
  const { agencies, runs } = await admin.seen();
  const reports = runs['1']?.reports ?? {};
  const good = Object.keys(reports).filter((code) => !reports[code]?.rounds[0]?.verdict);
  await admin.agencies(Object.values(agencies).filter(({ code }) => good.includes(code)));
  await staf.finish(1, '6.staf');
  for (const code of good) await staf.answer('judge', 1, code);
  await staf.finish(1, '7.staf');
  for (const code of good) await kasubbag.answer('accept', 1, code);
  await kasubbag.finish(1, '8.kasubbag');
  await kabag.finish(1, '8.kabag');
  await karo.finish(1, '8.karo');
  await kasubbag.finish(1, '9.kasubbag');
  await staf.finish(1, '10.staf');
  await staf.finish(1, '11.staf', { arsip: 'Lemari 3, map LKj 2026' });
  await staf.finish(1, '12.staf');
}
