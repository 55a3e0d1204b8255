// An agency that signs in with an account of its own.
import { expect, test } from '../fixtures/test';
import { PASSWORD } from '../fixtures/office';

test('an agency signs in, sees its own pages only, and changes its password', async ({ visitor }) => {
  const clerk = await visitor();
  await clerk.page.goto('/pd/lkj/2026');
  await clerk.signIn.signIn('dinkes', PASSWORD);
  await expect(clerk.page.getByRole('heading', { name: /^LKj tahun/ })).toBeVisible();
  await clerk.page.goto('/pelaksanaan/1');
  await expect(clerk.page).toHaveURL(/\/pd$/);
  await expect(clerk.page.getByText('Dinas Kesehatan', { exact: true })).toBeVisible();

  await clerk.account.open();
  await clerk.account.changePassword(PASSWORD, 'sandi-dinkes-2027');
  await clerk.account.expectChanged();
  await clerk.bar.signOut();
  await clerk.signIn.signIn('dinkes', 'sandi-dinkes-2027');
  await expect(clerk.page).toHaveURL(/\/pd$/);
});

test('an administrator makes an account for an agency', async ({ person, visitor }) => {
  const admin = await person('admin');
  await admin.accounts.open();
  await admin.accounts.addForAgency({ id: 'bappeda', name: 'Andi', agency: 'Badan Perencanaan Pembangunan Daerah', password: 'sandi-bappeda-27' });
  await admin.accounts.expectAccount('bappeda', /Andi.*Bappeda.*aktif/);
  const clerk = await visitor();
  await clerk.signIn.open();
  await clerk.signIn.signIn('bappeda', 'sandi-bappeda-27');
  await expect(clerk.page).toHaveURL(/\/pd$/);
});
