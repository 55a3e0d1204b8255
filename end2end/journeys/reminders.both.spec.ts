// Reminders without a mail server: what is shown, copied, printed and switched; and one's calendar.
import { expect, test } from '../fixtures/test';

test('the page of reminders says who has not sent, and gives the texts', async ({ person }) => {
  const { reminders } = await person('staf');
  await reminders.open(1);
  await reminders.expectStep('H-1');
  await reminders.expectMissing(/dari \d+ PD belum mengirim LKj/);
  await reminders.expectPost(/belum diatur untuk mengirim surel/);
  expect(await reminders.text()).toContain('paling lambat Jumat, 8 Januari 2027 (1 hari kerja lagi)');
  await reminders.copy();
  await reminders.turnAutomatic(true);
  await reminders.turnAutomatic(false);
});

test('the tab counts what waits', async ({ person }) => {
  const staf = await person('staf');
  await staf.page.goto('/');
  await expect(staf.page).toHaveTitle('(1) Beranda · Alur');
  const karo = await person('karo');
  await karo.page.goto('/');
  await expect(karo.page).toHaveTitle('Beranda · Alur');
});

test('an address of a calendar is shown once, works, and is void when it is revoked', async ({ person }) => {
  const { account, page } = await person('staf');
  await account.open();
  const url = await account.makeCalendar();
  const path = new URL(url).pathname;
  const read = await page.request.get(path);
  expect(read.headers()['content-type']).toContain('text/calendar');
  expect(await read.text()).toContain('BEGIN:VEVENT');
  await account.open();
  await account.expectNoCalendarShown();
  await account.revokeCalendar();
  expect((await page.request.get(path)).status()).toBe(404);
});

test('an address for mail is kept', async ({ person }) => {
  const { account } = await person('staf');
  await account.open();
  await account.setMail('rina@biro.uji');
  await account.expectMailSaved();
});
