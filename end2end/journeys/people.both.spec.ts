// The administrator's work, and one's own password.
import { test } from '../fixtures/test';
import { GATE } from '../pages/CellDialog';
import { PASSWORD } from '../fixtures/office';
import { REFUSED } from '../fixtures/watch';

const budi = { id: 'budi', name: 'Budi Santoso', title: 'Analis', roles: ['STAF'], password: 'sandi-budi-2027' };

test('an administrator adds an account, which can then work', async ({ person }) => {
  const admin = await person('admin');
  await admin.accounts.open();
  await admin.accounts.add(budi);
  await admin.accounts.expectAccount('budi', /Budi Santoso.*STAF.*aktif/);

  const { sheet, page, bar } = await person('staf', {}, PASSWORD);
  await bar.signOut();
  await page.goto('/pelaksanaan/1');
  await page.getByLabel('Akun', { exact: true }).fill('budi');
  await page.getByLabel('Sandi', { exact: true }).fill(budi.password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await sheet.ready();
  await sheet.finish(6, 'staf', GATE);
  await sheet.expectNewest('Budi Santoso');
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
  await staf.account.changePassword(PASSWORD, 'sandi-baru-2027', 'lain-sama-sekali');
  await staf.account.expectRefused(/tidak sama/);
  await staf.account.changePassword(PASSWORD, 'sandi-baru-2027');
  await staf.account.expectChanged();
  const { signIn, bar } = await visitor();
  await signIn.open();
  await signIn.signIn('staf', 'sandi-baru-2027');
  await bar.expectSignedIn('staf');
});
