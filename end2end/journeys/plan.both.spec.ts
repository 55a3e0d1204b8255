// When to begin, when it ends, and where the time went.
import { expect, test } from '../fixtures/test';
import { pass } from '../fixtures/weeks';

test('the plan says when to begin, what is to spare and when it ends', async ({ person }) => {
  const { page, plan, sheet } = await person('kabag');
  await sheet.open(1);
  await plan.follow();
  await plan.expectAnswer('Mulai paling lambat', 'Rabu, 9 Desember 2026 pukul 11.00');
  await plan.expectAnswer('Selesai menurut rencana', 'Selasa, 16 Februari 2027 pukul 09.30');
  await plan.expectAnswer('Perkiraan selesai', /9 dari 10: .* 2027 sampai .* 2027/);
  await plan.expectRow('Menunggu LKj PD', 'sedang berjalan');
  await plan.expectRow('Reviu capaian', '8 Feb 16.00');
  await plan.expectText('LKj Provinsi kepada Menteri PANRB', 'Rabu, 31 Maret 2027', 'dipakai waktu baku');
  await expect(page.locator('.bars')).not.toHaveCount(0);
});

test('whoever opens a run is told when it has to begin at the latest', async ({ person }) => {
  const { page, runs } = await person('staf');
  await runs.open();
  await page.getByText('Buka pelaksanaan baru…').click();
  await expect(page.getByText('Data tahun 2027: mulai paling lambat Kamis, 9 Desember 2027 pukul 11.00')).toBeVisible();
  await expect(page.getByText('kalender 2028 belum ditetapkan')).toBeVisible();
});

test.describe('a row that is late', () => {
  test.use({ now: '2027-01-13T09:20:00+07:00' });
  test('moves the end, and the plan says by how much', async ({ person }) => {
    const { plan } = await person('staf');
    await plan.open();
    await plan.expectAnswer('Selesai menurut rencana', /sesudah rencana semula/);
    await plan.expectRow('Menunggu LKj PD', 'terlambat');
  });
});

test('after a run the sheet shows where the time went', async ({ office, clerk, person }) => {
  test.setTimeout(180_000);
  await pass(office, clerk);
  const { plan, times } = await person('karo');
  await times.open('ORG.2.2.2');
  await times.expectText('1 pelaksanaan, 1 di antaranya selesai', 'paling banyak 2 putaran', '▲');
  await times.expectHeat(8, 'kabag', /\d+%\d+ hari/);
  expect(await times.take('CSV')).toContain('"8";"7."');
  expect(await times.take('XES')).toContain('8 Reviu capaian · KARO');
  const ocel = JSON.parse(await times.take('OCEL 2.0')) as { objects: { type: string }[] };
  expect(ocel.objects.filter(({ type }) => type === 'PD').length).toBeGreaterThan(40);
  await plan.open();
  await plan.expectAnswer(/^Selesai$/, 'Selasa, 23 Februari 2027 pukul 09.05');
});
