// Every page at the sizes it is designed for.
import { expect, test } from '../fixtures/test';
import { PAGES } from '../pages/all';

const SIZES = [
  ['1440x900', { viewport: { width: 1440, height: 900 } }],
  ['390x844', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }],
  ['1440x900-dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }],
] as const;

for (const [size, options] of SIZES) {
  test(`every page at ${size}`, async ({ person, visitor }) => {
    for (const account of new Set(PAGES.map(({ account }) => account))) {
      const { page, watch } = account ? await person(account, options) : await visitor(options);
      watch.expect(/./);
      for (const { name, path } of PAGES.filter((look) => look.account === account)) {
        await page.goto(path);
        const live = page.locator('main [data-seq]');
        if (await live.count()) await expect(live).toHaveAttribute('data-live', 'on');
        await page.screenshot({ path: `shots/${name}-${size}.png`, fullPage: true, animations: 'disabled' });
      }
    }
  });
}

test('paper', async ({ person }) => {
  const { page } = await person('staf');
  for (const [name, path] of [['cetak-lembar', '/pelaksanaan/1'], ['cetak-sop', '/sop/ORG.2.2.2'], ['cetak-waktu', '/sop/ORG.2.2.2/waktu'], ['cetak-rencana', '/pelaksanaan/1/rencana']] as const) {
    await page.goto(path);
    await expect(page.getByRole('table', { name: /^(Bagan alur|Rencana tiap baris)/ })).toBeVisible();
    await page.pdf({ path: `shots/${name}.pdf`, preferCSSPageSize: true, printBackground: true });
  }
});
