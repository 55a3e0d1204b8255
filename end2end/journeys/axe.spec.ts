// No page breaks a rule of accessibility, in light and in dark, on a PC and on a phone.
import { expectAccessible } from '../fixtures/axe';
import { expect, test } from '../fixtures/test';
import { REFUSED } from '../fixtures/watch';
import { PAGES } from '../pages/all';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of [['PC', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
    test(`every page, ${colorScheme}, ${device}`, async ({ person, visitor }) => {
      test.setTimeout(120_000);
      const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
      const accounts = [...new Set(PAGES.map(({ account }) => account))];
      for (const account of accounts) {
        const { page, watch } = account ? await person(account, options) : await visitor(options);
        watch.expect(REFUSED);
        for (const look of PAGES.filter((look) => look.account === account)) {
          await test.step(look.name, async () => {
            await page.goto(look.path);
            await expect(page.getByRole('main')).toBeVisible();
            const live = page.locator('main [data-seq]');
            if (await live.count()) await expect(live).toHaveAttribute('data-live', 'on');
            await expectAccessible(page);
          });
        }
      }
    });
  }
}
