// `/akun`: one's own account.
import { expect, type Page } from '@playwright/test';

export class AccountPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/akun');
  }

  async changePassword(from: string, to: string, again = to): Promise<void> {
    await this.page.getByLabel('Sandi lama').fill(from);
    await this.page.getByLabel('Sandi baru, paling sedikit').fill(to);
    await this.page.getByLabel('Ulangi sandi baru').fill(again);
    await this.page.getByRole('button', { name: 'Ganti sandi' }).click();
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  async expectChanged(): Promise<void> {
    await expect(this.page.getByText('Sandi sudah diganti.')).toBeVisible();
  }
}
