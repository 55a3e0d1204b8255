// The pictures that the documents show.
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test';
import { pass } from '../fixtures/weeks';

const DOCS = '../docs/images';
const PC = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Makes the window as high as the page, so that nothing floats in its middle. */
async function high(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.querySelector('main')?.getBoundingClientRect().bottom ?? 0);
  await page.setViewportSize({ width: PC.viewport.width, height: Math.ceil(height) });
}

/** Takes the whole page. */
async function whole(page: Page, name: string): Promise<void> {
  await high(page);
  await page.screenshot({ path: `${DOCS}/${name}.png`, animations: 'disabled' });
  await page.setViewportSize(PC.viewport);
}

/** Takes the first sheet of paper that the page is printed on. */
async function paper(page: Page, name: string): Promise<void> {
  const input = new Uint8Array(await page.pdf({ preferCSSPageSize: true }));
  execFileSync('pdftoppm', ['-r', '80', '-png', '-singlefile', '-', `${DOCS}/${name}`], { input });
}

test('the pages on a PC, and the sheet on a phone', async ({ visitor, person }) => {
  const stranger = await visitor(PC);
  await stranger.signIn.open();
  await whole(stranger.page, 'signin');

  const staf = await person('staf', PC);
  await staf.home.open();
  await whole(staf.page, 'home');
  await staf.sheet.open(1);
  await whole(staf.page, 'sheet');
  await staf.sheet.pick(6, 'staf');
  await staf.page.screenshot({ path: `${DOCS}/dialog.png`, animations: 'disabled' });
  await staf.sop.open('ORG.2.2.2');
  await expect(staf.page.getByRole('table', { name: /^Bagan alur/ })).toBeVisible();
  await whole(staf.page, 'sop');

  await staf.plan.open();
  await whole(staf.page, 'plan');
  await paper(staf.page, 'plan-print');

  const away = await person('staf', PHONE);
  await away.sheet.open(1);
  await away.page.screenshot({ path: `${DOCS}/sheet-phone.png`, animations: 'disabled' });
});

test('where the time went, after a run', async ({ office, clerk, person }) => {
  await pass(office, clerk);
  const karo = await person('karo', PC);
  await karo.times.open('ORG.2.2.2');
  await high(karo.page);
  await karo.page.locator('.scroll').first().screenshot({ path: `${DOCS}/heat.png`, animations: 'disabled' });
  await paper(karo.page, 'heat-print');
});
