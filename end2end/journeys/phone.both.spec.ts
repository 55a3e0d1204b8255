// A phone can do everything that a PC can.
import { expect, test } from '../fixtures/test';
import type { Person } from '../fixtures/person';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Nothing lies beside the screen. */
async function expectFits({ page }: Person): Promise<void> {
  const size = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth]);
  expect(size[0]).toBeLessThanOrEqual(size[1]!);
}

test('a run is opened, worked on, returned, taken back, paused and cancelled on a phone', async ({ person }) => {
  const staf = await person('staf', phone);
  await expectFits(staf);
  await staf.runs.open();
  await expectFits(staf);
  const run = await staf.runs.start(2027);
  await staf.sheet.ready();
  await expectFits(staf);
  await staf.sheet.finish(1, 'staf');
  await staf.sheet.finish(2, 'staf', { 'Catatan untuk pemeriksa': 'Dari ponsel.' });
  await staf.sheet.takeBack(2, 'staf');
  await staf.sheet.finish(2, 'staf');

  const kasubbag = await person('kasubbag', phone);
  await kasubbag.sheet.open(run);
  await kasubbag.sheet.pick(2, 'kasubbag');
  await expectFits(kasubbag);
  await kasubbag.sheet.dialog.giveBack('Belum lengkap.');
  await kasubbag.sheet.expectState(2, 'kasubbag', 'returned');

  const kabag = await person('kabag', phone);
  await kabag.sheet.open(run);
  await kabag.sheet.pause('Rapat.');
  await kabag.sheet.resume();
  await kabag.sheet.cancel('Tidak jadi.');
  await expectFits(kabag);
});

test('the other pages fit a phone too', async ({ person }) => {
  const admin = await person('admin', phone);
  for (const path of ['/', '/pelaksanaan', '/sop', '/sop/ORG.2.2.2', '/akun', '/kelola', '/kelola/akun', '/kelola/sop']) {
    await admin.page.goto(path);
    await expect(admin.page.getByRole('main').getByRole('heading').first()).toBeVisible();
    await test.step(path, () => expectFits(admin));
  }
});
