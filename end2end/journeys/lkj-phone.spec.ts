// One agency, one phone, one weak line: from the link to the acceptance, while the office watches.
import { createHash } from 'node:crypto';
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';
import { LKJ } from '../pages/AgencyPage';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** 1.6 Mbit/s in bytes. */
const SLOW = 200_000;
const MINUTE = 60_000;
const ROWS = Array.from({ length: 40 }, (_, n) => `Sasaran ${n % 5}\tIndikator ${n + 1}\t%\t1.000,5\t${900 + n},25`).join('\n');
/** A report that takes some ten seconds on such a line. */
const REPORT = {
  ...LKJ,
  name: 'LKj Dinas 2026.pdf',
  buffer: Buffer.from(`${LKJ.buffer.toString('latin1')}\n%${'isi '.repeat(500_000)}\n%%EOF\n`, 'latin1'),
};

test('from the link to the acceptance on a phone whose line is cut for a minute', async ({ person, visitor }) => {
  test.setTimeout(5 * MINUTE);
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('DLH');
  await staf.sheet.open(1);
  await staf.sheet.expectRow(6, '29 dari 44 PD');
  const karo = await person('karo');
  await karo.matrix.open();
  await karo.matrix.expectState('dlh', 'belum');

  const clerk = await visitor(PHONE);
  const devtools = await clerk.context.newCDPSession(clerk.page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: SLOW,
    uploadThroughput: SLOW,
  });
  clerk.watch.expect(LINE_DOWN);
  await clerk.agency.follow(link);
  await clerk.agency.ready();
  await clerk.agency.paste(ROWS);
  await clerk.agency.expectRow(40, '93,88%');
  await clerk.agency.expectKept(0);
  await clerk.agency.expectStep('Capaian', '40 indikator');
  await clerk.agency.tickAll();
  await clerk.agency.expectStep('Kelengkapan', 'lengkap');

  // The line breaks in the middle of the upload, and stays away for a minute. What is typed
  // meanwhile is kept in the phone; so is the wish to send.
  const cut = Date.now();
  await clerk.agency.choose(REPORT);
  await clerk.agency.expectUploading(/Mengunggah [1-9]\d\d kB/);
  await clerk.wire.cut();
  await clerk.agency.expectUploading('Sambungan terputus');
  await clerk.agency.cell(3, 'realisasi').fill('1.000,5');
  await expect(clerk.agency.saving(0)).toContainText('disimpan di perangkat ini');
  await clerk.page.waitForTimeout(MINUTE - (Date.now() - cut));
  await clerk.wire.mend();
  await clerk.agency.expectFile(REPORT.name, createHash('sha256').update(REPORT.buffer.toString('latin1'), 'latin1').digest('hex'));
  await clerk.agency.expectKept(0);
  await clerk.agency.expectRow(3, '100,00%');

  // The last key is pressed just before the button: it is sent too.
  await clerk.agency.cell(4, 'realisasi').fill('500,25');
  await clerk.agency.send();
  await clerk.agency.expectReceipt(/0030\/LKj\/2026/);
  await staf.sheet.expectRow(6, '30 dari 44 PD');
  await karo.matrix.expectState('dlh', 'terkirim');

  const kasubbag = await person('kasubbag');
  await kasubbag.report.open('dlh');
  await kasubbag.report.expectText('50,00%');
  await kasubbag.report.giveBack({ 'Temuan untuk baris 4': 'Realisasi turun tajam; jelaskan atau perbaiki.' });
  await kasubbag.report.expectSaid('dikembalikan');
  await karo.matrix.expectState('dlh', 'perbaikan');

  await clerk.page.goto('/pd/lkj/2026');
  await clerk.agency.ready();
  await expect(clerk.page.getByRole('heading', { name: /^Perlu perbaikan, putaran 2/ })).toBeVisible();
  await clerk.agency.expectRow(4, 'Realisasi turun tajam');
  await clerk.agency.cell(4, 'realisasi').fill('950,25');
  await clerk.agency.send();
  await clerk.agency.expectReceipt(/0031\/LKj\/2026/);
  await expect(clerk.page.getByText('putaran 2')).toBeVisible();
  await karo.matrix.expectState('dlh', 'terkirim');

  await kasubbag.report.open('dlh');
  await kasubbag.report.expectText('500,25 → 950,25');
  await kasubbag.report.accept();
  await kasubbag.report.expectSaid('LKj diterima');
  await karo.matrix.expectState('dlh', 'diterima');
  await clerk.page.goto('/pd/lkj/2026');
  await expect(clerk.page.getByRole('heading', { name: 'LKj diterima' })).toBeVisible();
});

test('a report that is sent without a line is sent when the line is back', async ({ person, visitor }) => {
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('Dishut');
  const clerk = await visitor(PHONE);
  clerk.watch.expect(LINE_DOWN);
  await clerk.agency.follow(link);
  await clerk.agency.ready();
  await clerk.agency.type(1, { indikator: 'Luas tutupan hutan', target: '80', realisasi: '79' });
  await clerk.agency.upload();
  await clerk.wire.cut();
  await clerk.agency.cell(1, 'realisasi').fill('81');
  await clerk.agency.send('Menyusul.');
  await expect(clerk.page.getByText('Belum terkirim: tidak ada sambungan')).toBeVisible();
  await clerk.wire.mend();
  await clerk.agency.expectReceipt(/0030\/LKj\/2026/);
  await staf.report.open('dishut');
  await staf.report.expectText('101,25%');
});
