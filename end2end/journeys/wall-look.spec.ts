// What hangs on the wall is read from afar: sizes, contrast, and never a part that cannot be seen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../fixtures/axe';
import { expect, test } from '../fixtures/test';
import { LINE_DOWN } from '../fixtures/watch';
import { WallPage } from '../pages/WallPage';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
];
const SHIPPED = join(__dirname, '../../app/domain/procedures/org-2-2-2.json');

/** The wall can be read at every size that it is made for. */
async function expectReadable(wall: WallPage): Promise<void> {
  for (const size of SIZES) {
    await wall.resize(size);
    await wall.expectReadable();
  }
}

test('on a normal day', async ({ visitor }) => {
  const { page } = await visitor({ viewport: SIZES[1] });
  const wall = new WallPage(page);
  await wall.open();
  await expectReadable(wall);
  await expectAccessible(page);
});

test.describe('late', () => {
  test.use({ now: '2027-01-13T09:20:00+07:00' });
  test('when a step is late, and while it is paused', async ({ visitor, clerk }) => {
    const { page } = await visitor({ viewport: SIZES[1] });
    const wall = new WallPage(page);
    await wall.open();
    await wall.expectTone('late');
    await expectReadable(wall);
    await expectAccessible(page);
    await (await clerk('kabag')).pause(1, 'Rapat pimpinan.');
    await wall.expectTone('paused');
    await expectReadable(wall);
    await expectAccessible(page);
  });
});

test('with sixty agencies, long names, a long sentence and a long procedure', async ({ visitor, clerk }) => {
  const admin = await clerk('admin');
  await admin.agencies(
    Array.from({ length: 60 }, (_, n) => ({
      code: `pd-${n + 1}`,
      name: `Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana ${n + 1}`,
      short: n % 3 ? `Disdalduk ${n + 1}` : `DP3AP2KB dan Keluarga Berencana ${n + 1}`,
    })),
  );
  await admin.publish(longProcedure());
  const staf = await clerk('staf');
  const run = await staf.start('UJI.1/1', 2026);
  await (await clerk('kabag')).cancel(1, 'Diganti.');
  for (let row = 1; row <= 16; row += 1) await staf.finish(run, `${row}.staf`);
  const { page } = await visitor({ viewport: SIZES[1] });
  const wall = new WallPage(page);
  await wall.open();
  await wall.expectSentence(/^Menunggu STAF PENYUSUN/);
  await wall.expectCell(17, 'staf', 'active');
  await expectReadable(wall);
  await expectAccessible(page);
});

test('when nothing is in progress', async ({ visitor, clerk }) => {
  await (await clerk('kabag')).cancel(1, 'Diganti.');
  const { page } = await visitor({ viewport: SIZES[1] });
  const wall = new WallPage(page);
  await wall.open();
  await expect(page.getByRole('heading', { name: 'Tanggal berikutnya' })).toBeVisible();
  await expectReadable(wall);
  await expectAccessible(page);
});

test('while the line is lost', async ({ visitor }) => {
  const { page, wire, watch } = await visitor({ viewport: SIZES[1] });
  watch.expect(LINE_DOWN);
  await page.clock.install();
  const wall = new WallPage(page);
  await wall.open();
  await wire.cut();
  await page.clock.fastForward(90_000);
  await page.clock.runFor(2_000);
  await wall.expectAge('old');
  await expectReadable(wall);
  await expectAccessible(page);
});

test('while a display is paired', async ({ visitor }) => {
  const { page } = await visitor({ viewport: SIZES[1] });
  const wall = new WallPage(page);
  await wall.openPairing();
  await expectReadable(wall);
  await expectAccessible(page);
});

/** Twenty rows, with words as long as offices write them. */
function longProcedure(): object {
  const shipped = JSON.parse(readFileSync(SHIPPED, 'utf8'));
  const row = (order: number) => ({
    printed: `${order}.`,
    text: `Langkah ${order} dari prosedur yang panjang`,
    short: `Penyusunan dan penyampaian bahan ${order}`,
    time: '1 Hari',
    cells: [
      {
        lane: 'staf',
        shape: order === 1 ? 'start' : order === 20 ? 'end' : 'process',
        source: 'assumed',
        asks: order === 17 ? [{ key: 'diterima', label: 'LKj diterima', kind: 'reports_received', required: true }] : [],
      },
    ],
  });
  return {
    ...shipped,
    key: 'UJI.1/1',
    steering: { start: ['staf'], pause: ['kabag'], cancel: ['kabag'] },
    name: 'Penyusunan Laporan Kinerja Instansi Pemerintah Provinsi',
    lanes: [
      { id: 'staf', name: 'STAF PENYUSUN BAHAN' },
      { id: 'kabag', name: 'KEPALA BAGIAN' },
      { id: 'karo', name: 'KEPALA BIRO ORGANISASI' },
      { id: 'gubernur', name: 'GUBERNUR/SEKRETARIS DAERAH' },
    ],
    activities: Array.from({ length: 20 }, (_, n) => row(n + 1)),
  };
}
