// `/kelola/akun`: accounts and their roles.
import { expect, type Page } from '@playwright/test';

export type NewAccount = { id: string; name: string; title: string; roles: string[]; password: string };

export class AccountsPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/kelola/akun');
  }

  async add({ id, name, title, roles, password }: NewAccount): Promise<void> {
    const box = this.page.locator('details.menu').filter({ hasText: 'Tambah akun…' });
    await box.locator('summary').click();
    await box.getByLabel('Akun,').fill(id);
    await box.getByLabel('Nama').fill(name);
    await box.getByLabel('Jabatan').fill(title);
    for (const role of roles) await box.getByRole('checkbox', { name: role, exact: true }).check();
    await box.getByLabel('Sandi pertama').fill(password);
    await box.getByRole('button', { name: 'Tambah akun' }).click();
  }

  async addForAgency(account: { id: string; name: string; agency: string; password: string }): Promise<void> {
    const box = this.page.locator('details.menu').filter({ hasText: 'Tambah akun PD…' });
    await box.locator('summary').click();
    await box.getByLabel('Akun,').fill(account.id);
    await box.getByRole('textbox', { name: 'Nama' }).fill(account.name);
    await box.getByLabel('Perangkat Daerah').selectOption(account.agency);
    await box.getByLabel('Sandi pertama').fill(account.password);
    await box.getByRole('button', { name: 'Tambah akun' }).click();
  }

  async deactivate(id: string): Promise<void> {
    const line = this.line(id);
    await line.locator('summary').click();
    await line.getByRole('checkbox', { name: 'Boleh masuk' }).uncheck();
    await line.getByRole('button', { name: 'Simpan', exact: true }).click();
  }

  async expectAccount(id: string, words: string | RegExp): Promise<void> {
    await expect(this.line(id)).toContainText(words);
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  private line(id: string) {
    const name = this.page.locator('summary b').getByText(id, { exact: true });
    return this.page.locator('ul.accounts > li').filter({ has: name });
  }
}
