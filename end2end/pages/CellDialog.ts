// The dialog of one cell of a sheet.
import { expect, type Page } from '@playwright/test';

/** What to type, by the label of the field. */
export type Typed = Record<string, string>;

/** What row 6 asks while reports are missing. */
export const GATE: Typed = { 'Alasan menyelesaikannya sekarang': 'Sisanya menyusul.' };

export class CellDialog {
  constructor(private readonly page: Page) {}

  async fill(typed: Typed): Promise<void> {
    for (const [label, value] of Object.entries(typed)) await this.box.getByLabel(label).fill(value);
  }

  /** Takes the tick from some agencies. */
  async untick(...agencies: string[]): Promise<void> {
    for (const agency of agencies) await this.agency(agency).uncheck();
  }

  /** Sends a file with the field of this label. */
  async attach(label: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.box.getByLabel(label).setInputFiles(file);
    const byHand = this.box.getByRole('button', { name: 'Unggah berkas dahulu' });
    if (await byHand.isVisible()) await byHand.click();
    await expect(this.box.getByText(`${file.name} · SHA-256`)).toBeVisible();
  }

  async finish(): Promise<void> {
    await this.finishButton.click();
  }

  async giveBack(reason: string): Promise<void> {
    await this.box.getByText(/^Kembalikan ke/).click();
    await this.box.getByLabel('Alasan', { exact: true }).fill(reason);
    await this.box.getByRole('button', { name: 'Kembalikan', exact: true }).click();
  }

  async takeBack(): Promise<void> {
    await this.box.getByRole('button', { name: 'Tarik kembali' }).click();
  }

  async close(): Promise<void> {
    await this.box.getByRole('link', { name: 'Tutup' }).click();
    await this.expectClosed();
  }

  async closeIfOpen(): Promise<void> {
    if (await this.box.isVisible()) await this.close();
  }

  async expectOpen(words?: string | RegExp): Promise<void> {
    await expect(this.box).toBeVisible();
    if (words) await expect(this.box).toContainText(words);
  }

  async expectClosed(): Promise<void> {
    await expect(this.box).toBeHidden();
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.box.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  async expectNothingToDo(): Promise<void> {
    await expect(this.box).toBeVisible();
    await expect(this.box.getByRole('button')).toHaveCount(0);
  }

  agency(name: string) {
    return this.box.getByRole('checkbox', { name, exact: true });
  }

  field(label: string) {
    return this.box.getByLabel(label);
  }

  get finishButton() {
    return this.box.getByRole('button', { name: 'Selesaikan', exact: true });
  }

  private get box() {
    return this.page.getByRole('dialog');
  }
}
