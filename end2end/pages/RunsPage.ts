// `/pelaksanaan`
import { expect } from '@playwright/test';
import { LivePage } from './LivePage';

export class RunsPage extends LivePage {
  async open(): Promise<void> {
    await this.page.goto('/pelaksanaan');
    await this.ready();
  }

  /** Opens a run for a data year, and answers with its number. */
  async start(dataYear: number): Promise<number> {
    await this.page.getByText('Buka pelaksanaan baru…').click();
    await this.page.getByLabel('Data tahun').selectOption(String(dataYear));
    await this.page.getByRole('button', { name: 'Buka pelaksanaan' }).click();
    await expect(this.page).toHaveURL(/\/pelaksanaan\/\d+/);
    return Number(/\d+/.exec(new URL(this.page.url()).pathname)?.[0]);
  }

  async expectRun(title: string, words: RegExp): Promise<void> {
    await expect(this.page.getByRole('main').getByRole('link', { name: title })).toContainText(words);
  }
}
