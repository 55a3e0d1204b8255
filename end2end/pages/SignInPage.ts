// `/masuk`
import { expect, type Page } from '@playwright/test';

export class SignInPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/masuk');
  }

  async signIn(account: string, password: string): Promise<void> {
    await this.account.fill(account);
    await this.password.fill(password);
    await this.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  }

  async expectOpen(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Masuk ke Alur' })).toBeVisible();
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  async expectAccountStillTyped(account: string): Promise<void> {
    await expect(this.account).toHaveValue(account);
  }

  async expectPracticeAccounts(...accounts: string[]): Promise<void> {
    const listed = this.page.getByRole('region', { name: 'Akun latihan' });
    for (const account of accounts) await expect(listed.getByRole('button', { name: account })).toBeVisible();
  }

  get account() {
    return this.page.getByLabel('Akun', { exact: true });
  }

  get password() {
    return this.page.getByLabel('Sandi', { exact: true });
  }
}
