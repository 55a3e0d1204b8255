// What pages have in common that follow the office live.
import { expect, type Page } from '@playwright/test';

export class LivePage {
  constructor(
    protected readonly page: Page,
    protected readonly scripted: boolean,
  ) {}

  /** Waits until the page can be used: with JavaScript, until it is live. */
  async ready(): Promise<void> {
    await expect(this.root).toBeVisible();
    if (this.scripted) await this.expectLive();
  }

  async expectLive(timeout?: number): Promise<void> {
    await expect(this.root).toHaveAttribute('data-live', 'on', { timeout });
  }

  async expectCut(): Promise<void> {
    await expect(this.root).toHaveAttribute('data-live', 'off');
  }

  /** The last event that the page has folded. */
  async seq(): Promise<number> {
    return Number(await this.root.getAttribute('data-seq'));
  }

  async expectSeq(seq: number, timeout?: number): Promise<void> {
    await expect(this.root).toHaveAttribute('data-seq', String(seq), { timeout });
  }

  /** Without JavaScript, what others did is seen by loading the page again. */
  async refresh(): Promise<void> {
    if (!this.scripted) await this.page.reload();
  }

  protected get root() {
    return this.page.locator('main [data-seq]');
  }
}
