// A procedure as the official sheet.
import { test } from '../fixtures/test';

test('the official sheet has its identity block and every row as printed', async ({ person }) => {
  const { sop } = await person('karo');
  await sop.open('ORG.2.2.2');
  await sop.expectRows(12);
  await sop.expectPrintedNumbers('1.', '2.', '3.', '4.', '5.', '6.', '9.', '7.', '8.', '9.', '10.', '11.');
  await sop.expectText('DINAS PEMBERDAYAAN PEREMPUAN', 'Permendagri No. 86 Tahun 2016', 'Memiliki Kompetensi pengolahan data');
  await sop.expectText('Kelengkapan', 'Output', 'Keterangan', 'belum diisi', 'Biro Organisasi');
  await sop.expectNothingToClick();
});
