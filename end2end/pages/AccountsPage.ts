// `/kelola/akun`: accounts and their roles.
import { expect, type Page } from '@playwright/test';

export type NewAccount = { id: string; name: string; title: string; roles: string[] };

export class AccountsPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/kelola/akun');
  }

  async add({ id, name, title, roles }: NewAccount): Promise<void> {
    const box = this.page.locator('details.menu').filter({ hasText: 'Tambah akun…' });
    await box.locator('summary').click();
    await box.getByLabel('Akun,').fill(id);
    await box.getByLabel('Nama').fill(name);
    await box.getByLabel('Jabatan').fill(title);
    for (const role of roles) await box.getByRole('checkbox', { name: role, exact: true }).check();
    await box.getByRole('button', { name: 'Tambah akun' }).click();
  }

  async addForAgency(account: { id: string; name: string; agency: string }): Promise<void> {
    const box = this.page.locator('details.menu').filter({ hasText: 'Tambah akun PD…' });
    await box.locator('summary').click();
    await box.getByLabel('Akun,').fill(account.id);
    await box.getByRole('textbox', { name: 'Nama' }).fill(account.name);
    await box.getByLabel('Perangkat Daerah').selectOption(account.agency);
    await box.getByRole('button', { name: 'Tambah akun' }).click();
  }

  /** Confirms a name that looks like another one, and sends the form again. */
  async addAnyway(): Promise<void> {
    const box = this.page.locator('details.menu[open]').filter({ hasText: 'Tambah akun' });
    await box.getByRole('checkbox', { name: 'Tetap tambahkan' }).check();
    await box.getByRole('button', { name: 'Tambah akun' }).click();
  }

  /** The one-time link that is shown now, and will not be again. */
  async takeLink(): Promise<string> {
    const shown = this.page.locator('#tautan-sandi');
    await expect(shown).toBeVisible();
    const link = await shown.inputValue();
    await this.page.reload();
    await expect(shown).toHaveCount(0);
    return link;
  }

  async makeLink(id: string): Promise<string> {
    const line = this.line(id);
    await line.locator('summary').click();
    await line.getByRole('button', { name: 'Buat tautan sandi' }).click();
    return this.takeLink();
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
