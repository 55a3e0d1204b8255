// The bar at the top of every page.
import { expect, type Page } from '@playwright/test';

export class Bar {
  constructor(private readonly page: Page) {}

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Keluar' }).click();
    await expect(this.page).toHaveURL(/\/masuk/);
  }

  async goTo(place: 'Beranda' | 'Pelaksanaan' | 'SOP' | 'Kelola'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Utama' }).getByRole('link', { name: place }).click();
  }

  async expectSignedIn(account: string): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Keluar' })).toBeVisible();
    const who = this.page.getByRole('banner').getByRole('link', { name: account.toUpperCase() });
    await expect(who).toBeVisible();
  }

  async expectLine(words: RegExp): Promise<void> {
    await expect(this.page.locator('.bar .chip[data-line]')).toHaveText(words);
  }

  async expectPractice(): Promise<void> {
    await expect(this.page.getByText('LATIHAN', { exact: true })).toBeVisible();
  }
}
