// `/sop/{nomor}`: a procedure as the official sheet.
import { expect, type Page } from '@playwright/test';

export class SopPage {
  constructor(private readonly page: Page) {}

  async open(number: string): Promise<void> {
    await this.page.goto(`/sop/${number}`);
  }

  async expectRows(count: number): Promise<void> {
    await expect(this.page.getByRole('table', { name: /^Bagan alur/ }).locator('tbody tr')).toHaveCount(count);
  }

  async expectPrintedNumbers(...numbers: string[]): Promise<void> {
    await expect(this.page.locator('table.sheet tbody td.no')).toHaveText(numbers);
  }

  async expectText(...texts: (string | RegExp)[]): Promise<void> {
    for (const text of texts) await expect(this.page.getByRole('main')).toContainText(text);
  }

  async expectNothingToClick(): Promise<void> {
    await expect(this.page.locator('table.sheet').getByRole('button')).toHaveCount(0);
  }
}
