// The office's work on an agency's report: judged, reviewed, sent back, and another accepted.
import { test } from '../fixtures/test';
import { REFUSED } from '../fixtures/watch';

test('a report is judged and sent back with findings at their places', async ({ person }) => {
  const staf = await person('staf');
  await staf.matrix.open();
  const pd = await staf.matrix.first('terkirim');
  await staf.report.open(pd);
  await staf.report.judge(['Efisiensi penggunaan sumber daya'], 'Bagian ini belum dibahas.');
  await staf.report.expectSaid('Penilaian tersimpan');
  await staf.report.expectText('Bagian ini belum dibahas.');

  staf.watch.expect(REFUSED);
  await staf.report.giveBack({});
  await staf.report.expectRefused(/satu temuan/);
  await staf.report.giveBack({ 'Temuan untuk baris 1': 'Realisasi tidak sama dengan lampiran.', Umum: 'Rapikan.' });
  await staf.report.expectSaid('dikembalikan');
  await staf.report.expectText('Realisasi tidak sama dengan lampiran.');
  await staf.matrix.open();
  await staf.matrix.expectState(pd, 'perbaikan');
});

test('a report is reviewed, and accepted', async ({ person }) => {
  const kasubbag = await person('kasubbag');
  await kasubbag.matrix.open();
  const pd = await kasubbag.matrix.first('terkirim');
  await kasubbag.report.open(pd);
  await kasubbag.report.review({ 'I.1': 'Ya', 'III.1': 'Tidak' });
  await kasubbag.report.expectSaid('Daftar reviu tersimpan');
  await kasubbag.report.accept();
  await kasubbag.report.expectSaid('LKj diterima');
  await kasubbag.matrix.open();
  await kasubbag.matrix.expectState(pd, 'diterima');
});
