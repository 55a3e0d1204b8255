// The wall, and the page on which a display is paired.
import { expect, type Locator, type Page } from '@playwright/test';

export class WallPage {
  private readonly wall: Locator;
  private readonly board: Locator;

  constructor(private readonly page: Page) {
    this.wall = page.locator('.wall');
    this.board = page.locator('.board');
  }

  async open(): Promise<void> {
    await this.page.goto('/papan');
    await this.expectLive();
  }

  /** Opens the page for pairing and reads the code from the screen. */
  async openPairing(): Promise<string> {
    await this.page.goto('/papan/pasang');
    const code = this.page.getByRole('heading', { level: 1 });
    await expect(code).toHaveText(/^[A-Z]{4}-[A-Z]{4}$/);
    return code.innerText();
  }

  async expectLive(timeout?: number): Promise<void> {
    await expect(this.board).toHaveAttribute('data-live', 'on', { timeout });
  }

  async expectSentence(text: RegExp, timeout?: number): Promise<void> {
    await expect(this.page.locator('.turn-now h1')).toHaveText(text, { timeout });
  }

  async expectCell(activity: number, lane: string, state: string, timeout?: number): Promise<void> {
    const cell = this.page.locator(`td[data-activity="${activity}"][data-lane="${lane}"]`);
    await expect(cell).toHaveAttribute('data-state', state, { timeout });
  }

  async expectTile(name: string, word: RegExp, timeout?: number): Promise<void> {
    const tile = this.page.locator('.tiles li').filter({ has: this.page.getByText(name, { exact: true }) });
    await expect(tile).toHaveText(word, { timeout });
  }

  async expectAge(age: 'fresh' | 'old' | 'stale', timeout?: number): Promise<void> {
    await expect(this.wall).toHaveAttribute('data-age', age, { timeout });
  }

  async expectChip(text: RegExp, timeout?: number): Promise<void> {
    await expect(this.page.locator('footer .chip')).toHaveText(text, { timeout });
  }

  async expectVeil(text: RegExp): Promise<void> {
    await expect(this.page.locator('.veil')).toHaveText(text);
    await expect(this.page.locator('.veil')).toBeVisible();
  }

  /** The build that the page was made for. */
  build(): Promise<string | null> {
    return this.page.locator('link[rel=stylesheet]').getAttribute('href');
  }

  /** Marks the page, so that it can be told from one that was loaded anew. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => document.documentElement.setAttribute('data-old', ''));
  }

  async expectMarked(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-old', '');
  }

  /** Waits until the marked page has been replaced. */
  async expectReloaded(timeout?: number): Promise<void> {
    await expect(this.page.locator('html')).not.toHaveAttribute('data-old', '', { timeout });
  }

  async expectWaiting(timeout?: number): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Menunggu server' })).toBeVisible({ timeout });
  }

  async expectRevoked(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Papan ini dicabut' })).toBeVisible();
    await expect(this.page.locator('.tiles li, .sheet')).toHaveCount(0);
  }

  /** No text is smaller than 20 px where the screen is 1080 lines high, and nothing is cut off or scrolls. */
  async expectReadable(): Promise<void> {
    const faults = await this.page.evaluate(() => {
      const least = (20 * innerHeight) / 1080 - 0.1;
      const found: string[] = [];
      const walker = document.createTreeWalker(document.querySelector('.wall')!, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        const box = element.getBoundingClientRect();
        const text = node.textContent?.trim();
        if (!text || box.width < 2 || element.closest('caption, script, noscript')) continue;
        const style = getComputedStyle(element);
        const size = parseFloat(style.fontSize);
        if (style.visibility === 'hidden' || size === 0) continue;
        if (size < least) found.push(`${text}: ${size}px`);
        if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(`${text}: outside`);
      }
      const { scrollHeight, scrollWidth } = document.documentElement;
      if (scrollHeight > innerHeight || scrollWidth > innerWidth) found.push(`scrolls: ${scrollWidth}x${scrollHeight}`);
      return found;
    });
    expect(faults).toEqual([]);
  }
}
