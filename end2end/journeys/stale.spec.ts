// Quick fingers, and pages whose line is down.
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';
import { GATE } from '../pages/CellDialog';

test('a double click has one effect', async ({ person }) => {
  const { sheet } = await person('staf');
  await sheet.open(1);
  const before = await sheet.seq();
  await sheet.pick(6, 'staf');
  await sheet.dialog.fill(GATE);
  await sheet.dialog.finishButton.dblclick();
  await sheet.expectState(6, 'staf', 'done');
  await sheet.expectSeq(before + 1);
  await expect(sheet.historyLines.filter({ hasText: 'menyelesaikan 6.' })).toHaveCount(1);
});

test('while the line is down nothing typed is lost, and it goes through once the line is up', async ({ person }) => {
  const { sheet, bar, wire, watch } = await person('staf');
  watch.expect(LINE_DOWN);
  await sheet.open(1);
  await sheet.pick(6, 'staf');
  await sheet.dialog.fill({ 'Alasan menyelesaikannya sekarang': 'Disdik menyusul.' });
  await wire.cut();
  await sheet.expectCut();
  await bar.expectLine(/Terputus · data pukul/);
  await sheet.dialog.finish();
  await sheet.dialog.expectRefused(/Server belum dapat dihubungi/);
  await wire.mend();
  await sheet.expectLive();
  await expect(sheet.dialog.field('Alasan menyelesaikannya sekarang')).toHaveValue('Disdik menyusul.');
  await sheet.dialog.finish();
  await sheet.expectState(6, 'staf', 'done');
  await sheet.expectRow(6, /29 dari 44 PD/);
});

test('a dialog that is open when another acts offers no more what cannot be done', async ({ person, clerk }) => {
  const { sheet } = await person('staf');
  await sheet.open(1);
  await sheet.pick(6, 'staf');
  await expect(sheet.dialog.finishButton).toBeVisible();
  await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
  await sheet.expectTurn(/Dijeda/);
  await expect(sheet.dialog.finishButton).toBeHidden();
});

test('what is typed before the program arrives stays', async ({ visitor }) => {
  const { page, signIn, bar } = await visitor();
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/pkg/alur.wasm*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/masuk', { waitUntil: 'commit' });
  await signIn.account.fill('kasubbag');
  await signIn.password.fill('latihan-alur');
  const arrived = page.waitForResponse('**/pkg/alur.wasm*');
  arrive();
  await (await arrived).finished();
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  await signIn.expectAccountStillTyped('kasubbag');
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await bar.expectSignedIn('kasubbag');
});
