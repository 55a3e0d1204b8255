// What a page holds in memory: the heap of its scripts after a collection, its WebAssembly, its elements.
import { type CDPSession, expect, type Page } from '@playwright/test';

type Sample = { day: number; heap: number; wasm: number; nodes: number; listeners: number };

/** Heaps breathe: what is within this much of the first third's mean is flat. */
const BREATH = 1.15;

export const say = (text: string) => console.log(`        ${text}`);
const kib = (bytes: number) => Math.round(bytes / 1024);

export class Memory {
  private readonly samples: Sample[] = [];

  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async of(page: Page): Promise<Memory> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    return new Memory(page, devtools);
  }

  /** Measures now. */
  async note(day: number): Promise<void> {
    await this.devtools.send('HeapProfiler.collectGarbage');
    const { usedSize: heap } = await this.devtools.send('Runtime.getHeapUsage');
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    const wasm = await this.page.evaluate(async () => {
      // The program that runs already: a module is loaded once.
      const path = document.querySelector<HTMLLinkElement>('link[rel=modulepreload]')!.href;
      const program = (await import(path)) as { default: () => Promise<{ memory: WebAssembly.Memory }> };
      return (await program.default()).memory.buffer.byteLength;
    });
    this.samples.push({ day, heap, wasm, nodes: metric('Nodes'), listeners: metric('JSEventListeners') });
  }

  get last(): string {
    const { heap, wasm, nodes, listeners } = this.samples.at(-1)!;
    return `heap ${kib(heap)} KiB, WASM ${kib(wasm)} KiB, ${nodes} nodes, ${listeners} listeners`;
  }

  /** The first third of the samples against the last. */
  summary(): string {
    const [first, last] = this.thirds();
    const of = (name: keyof Sample, unit = 1) => `${Math.round(mean(first, name) / unit)} → ${Math.round(mean(last, name) / unit)}`;
    return `first third → last third: heap ${of('heap', 1024)} KiB, WASM ${of('wasm', 1024)} KiB, nodes ${of('nodes')}, listeners ${of('listeners')}`;
  }

  expectFlat(): void {
    const [first, last] = this.thirds();
    for (const name of ['heap', 'wasm', 'nodes', 'listeners'] as const) {
      expect(mean(last, name), `${name}: ${this.summary()}`).toBeLessThanOrEqual(BREATH * mean(first, name));
    }
  }

  private thirds(): [Sample[], Sample[]] {
    const size = Math.max(1, Math.floor(this.samples.length / 3));
    return [this.samples.slice(0, size), this.samples.slice(-size)];
  }
}

function mean(samples: Sample[], name: keyof Sample): number {
  return samples.reduce((sum, sample) => sum + sample[name], 0) / samples.length;
}
