// Six browsers take a run from Mulai to Selesai.
import type { Person } from '../fixtures/person';
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';

test('five roles and an administrator see the same sheet from the first row to the last', async ({ person }) => {
  test.setTimeout(180_000);
  const accounts = ['staf', 'kasubbag', 'kabag', 'karo', 'gubernur', 'admin'] as const;
  const six = await Promise.all(accounts.map((account) => person(account)));
  const [staf, kasubbag, kabag, karo, gubernur] = six as [Person, Person, Person, Person, Person, Person];

  await staf.runs.open();
  const run = await staf.runs.start(2027);
  await Promise.all(six.map(({ sheet }) => sheet.open(run)));

  /** Everybody who is connected sees this cell so. */
  const seen = async (row: number, lane: string, state: 'active' | 'done' | 'returned', but?: Person) => {
    const others = six.filter((person) => person !== but);
    await Promise.all(others.map(({ sheet }) => sheet.expectState(row, lane, state, 5_000)));
  };

  await staf.sheet.finish(1, 'staf');
  await staf.sheet.finish(2, 'staf', { 'Catatan untuk pemeriksa': 'Mohon diperiksa.' });
  await seen(2, 'kasubbag', 'active');
  await kasubbag.sheet.finish(2, 'kasubbag');
  await kabag.sheet.giveBack(2, 'kabag', 'Lampiran format LKj belum ada.');
  await seen(2, 'kabag', 'returned');
  await seen(2, 'staf', 'active');

  // KARO's line is down for a while.
  karo.watch.expect(LINE_DOWN);
  await karo.wire.cut();
  await karo.sheet.expectCut();
  await staf.sheet.finish(2, 'staf', { 'Catatan untuk pemeriksa': 'Lampiran ditambahkan.' });
  await kasubbag.sheet.finish(2, 'kasubbag');
  await kabag.sheet.finish(2, 'kabag');
  await seen(2, 'karo', 'active', karo);
  await karo.sheet.expectState(2, 'karo', 'idle');
  await karo.bar.expectLine(/Terputus · data pukul/);
  await karo.wire.mend();
  await karo.sheet.expectState(2, 'karo', 'active', 5_000);
  await karo.sheet.expectRow(2, /Putaran 2/);
  await karo.sheet.finish(2, 'karo');

  await gubernur.sheet.finish(3, 'gubernur', { 'Tanggal penandatanganan': '2027-01-07' });
  await staf.sheet.finish(4, 'staf', { 'Nomor surat': '000.8.6.3/118/ORG/I/2027', 'Tanggal surat': '2027-01-07' });
  await staf.sheet.takeBack(4, 'staf');
  await seen(4, 'staf', 'active');
  await staf.sheet.finish(4, 'staf', { 'Nomor surat': '000.8.6.3/119/ORG/I/2027', 'Tanggal surat': '2027-01-07' });
  await Promise.all(six.map(({ sheet }) => sheet.expectRow(4, '000.8.6.3/119/ORG/I/2027')));
  await staf.sheet.pick(5, 'staf');
  await staf.sheet.dialog.untick('Disdik', 'Dinkes');
  await staf.sheet.dialog.fill({ 'Alasan, bila ada PD': 'Dua PD sudah memegang suratnya.' });
  await staf.sheet.dialog.finish();
  await seen(5, 'staf', 'done');
  await Promise.all(six.map(({ sheet }) => sheet.expectRow(5, '42 dari 44 PD')));
  await staf.sheet.finish(6, 'staf', { 'Alasan menyelesaikannya sekarang': 'LKj dikirim di atas kertas.' });
  await Promise.all(six.map(({ sheet }) => sheet.expectRow(6, '0 dari 44 PD')));
  await staf.sheet.finish(7, 'staf');

  await kasubbag.sheet.finish(8, 'kasubbag');
  await kabag.sheet.finish(8, 'kabag');
  await karo.sheet.giveBack(8, 'karo', 'Dinkes masih perlu dilihat lagi.');
  await seen(8, 'karo', 'returned');
  await seen(8, 'kasubbag', 'active');
  await kasubbag.sheet.finish(8, 'kasubbag');
  await kabag.sheet.finish(8, 'kabag');
  await karo.sheet.finish(8, 'karo');

  await kasubbag.sheet.finish(9, 'kasubbag');
  await staf.sheet.finish(10, 'staf');
  await staf.sheet.finish(11, 'staf', { 'Nomor berkas arsip': 'Boks 12, rak B' });
  await staf.sheet.finish(12, 'staf');
  await Promise.all(six.map(({ sheet }) => sheet.expectTurn('Semua langkah sudah dikerjakan', 5_000)));

  const drawn = await staf.sheet.serverText();
  expect(drawn).toContain('data tahun 2027 · selesai');
  const states = await staf.sheet.states();
  expect(states).toHaveLength(12 * 5);
  for (const { sheet } of six) {
    expect(await sheet.text()).toBe(drawn);
    expect(await sheet.states()).toEqual(states);
  }
});
