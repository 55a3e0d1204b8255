// An agency that signs in with an account of its own.
import { expect, test } from '../fixtures/test';
import { PASSWORD } from '../fixtures/office';
import { PasswordLinkPage } from '../pages/PasswordLinkPage';

test('an agency signs in, sees its own pages only, and changes its password', async ({ visitor }) => {
  const clerk = await visitor();
  await clerk.page.goto('/pd/lkj/2026');
  await clerk.signIn.signIn('dinkes', PASSWORD);
  await expect(clerk.page.getByRole('heading', { name: /^LKj tahun/ })).toBeVisible();
  await clerk.page.goto('/pelaksanaan/1');
  await expect(clerk.page).toHaveURL(/\/pd$/);
  await expect(clerk.page.getByText('Dinas Kesehatan', { exact: true })).toBeVisible();

  await clerk.account.open();
  await clerk.account.changePassword(PASSWORD, 'kopi hitam jam sembilan');
  await clerk.account.expectChanged();
  await clerk.bar.signOut();
  await clerk.signIn.signIn('dinkes', 'kopi hitam jam sembilan');
  await expect(clerk.page).toHaveURL(/\/pd$/);
});

test('an administrator makes an account for an agency', async ({ person, visitor }) => {
  const admin = await person('admin');
  await admin.accounts.open();
  await admin.accounts.addForAgency({ id: 'bappeda', name: 'Andi', agency: 'Badan Perencanaan Pembangunan Daerah' });
  await admin.accounts.expectAccount('bappeda', /Andi.*Bappeda.*aktif/);
  const link = await admin.accounts.takeLink();
  const clerk = await visitor();
  const password = new PasswordLinkPage(clerk.page);
  await password.open(link);
  await password.set('kopi hitam jam sembilan');
  await expect(clerk.page).toHaveURL(/\/pd$/);
});
