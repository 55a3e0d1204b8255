// Everything that a person can do with a run.
import { expect, test } from '../fixtures/test';

test('finish, return, finish again, take back', async ({ person, clerk }) => {
  const office = await clerk('staf');
  const run = await office.start('ORG.2.2.2/1', 2027);
  const staf = await person('staf');
  await staf.sheet.open(run);
  await staf.sheet.finish(1, 'staf');
  await staf.sheet.finish(2, 'staf', { 'Catatan untuk pemeriksa': 'Mohon diperiksa.' });

  const kasubbag = await person('kasubbag');
  await kasubbag.sheet.open(run);
  await kasubbag.sheet.giveBack(2, 'kasubbag', 'Nomor nota dinas belum ada.');
  await kasubbag.sheet.expectState(2, 'staf', 'active');

  await staf.sheet.refresh();
  await staf.sheet.expectRow(2, /Putaran 2 · dikembalikan KASUBBAG: “Nomor nota dinas belum ada.”/);
  await staf.sheet.finish(2, 'staf');
  await staf.sheet.takeBack(2, 'staf');
  await staf.sheet.finish(2, 'staf');

  await kasubbag.sheet.refresh();
  await kasubbag.sheet.finish(2, 'kasubbag');
  await kasubbag.sheet.expectState(2, 'kabag', 'active');
  await kasubbag.sheet.expectNewest(/KASUBBAG menyetujui/);
});

test('a return can be taken back too', async ({ person, clerk }) => {
  const office = await clerk('staf');
  const run = await office.start('ORG.2.2.2/1', 2027);
  await office.finish(run, '1.staf');
  await office.finish(run, '2.staf');
  const { sheet } = await person('kasubbag');
  await sheet.open(run);
  await sheet.giveBack(2, 'kasubbag', 'Keliru.');
  await sheet.takeBack(2, 'kasubbag');
  await sheet.expectState(2, 'staf', 'done');
});

test('an act of another lane is recorded on its behalf', async ({ person, clerk }) => {
  const office = await clerk('staf');
  const run = await office.start('ORG.2.2.2/1', 2027);
  await office.finish(run, '1.staf');
  await office.finish(run, '2.staf');
  for (const who of ['kasubbag', 'kabag', 'karo'] as const) await (await clerk(who)).finish(run, `2.${who}`);

  const { sheet } = await person('staf');
  await sheet.open(run);
  await sheet.pick(3, 'gubernur');
  await sheet.dialog.expectOpen('Anda mencatat atas nama GUBERNUR/SEKDA.');
  const scan = { name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
  await sheet.dialog.attach('Pindaian surat bertanda tangan', scan);
  await sheet.dialog.fill({ 'Tanggal penandatanganan': '2027-01-07' });
  await sheet.dialog.finish();
  await sheet.expectState(3, 'gubernur', 'done');
  await sheet.expectRow(3, 'Dicatat oleh STAF');
  await sheet.expectHistory('dicatat oleh STAF');
});

test('pause, resume, cancel', async ({ person }) => {
  const { sheet } = await person('kabag');
  await sheet.open(1);
  await sheet.pause('Menunggu arahan pimpinan.');
  await sheet.expectHistory('“Menunggu arahan pimpinan.”');
  await sheet.resume();
  await sheet.expectTurn(/baris 6/);
  await sheet.cancel('Digabung dengan tahun depan.');
  await sheet.expectHistory('Pelaksanaan dibatalkan');
  expect(await sheet.text()).toContain('dibatalkan');
});

test('a run is opened from the list', async ({ person }) => {
  const { runs, sheet } = await person('kasubbag');
  await runs.open();
  const run = await runs.start(2027);
  await sheet.ready();
  await sheet.expectState(1, 'staf', 'active');
  await runs.open();
  await runs.expectRun('Pengumpulan Data Kinerja, data tahun 2027', /Menunggu STAF/);
  expect(run).toBe(2);
});
