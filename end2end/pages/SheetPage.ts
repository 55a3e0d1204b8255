// `/pelaksanaan/{id}`: the live sheet of a run.
import { expect, type Page } from '@playwright/test';
import { CellDialog, type Typed } from './CellDialog';
import { LivePage } from './LivePage';

export type State = 'idle' | 'active' | 'done' | 'late' | 'returned';

export class SheetPage extends LivePage {
  readonly dialog: CellDialog;

  constructor(page: Page, scripted: boolean) {
    super(page, scripted);
    this.dialog = new CellDialog(page);
  }

  async open(run: number): Promise<void> {
    await this.page.goto(`/pelaksanaan/${run}`);
    await this.ready();
  }

  /** Opens the dialog of a cell. */
  async pick(row: number, lane: string): Promise<void> {
    // Without JavaScript the dialog stays open after an act, to say what came of it.
    if (!this.scripted) await this.dialog.closeIfOpen();
    await this.button(row, lane).click();
    await this.dialog.expectOpen();
  }

  /** Finishes a cell, and waits until the sheet shows it. */
  async finish(row: number, lane: string, typed: Typed = {}): Promise<void> {
    await this.pick(row, lane);
    await this.dialog.fill(typed);
    await this.dialog.finish();
    await this.expectState(row, lane, 'done');
  }

  /** Sends the work back along a Tidak exit, and waits until the sheet shows it. */
  async giveBack(row: number, lane: string, reason: string): Promise<void> {
    await this.pick(row, lane);
    await this.dialog.giveBack(reason);
    await this.expectState(row, lane, 'returned');
  }

  /** Takes one's own act back, and waits until the sheet shows it. */
  async takeBack(row: number, lane: string): Promise<void> {
    await this.pick(row, lane);
    await this.dialog.takeBack();
    await this.expectState(row, lane, 'active');
  }

  async pause(reason: string): Promise<void> {
    await this.steer('Jeda…', reason, 'Jeda pelaksanaan');
    await this.expectTurn(/Dijeda/);
  }

  async resume(): Promise<void> {
    await this.page.getByRole('button', { name: 'Lanjutkan' }).click();
    await expect(this.turn).not.toContainText('Dijeda');
  }

  async cancel(reason: string): Promise<void> {
    await this.steer('Batalkan…', reason, 'Batalkan pelaksanaan');
    await this.expectTurn(/Dibatalkan/);
  }

  async expectState(row: number, lane: string, state: State | RegExp, timeout?: number): Promise<void> {
    await expect(this.cell(row, lane)).toHaveAttribute('data-state', state, { timeout });
  }

  async expectTurn(words: string | RegExp, timeout?: number): Promise<void> {
    await expect(this.turn).toContainText(words, { timeout });
  }

  async expectHistory(words: string | RegExp): Promise<void> {
    await expect(this.history.getByRole('listitem').filter({ hasText: words }).first()).toBeVisible();
  }

  async expectNewest(words: string | RegExp): Promise<void> {
    await expect(this.history.getByRole('listitem').first()).toContainText(words);
  }

  async expectRow(row: number, words: string | RegExp): Promise<void> {
    await expect(this.table.locator('tbody tr').nth(row - 1)).toContainText(words);
  }

  /** The state of every place of the table, as `row.lane state`. */
  states(): Promise<string[]> {
    return this.table.locator('td[data-state]').evaluateAll((cells) =>
      cells.map(({ dataset: { activity, lane, state } }) => `${activity}.${lane} ${state}`),
    );
  }

  /** The sheet drawn as text. */
  async text(): Promise<string> {
    return (await this.page.locator('#teks').textContent()) ?? '';
  }

  /** The same text, as the server draws it now. */
  async serverText(): Promise<string> {
    const html = await (await this.page.request.get(new URL(this.page.url()).pathname)).text();
    const drawn = /<pre id="teks"[^>]*>([\s\S]*?)<\/pre>/.exec(html)?.[1] ?? '';
    const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#x27': "'", '#39': "'" };
    return drawn
      .replace(/<!--.*?-->|<!>/g, '')
      .replace(/&(lt|gt|amp|quot|#x27|#39);/g, (_, name: string) => entities[name] ?? '');
  }

  cell(row: number, lane: string) {
    return this.table.locator(`td[data-activity="${row}"][data-lane="${lane}"]`);
  }

  button(row: number, lane: string) {
    return this.cell(row, lane).getByRole('button');
  }

  get historyLines() {
    return this.history.getByRole('listitem');
  }

  private async steer(menu: string, reason: string, button: string): Promise<void> {
    const box = this.page.locator('details.menu').filter({ hasText: menu });
    await box.locator('summary').click();
    await box.getByLabel('Alasan').fill(reason);
    await box.getByRole('button', { name: button }).click();
  }

  private get table() {
    return this.page.getByRole('table', { name: /^Bagan alur/ });
  }

  private get turn() {
    return this.page.getByRole('region', { name: 'Giliran' });
  }

  private get history() {
    return this.page.getByRole('complementary', { name: 'Riwayat' });
  }
}
