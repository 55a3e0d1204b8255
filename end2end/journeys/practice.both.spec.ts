// The practice run, as it is found: row 6 waits for the agencies.
import { expect, test } from '../fixtures/test';

test('home says what waits for me, and leads to it', async ({ person }) => {
  const { home, sheet } = await person('staf');
  await home.expectWaiting('Menunggu data capaian kinerja / LKj PD');
  await home.begin('Menunggu data capaian kinerja / LKj PD');
  await sheet.dialog.expectOpen('Menunggu data capaian kinerja');
});

test('whoever has nothing to do is told so', async ({ person }) => {
  const { home } = await person('karo');
  await home.expectNothingWaiting();
});

test('the sheet shows where the run is, and how it came there', async ({ person }) => {
  const { sheet, bar, runs } = await person('kasubbag');
  await runs.open();
  await runs.expectRun('Pengumpulan Data Kinerja, data tahun 2026', /Menunggu STAF/);
  await sheet.open(1);
  await bar.expectPractice();
  await sheet.expectTurn(/Menunggu · STAF · baris 6/);
  await sheet.expectTurn(/Sampai Minggu, 10 Januari 2027/);
  for (const [row, lane] of [[1, 'staf'], [2, 'karo'], [3, 'gubernur'], [5, 'staf']] as const) {
    await sheet.expectState(row, lane, 'done');
  }
  await sheet.expectState(6, 'staf', 'active');
  await sheet.expectState(7, 'staf', 'idle');
  await sheet.expectRow(2, /Putaran 2 · dikembalikan KABAG: “Lampiran format LKj belum ada.”/);
  await sheet.expectRow(3, /Dicatat oleh STAF/);
  await sheet.expectHistory(/KABAG mengembalikan ke STAF/);
  expect(await sheet.text()).toContain('6.   Menunggu LKj PD: STAF [] giliran');
  expect(await sheet.text()).toBe(await sheet.serverText());
});

test('a cell that is not mine says who may act', async ({ person }) => {
  const { sheet } = await person('karo');
  await sheet.open(1);
  await sheet.pick(6, 'staf');
  await sheet.dialog.expectOpen(/Giliran STAF sejak/);
  await sheet.dialog.expectNothingToDo();
});

test('a finished cell shows every round', async ({ person }) => {
  const { sheet } = await person('karo');
  await sheet.open(1);
  await sheet.pick(2, 'kabag');
  await sheet.dialog.expectOpen(/Putaran 2/i);
  await sheet.dialog.expectOpen(/Lampiran format LKj belum ada/);
});
