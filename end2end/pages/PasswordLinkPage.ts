// `/sandi?kunci=…`: a new password by a one-time link.
import { expect, type Page } from '@playwright/test';

export class PasswordLinkPage {
  constructor(private readonly page: Page) {}

  async open(link: string): Promise<void> {
    await this.page.goto(link);
  }

  async set(password: string): Promise<void> {
    await this.page.getByLabel('Sandi baru, paling').fill(password);
    await this.page.getByLabel('Ulangi sandi baru').fill(password);
    await this.page.getByRole('button', { name: 'Simpan sandi dan masuk' }).click();
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  async expectVoid(words: RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { name: words })).toBeVisible();
  }
}
