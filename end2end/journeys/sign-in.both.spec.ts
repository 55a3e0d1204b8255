// Coming in and going out.
import { test } from '../fixtures/test';
import { PASSWORD } from '../fixtures/office';
import { REFUSED } from '../fixtures/watch';

test('the practice office says which accounts there are', async ({ visitor }) => {
  const { signIn, bar } = await visitor();
  await signIn.open();
  await signIn.expectPracticeAccounts('staf', 'kasubbag', 'kabag', 'karo', 'gubernur', 'admin');
  await bar.expectPractice();
});

test('a person signs in, and out again', async ({ visitor }) => {
  const { page, signIn, bar, home } = await visitor();
  await signIn.open();
  await signIn.signIn('staf', PASSWORD);
  await bar.expectSignedIn('staf');
  await home.expectRunning('Pengumpulan Data Kinerja, data tahun 2026');
  await bar.signOut();
  await page.goto('/');
  await signIn.expectOpen();
});

test('a wrong password is refused, and the account stays typed', async ({ visitor }) => {
  const { signIn, bar, watch } = await visitor();
  watch.expect(REFUSED);
  await signIn.open();
  await signIn.signIn('staf', 'bukan-sandinya');
  await signIn.expectRefused(/sandi/i);
  await signIn.expectAccountStillTyped('staf');
  await signIn.signIn('staf', PASSWORD);
  await bar.expectSignedIn('staf');
});

test('whoever follows a link is led there after signing in', async ({ visitor }) => {
  const { page, signIn, sheet } = await visitor();
  await page.goto('/pelaksanaan/1');
  await signIn.expectOpen();
  await signIn.signIn('kabag', PASSWORD);
  await sheet.expectState(6, 'staf', 'active');
});
