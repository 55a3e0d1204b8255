// `/sop/{nomor}/waktu`: where the time of a procedure's runs goes.
import { expect, type Page } from '@playwright/test';

export class TimingPage {
  constructor(private readonly page: Page) {}

  async open(number: string): Promise<void> {
    await this.page.goto(`/sop/${number}/waktu`);
    await expect(this.page.getByRole('table', { name: /^Bagan alur/ })).toBeVisible();
  }

  /** What stands in a cell of the sheet. */
  async expectHeat(row: number, lane: string, words: string | RegExp): Promise<void> {
    const cell = this.page.locator(`td[data-activity="${row}"][data-lane="${lane}"]`);
    await expect(cell.locator('[class*="heat-"]')).toContainText(words);
  }

  async expectText(...texts: (string | RegExp)[]): Promise<void> {
    for (const text of texts) await expect(this.page.getByRole('main')).toContainText(text);
  }

  /** Follows a link to a file, and answers what is in it. */
  async take(name: string): Promise<string> {
    const href = await this.page.getByRole('link', { name, exact: true }).getAttribute('href');
    const answer = await this.page.request.get(href ?? '');
    expect(answer.ok(), `${name}: ${answer.status()}`).toBe(true);
    expect(answer.headers()['content-disposition']).toContain('attachment');
    return answer.text();
  }
}
