// An agency hands in its report, with and without scripts.
import { expect, test } from '../fixtures/test';
import { REFUSED } from '../fixtures/watch';

test('an agency writes its report, sends it, and has its receipt', async ({ person, visitor }) => {
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('Dinkes');
  await staf.sheet.open(1);
  await staf.sheet.expectRow(6, '29 dari 44 PD');

  const clerk = await visitor();
  clerk.watch.expect(REFUSED);
  await clerk.agency.follow(link);
  await clerk.agency.type(1, { indikator: 'Angka kematian bayi', target: '103,74', realisasi: '98,5' });
  await clerk.agency.expectRow(1, '94,95%');
  await clerk.agency.addPasted('Sasaran A\tIndikator B\t%\t1.000\t950\nSasaran A\tPredikat SAKIP\tpredikat\tBB\tB');
  await clerk.agency.expectRow(2, '95,00%');
  await clerk.agency.expectRow(3, /dibandingkan langsung/);
  await clerk.agency.send();
  await clerk.agency.expectProblem(/PDF.*belum diunggah/);
  await clerk.agency.upload();
  await clerk.agency.send();
  await clerk.agency.expectProblem(/13 bagian belum ada/);
  await clerk.agency.tickAll();
  await clerk.agency.send();
  await clerk.agency.expectReceipt(/0030\/LKj\/2026/);

  if (!staf.scripted) await staf.page.reload();
  await staf.sheet.expectRow(6, '30 dari 44 PD');
  await clerk.page.getByRole('link', { name: 'Halaman cek keaslian' }).click();
  await expect(clerk.page.getByRole('heading', { name: 'Tanda terima ini asli' })).toBeVisible();
});

test('what went back is improved at its place and sent again', async ({ person, visitor }) => {
  const staf = await person('staf');
  await staf.page.goto('/pelaksanaan/1/tautan');
  const returned = await visitor();
  // In the practice office one report has been sent back.
  for (const agency of await staf.page.getByRole('rowheader').allTextContents()) {
    await staf.links.open(1);
    await returned.agency.follow(await staf.links.make(agency));
    if (await returned.page.getByRole('heading', { name: /^Perlu perbaikan/ }).isVisible()) break;
  }
  await returned.agency.expectRow(8, 'Realisasi jauh di bawah target');
  await returned.agency.cell(8, 'realisasi').fill('118');
  if (!returned.scripted) await returned.page.getByRole('button', { name: 'Simpan tabel' }).click();
  else await returned.agency.expectKept(0);
  await returned.agency.send();
  await returned.agency.expectReceipt(/0030\/LKj\/2026/);
  await expect(returned.page.getByText('putaran 2')).toBeVisible();
});

test('a link says what it is before it opens, and whom it signs out', async ({ person }) => {
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('Dinkes');
  await staf.agency.lookAt(link);
  await expect(staf.page.getByText(/mengeluarkan akun itu dari peramban ini/)).toBeVisible();
  await staf.links.open(1);
  await expect(staf.page.getByRole('heading', { name: 'Tautan pengiriman' })).toBeVisible();
  await staf.agency.follow(link);
  await expect(staf.page.getByText('lewat tautan')).toBeVisible();
  await staf.agency.lookAt(link);
  await expect(staf.page.getByText(/mengeluarkan akun itu/)).toBeHidden();
  await staf.agency.enter();
});

test('a link that is no longer good says what to do', async ({ visitor }) => {
  const { page } = await visitor();
  await page.goto(`/pd/t/${'0'.repeat(64)}`);
  await expect(page.getByRole('heading', { name: /tidak berlaku lagi/ })).toBeVisible();
});
