// The wall at the three sizes it is designed for, and in the states that it can be in.
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';
import { WallPage } from '../pages/WallPage';

const DOCS = '../docs/images';

for (const [width, height] of [[1920, 1080], [1280, 720], [3840, 2160]] as const) {
  test(`a normal day at ${width}x${height}`, async ({ visitor }) => {
    const { page } = await visitor({ viewport: { width, height } });
    await new WallPage(page).open();
    await page.screenshot({ path: `${DOCS}/wall-${width}x${height}.png`, animations: 'disabled' });
  });
}

test.describe('a late step', () => {
  test.use({ now: '2027-01-13T09:20:00+07:00' });
  test('a late step', async ({ visitor }) => {
    const { page } = await visitor({ viewport: { width: 1920, height: 1080 } });
    await new WallPage(page).open();
    await page.screenshot({ path: `${DOCS}/wall-late.png`, animations: 'disabled' });
  });
});

test('connection lost', async ({ visitor }) => {
  const { page, wire, watch } = await visitor({ viewport: { width: 1920, height: 1080 } });
  watch.expect(LINE_DOWN);
  await page.clock.install();
  const wall = new WallPage(page);
  await wall.open();
  await wire.cut();
  await page.clock.fastForward(11 * 60_000);
  await page.clock.runFor(2_000);
  await wall.expectAge('stale');
  await expect(page.locator('.veil')).toBeVisible();
  await page.screenshot({ path: `${DOCS}/wall-lost.png`, animations: 'disabled' });
});
