// Where things go wrong: pages that are old, forms that are refused, fingers that are quick.
import type { Clerk } from '../fixtures/clerk';
import { type Account, expect, test } from '../fixtures/test';
import { REFUSED } from '../fixtures/watch';

/** A run of a year of its own, in which this row of STAF's has its turn. */
async function toRow(row: 4 | 5, clerk: (account: Account) => Promise<Clerk>): Promise<number> {
  const office = await clerk('staf');
  const run = await office.start('ORG.2.2.2/1', 2027);
  await office.finish(run, '1.staf');
  await office.finish(run, '2.staf');
  for (const who of ['kasubbag', 'kabag', 'karo'] as const) await (await clerk(who)).finish(run, `2.${who}`);
  await office.finish(run, '3.gubernur', { tanggal_ttd: '2027-01-07' });
  if (row === 5) {
    await office.finish(run, '4.staf', { nomor_surat: '000.8.6.3/8/ORG/I/2027', tanggal_surat: '2027-01-07' });
  }
  return run;
}

test('what was ticked and typed is kept after a refusal', async ({ person, clerk }) => {
  const run = await toRow(5, clerk);
  const { sheet, watch } = await person('staf');
  watch.expect(REFUSED);
  await sheet.open(run);
  await sheet.pick(5, 'staf');
  const [first, second] = ['Disdik', 'Dinkes'];
  await sheet.dialog.untick(first, second);
  await sheet.dialog.finish();
  await sheet.dialog.expectRefused(/2 PD belum ditandai/);
  await expect(sheet.dialog.agency(first)).not.toBeChecked();
  await expect(sheet.dialog.agency(second)).not.toBeChecked();
  await sheet.dialog.fill({ 'Alasan, bila ada PD': 'Dua PD sudah memegang suratnya.' });
  await sheet.dialog.finish();
  await sheet.expectState(5, 'staf', 'done');
  await sheet.expectRow(5, /42 dari 44 PD/);
});

test('a letter number that cannot be taken is still there afterwards', async ({ person, clerk }) => {
  const run = await toRow(4, clerk);
  const { sheet, watch } = await person('staf');
  watch.expect(REFUSED);
  await sheet.open(run);
  await sheet.pick(4, 'staf');
  await sheet.dialog.fill({ 'Nomor surat': '000.8.6.3/9/ORG/I/2027', 'Tanggal surat': '2027-02-01' });
  await sheet.dialog.finish();
  await sheet.dialog.expectRefused(/belum tiba/);
  await expect(sheet.dialog.field('Nomor surat')).toHaveValue('000.8.6.3/9/ORG/I/2027');
  await sheet.dialog.fill({ 'Tanggal surat': '2027-01-07' });
  await sheet.dialog.finish();
  await sheet.expectState(4, 'staf', 'done');
});

test('whatever a tampered page sends is refused', async ({ person }) => {
  const { sheet, page } = await person('karo');
  await sheet.open(1);
  const before = await sheet.seq();
  const form = { run: '1', cell: '6.staf', round: '1', command_id: 'a'.repeat(32) };
  const headers = { accept: 'application/json', 'sec-fetch-site': 'same-origin' };
  const answer = await page.request.post('/api/finish-cell', { form, headers });
  expect(answer.status()).toBe(403);
  await page.reload();
  expect(await sheet.seq()).toBe(before);
});
