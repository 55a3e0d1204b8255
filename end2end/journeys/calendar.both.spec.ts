// The administrator's calendar: a change is looked at, applied, and moves what is open.
import { test } from '../fixtures/test';

const flood = { date: '2027-01-13', kind: 'kantor tutup', name: 'Kantor banjir' } as const;

test('a day off moves the dates on an open sheet, and the history says so', async ({ person }) => {
  const staf = await person('staf');
  await staf.sheet.open(1);
  await staf.sheet.expectRow(7, 'rencana 22 Jan 16.30');

  const admin = await person('admin');
  await admin.calendar.open(2027);
  await admin.calendar.propose(flood);
  await admin.calendar.expectPreview('Kantor banjir', 'Rencana baris 9 Analisa pemenuhan: 22 Jan 16.30 menjadi 25 Jan 16.00');
  await staf.sheet.expectRow(7, 'rencana 22 Jan 16.30');
  await admin.calendar.apply();
  await admin.calendar.expectDay('Kantor banjir', /kantor tutup/);

  // A page with a live line moves by itself; another one when it is loaded again.
  if (!staf.scripted) await staf.sheet.open(1);
  await staf.sheet.expectRow(7, 'rencana 25 Jan 16.00');
  await staf.sheet.expectNewest('Hari libur ditambah: 13 Januari 2027 Kantor banjir (kantor tutup)');
  await staf.sheet.expectNewest('Rencana baris 10 Pengarsipan: 16 Feb 09.30 menjadi 17 Feb 09.30');
  await admin.calendar.open();
  await admin.calendar.expectText('menggeser batas waktu di 1 pelaksanaan');
});

test('what cannot be is refused, and what was typed stays', async ({ person }) => {
  const { calendar } = await person('admin');
  await calendar.open(2027);
  await calendar.propose({ ...flood, kind: 'libur nasional' });
  await calendar.expectRefused(/belum menyebut dasar keputusannya/);
  await calendar.expectTyped('Nama atau sebab', 'Kantor banjir');
});

test('a year without a decree says so until its days are brought in', async ({ person }) => {
  const { calendar } = await person('admin');
  await calendar.open(2028);
  await calendar.expectText('Kalender 2028 belum ditetapkan. Alur tidak menebak hari libur');
  await calendar.paste('tanggal,jenis,nama,dasar\n2028-1-1,libur_nasional,Tahun Baru,SKB\n');
  await calendar.expectRefused(/baris 2: tanggal "2028-1-1" tidak dikenal/);
  await calendar.paste('tanggal,jenis,nama,dasar\n2028-01-01,libur_nasional,Tahun Baru,SKB 3 Menteri\n');
  await calendar.expectPreview('Kalender 2028 ditetapkan; sebelumnya belum');
  await calendar.apply();
  await calendar.expectText(/\d+ hari kerja dalam setahun/);
});
