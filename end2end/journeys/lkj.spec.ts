// The last hour: a phone on a weak line, two devices, a line that breaks.
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const ROWS = Array.from({ length: 40 }, (_, n) => `Sasaran ${n % 5}\tIndikator ${n + 1}\t%\t1.000,5\t${900 + n},25`).join('\n');

test('forty rows are pasted on a phone on a slow line that breaks', async ({ person, visitor }) => {
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('DLH');
  await staf.sheet.open(1);

  const clerk = await visitor(PHONE);
  const devtools = await clerk.context.newCDPSession(clerk.page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 200_000,
  });
  clerk.watch.expect(LINE_DOWN);
  await clerk.agency.follow(link);
  await clerk.agency.ready();
  await clerk.agency.paste(ROWS);
  await clerk.agency.expectRow(40, '93,88%');
  await clerk.agency.expectKept(0);

  await clerk.wire.cut();
  await clerk.agency.cell(1, 'realisasi').fill('1.001');
  await expect(clerk.agency.saving(0)).toContainText('disimpan di perangkat ini');
  await clerk.wire.mend();
  await clerk.agency.expectKept(0);
  await clerk.agency.expectRow(1, '100,05%');

  await clerk.agency.tickAll();
  await clerk.agency.upload();
  await clerk.agency.expectRow(1, '100,05%');
  await clerk.agency.send();
  await clerk.agency.expectReceipt(/0030\/LKj\/2026/);
  await staf.sheet.expectRow(6, '30 dari 44 PD');
});

test('what was typed without a line is sent when the page is opened again', async ({ person, visitor }) => {
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('Dishut');
  const clerk = await visitor();
  clerk.watch.expect(LINE_DOWN);
  await clerk.agency.follow(link);
  await clerk.agency.ready();
  await clerk.wire.cut();
  await clerk.agency.cell(1, 'indikator').fill('Luas tutupan hutan');
  await expect(clerk.agency.saving(0)).toContainText('disimpan di perangkat ini');
  await clerk.page.goto('about:blank');
  await clerk.wire.mend();
  await clerk.page.goto('/pd/lkj/2026');
  await expect(clerk.agency.cell(1, 'indikator')).toHaveValue('Luas tutupan hutan');
});

test('what one agency typed without a line is never brought to another one in the same browser', async ({ person, visitor }) => {
  const staf = await person('staf');
  const link = async (agency: string): Promise<string> => {
    await staf.links.open(1);
    return staf.links.make(agency);
  };
  const [first, second] = [await link('Dishut'), await link('DLH')];
  const clerk = await visitor();
  clerk.watch.expect(LINE_DOWN);
  await clerk.agency.follow(first);
  await clerk.agency.ready();
  await clerk.wire.cut();
  await clerk.agency.cell(1, 'indikator').fill('Luas tutupan hutan');
  await expect(clerk.agency.saving(0)).toContainText('disimpan di perangkat ini');
  await clerk.page.goto('about:blank');
  await clerk.wire.mend();

  await clerk.agency.follow(second);
  await clerk.agency.ready();
  await clerk.agency.type(1, { indikator: 'Indeks kualitas air', target: '60', realisasi: '61' });
  await clerk.page.reload();
  await expect(clerk.agency.cell(1, 'indikator')).toHaveValue('Indeks kualitas air');
  await expect(clerk.agency.cell(2, 'indikator')).toHaveValue('');

  // The first one finds its own again.
  await clerk.agency.follow(first);
  await expect(clerk.agency.cell(1, 'indikator')).toHaveValue('Luas tutupan hutan');
});

test('two devices never overwrite one another silently', async ({ person, visitor }) => {
  const staf = await person('staf');
  await staf.links.open(1);
  const link = await staf.links.make('DPUPR');
  const [one, other] = [await visitor(), await visitor()];
  for (const clerk of [one, other]) {
    await clerk.agency.follow(link);
    await clerk.agency.ready();
  }
  await one.agency.type(1, { indikator: 'Jalan mantap', target: '80', realisasi: '79' });
  await other.agency.cell(1, 'indikator').fill('Jembatan');
  await expect(other.agency.saving(0)).toContainText('diubah di perangkat lain');
  await other.page.getByRole('button', { name: 'Isian perangkat lain' }).click();
  await expect(other.agency.cell(1, 'indikator')).toHaveValue('Jalan mantap');
});
