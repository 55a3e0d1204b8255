// `/pelaksanaan/{id}/lkj`: every agency's report.
import { expect, type Page } from '@playwright/test';

export class MatrixPage {
  constructor(private readonly page: Page) {}

  async open(run = 1): Promise<void> {
    await this.page.goto(`/pelaksanaan/${run}/lkj`);
  }

  /** The code of the first agency in this state. */
  async first(state: string): Promise<string> {
    const code = await this.page.locator(`tr[data-report="${state}"]`).first().getAttribute('data-pd');
    expect(code, `an agency that is ${state}`).not.toBeNull();
    return code ?? '';
  }

  async expectState(pd: string, state: string): Promise<void> {
    await expect(this.page.locator(`tr[data-pd="${pd}"]`)).toHaveAttribute('data-report', state);
  }
}
