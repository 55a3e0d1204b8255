// Plt. and Plh.: somebody stands in for a lane, and never checks their own work.
import type { Clerk } from '../fixtures/clerk';
import { type Account, expect, test } from '../fixtures/test';

/** Brings the run to where KABAG has to put their paraf. */
const toKabag = async (clerk: (account: Account) => Promise<Clerk>): Promise<void> => {
  const staf = await clerk('staf');
  await staf.finish(1, '6.staf', { 'diterima.alasan': 'cukup' });
  await staf.finish(1, '7.staf', { 'dinilai.alasan': 'cukup' });
  const kasubbag = await clerk('kasubbag');
  await kasubbag.finish(1, '8.kasubbag', { 'direviu.alasan': 'cukup' });
};

test('a Plh. approves, and sheet and history say in whose place', async ({ person, clerk }) => {
  await toKabag(clerk);
  const admin = await person('admin');
  await admin.substitutes.open();
  await admin.substitutes.name({ account: 'staf', lane: 'KABAG', kind: 'plh', to: '2027-01-08' });
  await admin.substitutes.expectLine('Plh. KABAG', /Rina Marlina.*berlaku/);

  const { home, sheet } = await person('staf');
  await home.open();
  await home.expectWaiting('a.n. KABAG (Plh.)');
  await sheet.open(1);
  await sheet.pick(8, 'kabag');
  await sheet.dialog.expectOpen('Anda bertindak a.n. KABAG (Plh.).');
  await sheet.dialog.finish();
  await sheet.expectState(8, 'kabag', 'done');
  await sheet.expectRow(8, 'a.n. KABAG (Plh.)');
  await sheet.expectNewest('Rina Marlina, a.n. KABAG (Plh.)');

  await admin.substitutes.end('Plh. KABAG');
  await admin.substitutes.expectLine('Plh. KABAG', /diakhiri/);
});

test('nobody checks their own work by substituting', async ({ person, clerk }) => {
  await toKabag(clerk);
  const admin = await person('admin');
  await admin.substitutes.open();
  await admin.substitutes.name({ account: 'kasubbag', lane: 'KABAG', kind: 'plt', to: '2027-01-08' });

  const { home, sheet } = await person('kasubbag');
  await home.open();
  await home.expectNothingWaiting();
  await sheet.open(1);
  await sheet.pick(8, 'kabag');
  await sheet.dialog.expectOpen(/sebagai Plt\. KABAG: Anda sendiri yang mengerjakan baris 7 sebagai KASUBBAG/);
});

test('who cannot stand in is refused, and what was typed stays', async ({ person }) => {
  const { substitutes, page } = await person('admin');
  await substitutes.open();
  await substitutes.name({ account: 'kabag', lane: 'KABAG', kind: 'plh', to: '2027-01-08' });
  await substitutes.expectRefused(/sudah bekerja di lajur ini/);
  await expect(page.getByLabel('Sampai dengan')).toHaveValue('2027-01-08');
});
