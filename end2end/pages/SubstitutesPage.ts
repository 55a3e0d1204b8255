// `/kelola/pengganti`: who stands in for whom.
import { expect, type Page } from '@playwright/test';

export type Named = { account: string; lane: string; kind: 'plh' | 'plt'; from?: string; to: string };

export class SubstitutesPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/kelola/pengganti');
  }

  async name({ account, lane, kind, from, to }: Named): Promise<void> {
    const box = this.page.locator('details.menu').filter({ hasText: 'Tunjuk pengganti…' });
    if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
    await box.getByLabel('Siapa').selectOption(account);
    await box.getByLabel('Menggantikan lajur').selectOption({ label: lane });
    await box.getByLabel('Sebagai').selectOption(kind);
    if (from) await box.getByLabel('Mulai').fill(from);
    await box.getByLabel('Sampai dengan').fill(to);
    await box.getByRole('button', { name: 'Tunjuk pengganti' }).click();
  }

  async end(title: string): Promise<void> {
    const line = this.line(title);
    await line.locator('summary').click();
    await line.getByRole('button', { name: 'Akhiri sekarang' }).click();
  }

  async expectLine(title: string, words: RegExp): Promise<void> {
    await expect(this.line(title)).toContainText(words);
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  private line(title: string) {
    return this.page.locator('ul.substitutes > li').filter({ hasText: title }).first();
  }
}
