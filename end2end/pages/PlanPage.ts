// `/pelaksanaan/{id}/rencana`: the plan of a run.
import { expect, type Page } from '@playwright/test';

export class PlanPage {
  constructor(private readonly page: Page) {}

  async open(run = 1): Promise<void> {
    await this.page.goto(`/pelaksanaan/${run}/rencana`);
  }

  /** Comes from the sheet, as people do. */
  async follow(): Promise<void> {
    await this.page.getByRole('link', { name: 'Rencana', exact: true }).click();
    await expect(this.table).toBeVisible();
  }

  async expectAnswer(question: string | RegExp, answer: string | RegExp): Promise<void> {
    const fact = this.page.locator('.answers > div').filter({ has: this.page.getByText(question) });
    await expect(fact).toContainText(answer);
  }

  async expectRow(activity: string, ...words: (string | RegExp)[]): Promise<void> {
    const row = this.table.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: activity }) });
    for (const text of words) await expect(row).toContainText(text);
  }

  async expectText(...texts: (string | RegExp)[]): Promise<void> {
    for (const text of texts) await expect(this.page.getByRole('main')).toContainText(text);
  }

  private get table() {
    return this.page.getByRole('table', { name: /^Rencana tiap baris/ });
  }
}
