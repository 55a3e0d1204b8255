// The wall, and the page on which a display is paired.
import { expect, type Locator, type Page } from '@playwright/test';

export class WallPage {
  private readonly wall: Locator;
  private readonly board: Locator;

  constructor(private readonly page: Page) {
    this.wall = page.locator('.wall');
    this.board = page.locator('.board');
  }

  async open(path = '/papan'): Promise<void> {
    await this.page.goto(path);
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
    await expect(this.page.locator('.foot .chip')).toHaveText(text, { timeout });
  }

  async expectVeil(text: RegExp): Promise<void> {
    await expect(this.page.locator('.veil')).toHaveText(text);
    await expect(this.page.locator('.veil')).toBeVisible();
  }

  async expectTone(tone: string): Promise<void> {
    await expect(this.board).toHaveAttribute('data-tone', tone);
  }

  /** The last event that it has folded. */
  async expectSeq(seq: number): Promise<void> {
    await expect(this.board).toHaveAttribute('data-seq', String(seq));
  }

  /** What it shows, in words and states. */
  picture(): Promise<{ sentence: string[]; cells: string[]; tiles: string[] }> {
    return this.page.evaluate(() => {
      const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
      const all = (selector: string) => Array.from(document.querySelectorAll(selector));
      return {
        sentence: all('.turn-now h1, .turn-now > p, .big > div, .feed li').map(words),
        cells: all('.mini td[data-state]').map((cell) => (cell as HTMLElement).dataset.state ?? ''),
        tiles: all('.tiles li').map((tile) => `${(tile as HTMLElement).dataset.state}: ${words(tile)}`),
      };
    });
  }

  /** The page that waits is held. */
  async expectWorker(): Promise<void> {
    await expect.poll(() => this.page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration('/papan'))?.active)).toBe(true);
  }

  async resize(size: { width: number; height: number }): Promise<void> {
    await this.page.setViewportSize(size);
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

  /**
   * No text is smaller than 20 px where the screen is 1080 lines high, the sentence not smaller
   * than 48 px, nothing lies outside, over one another, or has to be scrolled to.
   */
  async expectReadable(): Promise<void> {
    const faults = await this.page.evaluate(() => {
      const found: string[] = [];
      const scale = innerHeight / 1080;
      const least = (element: Element) => (element.closest('.turn-now h1, .quiet-page h1, .pairing h1') ? 48 : 20) * scale - 0.1;
      const walker = document.createTreeWalker(document.querySelector('.wall')!, NodeFilter.SHOW_TEXT);
      const texts: { text: string; box: DOMRect; element: Element }[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        const text = node.textContent?.trim();
        if (!text || element.closest('caption, script, noscript')) continue;
        const style = getComputedStyle(element);
        const size = parseFloat(style.fontSize);
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (style.visibility === 'hidden' || size === 0 || box.width < 2) continue;
        if (size < least(element)) found.push(`${text}: ${size}px`);
        // What an ellipsis shortens is seen as far as its box goes.
        const clipped = element.closest('.tiles li, .feed li, .turn-now h1, .place, .eyebrow');
        if (!clipped && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1 || box.top < -1)) {
          found.push(`${text}: outside`);
        }
        texts.push({ text, box: clipped?.getBoundingClientRect() ?? box, element: clipped ?? element });
      }
      const parts = Array.from(document.querySelectorAll('.turn-now > *, .mini, .tiles, .foot, .feed > li'));
      for (const part of parts.filter((part) => part.getClientRects().length)) {
        const box = part.getBoundingClientRect();
        if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(`${part.className}: outside`);
      }
      const inside = (part: string, whole: string) => {
        const box = document.querySelector(whole)?.getBoundingClientRect();
        for (const element of Array.from(document.querySelectorAll(part))) {
          const { bottom, height } = element.getBoundingClientRect();
          if (box && height && bottom > box.bottom + 1) found.push(`${part} is cut off: ${element.textContent?.trim()}`);
        }
      };
      inside('.mini tr', '.mini');
      inside('.turn-now > :not(.feed)', '.turn-now');
      inside('.tiles li', '.tiles');
      const over = (one: DOMRect, other: DOMRect) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
      const big = ['.turn-now', '.mini', '.tiles', '.foot'].map((part) => document.querySelector(part)).filter((part) => part?.getClientRects().length);
      big.forEach((one, n) =>
        big.slice(n + 1).forEach((other) => {
          if (over(one!.getBoundingClientRect(), other!.getBoundingClientRect())) found.push(`${one!.className} over ${other!.className}`);
        }),
      );
      const heads = texts.filter(({ element }) => element.closest('.mini th'));
      heads.forEach((one, n) =>
        heads.slice(n + 1).forEach((other) => over(one.box, other.box) && found.push(`${one.text} over ${other.text}`)),
      );
      const { scrollHeight, scrollWidth } = document.documentElement;
      if (scrollHeight > innerHeight || scrollWidth > innerWidth) found.push(`scrolls: ${scrollWidth}x${scrollHeight}`);
      return found;
    });
    expect(faults).toEqual([]);
  }
}
