// `/pelaksanaan/{id}/tautan`: the agencies' links.
import { expect, type Page } from '@playwright/test';

export class LinksPage {
  constructor(private readonly page: Page) {}

  async open(run: number): Promise<void> {
    await this.page.goto(`/pelaksanaan/${run}/tautan`);
  }

  /** Makes a link for an agency, and reads it while it can be seen. */
  async make(agency: string): Promise<string> {
    const row = this.page.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: agency, exact: true }) });
    await row.getByRole('button', { name: /^(Buat|Ganti)$/ }).click();
    const slip = this.page.locator('.slips code');
    await expect(slip).toHaveCount(1);
    return (await slip.textContent()) ?? '';
  }
}
