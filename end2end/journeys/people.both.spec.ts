// The administrator's work, and one's own password.
import { expect, test } from '../fixtures/test';
import { GATE } from '../pages/CellDialog';
import { PASSWORD } from '../fixtures/office';
import { PasswordLinkPage } from '../pages/PasswordLinkPage';
import { REFUSED } from '../fixtures/watch';

const budi = { id: 'budi', name: 'Budi Santoso', title: 'Analis', roles: ['STAF'] };
const CHOSEN = 'payung biru tujuh kerbau';

test('an administrator adds an account, whose owner sets its password and can then work', async ({ person, visitor }) => {
  const admin = await person('admin');
  await admin.accounts.open();
  await admin.accounts.add(budi);
  await admin.accounts.expectAccount('budi', /Budi Santoso.*STAF.*aktif/);

  const link = await admin.accounts.takeLink();
  const { sheet, page, watch } = await visitor();
  watch.expect(REFUSED);
  const password = new PasswordLinkPage(page);
  await password.open(link);
  await password.set('budi-santoso-1');
  await password.expectRefused(/nama, akun/);
  await password.set(CHOSEN);
  await page.goto('/pelaksanaan/1');
  await sheet.ready();
  await sheet.finish(6, 'staf', GATE);
  await sheet.expectNewest('Budi Santoso');
});

test('a used link says so, and one for a new password ends the old one', async ({ person, visitor }) => {
  const admin = await person('admin');
  await admin.accounts.open();
  const link = await admin.accounts.makeLink('kasubbag');
  const { page } = await visitor();
  const password = new PasswordLinkPage(page);
  await password.open(link);
  await password.set(CHOSEN);
  await expect(page.getByRole('heading', { name: /Selamat bekerja/ })).toBeVisible();
  await password.open(link);
  await password.expectVoid(/sudah dipakai/);
  const { signIn, watch } = await visitor();
  watch.expect(REFUSED);
  await signIn.open();
  await signIn.signIn('kasubbag', PASSWORD);
  await signIn.expectRefused(/sandi/i);
});

test('a name that looks like another one is shown before it is added', async ({ person }) => {
  const { accounts, watch } = await person('admin');
  watch.expect(REFUSED);
  await accounts.open();
  await accounts.add({ ...budi, id: 'siti', name: 'S1ti Aminah' });
  await accounts.expectRefused(/Mirip dengan akun dinkes/);
  await accounts.addAnyway();
  await accounts.takeLink();
  await accounts.expectAccount('siti', /mirip dengan dinkes/);
});

test('the trail tells what was done, and can be narrowed', async ({ person }) => {
  const { accounts, page } = await person('admin');
  await accounts.open();
  await accounts.deactivate('gubernur');
  await page.goto('/kelola/jejak');
  const lines = page.locator('table.trail tbody tr');
  await expect(lines.first()).toContainText('Mengubah akun');
  await expect(lines.first()).toContainText('tidak boleh masuk');
  await page.getByLabel('Jenis').selectOption({ label: 'Masuk' });
  await page.getByRole('button', { name: 'Saring' }).click();
  await expect(page.locator('table.trail tbody tr').first()).toContainText('admin');
  await expect(page.locator('tr[data-kind="ubah-akun"]')).toHaveCount(0);
});

test('an account that exists cannot be added again, and what was typed stays', async ({ person }) => {
  const { accounts, watch } = await person('admin');
  watch.expect(REFUSED);
  await accounts.open();
  await accounts.add({ ...budi, id: 'staf' });
  await accounts.expectRefused(/staf/);
});

test('a deactivated account cannot come in', async ({ person, visitor }) => {
  const admin = await person('admin');
  await admin.accounts.open();
  await admin.accounts.deactivate('gubernur');
  await admin.accounts.expectAccount('gubernur', /nonaktif/);
  const { signIn, watch } = await visitor();
  watch.expect(REFUSED);
  await signIn.open();
  await signIn.signIn('gubernur', PASSWORD);
  await signIn.expectRefused(/./);
});

test('one changes one’s own password', async ({ person, visitor }) => {
  const staf = await person('staf');
  staf.watch.expect(REFUSED);
  await staf.account.open();
  await staf.account.changePassword(PASSWORD, CHOSEN, 'lain-sama-sekali');
  await staf.account.expectRefused(/tidak sama/);
  await staf.account.changePassword(PASSWORD, CHOSEN);
  await staf.account.expectChanged();
  const { signIn, bar } = await visitor();
  await signIn.open();
  await signIn.signIn('staf', CHOSEN);
  await bar.expectSignedIn('staf');
});
