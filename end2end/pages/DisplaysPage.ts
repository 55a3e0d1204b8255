// The administrator's page about the displays.
import { expect, type Locator, type Page } from '@playwright/test';

export class DisplaysPage {
  constructor(private readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`/kelola/papan${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Papan di dinding' })).toBeVisible();
  }

  async pair(code: string, name: string): Promise<void> {
    const kode = this.page.getByLabel('Kode di layar TV');
    if (!(await kode.isVisible())) await this.page.getByText('Pasang papan…').click();
    await kode.fill(code);
    await this.page.getByLabel('Nama papan').fill(name);
    await this.page.getByRole('button', { name: 'Pasang', exact: true }).click();
  }

  async expectRefused(text: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: text })).toBeVisible();
  }

  async expectDisplay(name: string, text: RegExp): Promise<void> {
    await expect(this.display(name)).toHaveText(text);
  }

  async identify(name: string): Promise<void> {
    await this.press(name, /^Kenali/);
  }

  async revoke(name: string): Promise<void> {
    await this.press(name, /^Cabut/);
  }

  private async press(name: string, button: RegExp): Promise<void> {
    await this.display(name).locator('summary').click();
    await this.display(name).getByRole('button', { name: button }).click();
  }

  private display(name: string): Locator {
    return this.page.locator('.displays > li').filter({ hasText: name });
  }
}
