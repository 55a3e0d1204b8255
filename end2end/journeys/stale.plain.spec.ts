// Without JavaScript a page can be older than the office.
import { expect, test } from '../fixtures/test';

test('an old page is refused with a sentence, and shows how things stand', async ({ person, clerk }) => {
  const office = await clerk('staf');
  const run = await office.start('ORG.2.2.2/1', 2027);
  await office.finish(run, '1.staf');
  const { page, sheet } = await person('staf');
  await sheet.open(run);
  await sheet.pick(2, 'staf');
  await sheet.dialog.fill({ 'Catatan untuk pemeriksa': 'Dari halaman lama.' });
  await office.finish(run, '2.staf', { nota: 'Dari halaman lain.' });

  await sheet.dialog.finish();
  await expect(page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible();
  await sheet.expectState(2, 'staf', 'done');
  await sheet.expectState(2, 'kasubbag', 'active');
  await expect(sheet.historyLines.filter({ hasText: 'menyelesaikan 2.' })).toHaveCount(1);
});
