// An agency brings its own table: it sees what would be imported, chooses, mends, and imports.
import { expect, test } from '../fixtures/test';
import { PASSWORD } from '../fixtures/office';

const TABLE = [
  'PENGUKURAN KINERJA TAHUN 2026;;;;;;',
  ';;;;;;',
  'No;Sasaran;Indikator;Satuan;Target 2025;Target 2026;Realisasi 2026',
  '1;Sasaran satu;Indikator impor A;%;70;80;84',
  '2;;Indikator impor B;Dokumen;1;#DIV/0!;4',
  ';Rata-rata;;;;;101',
  ';;;;;;"Kota Contoh, 5 Januari 2027"',
  ';;;;;;Kepala Dinas',
].join('\r\n');

for (const [device, options] of [
  ['a PC', {}],
  ['a phone', { viewport: { width: 390, height: 844 } }],
] as const) {
  test(`a table is shown first, and imported as it was shown, on ${device}`, async ({ visitor }) => {
    const clerk = await visitor(options);
    await clerk.page.goto('/pd/lkj/2026');
    await clerk.signIn.signIn('dinkes', PASSWORD);
    await clerk.import.bring('capaian dinas.csv', TABLE);
    await clerk.import.expectTaken(/Indikator impor A.*80.*84/, /Indikator impor B/);
    await clerk.import.expectLeft(/Baris 6: jumlah atau rata-rata/);
    await clerk.import.expectLeft(/Kepala Dinas/);

    await expect(clerk.import.choice('Target')).toHaveValue('5');
    await clerk.import.choice('Target').selectOption('4');
    await clerk.import.lookAgain();
    await clerk.import.expectTaken(/Indikator impor A.*70.*84/, /Indikator impor B.*1.*4/);
    await clerk.import.choice('Target').selectOption('5');
    await clerk.import.lookAgain();

    await clerk.import.cell('F5').fill('5');
    await clerk.import.replace();
    await clerk.import.confirm();
    await clerk.import.take();
    await expect(clerk.page).toHaveURL(/\/pd\/lkj\/2026$/);
    await expect(clerk.agency.cell(1, 'indikator')).toHaveValue('Indikator impor A');
    await expect(clerk.agency.cell(2, 'target')).toHaveValue('5');
    await expect(clerk.agency.cell(2, 'realisasi')).toHaveValue('4');
  });
}
