// `/pd/lkj/{tahun}`: an agency's own report.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

export const LKJ = {
  name: 'LKj 2026.pdf',
  mimeType: 'application/pdf',
  buffer: readFileSync(join(__dirname, '../../server/services/practice/lkj-contoh.pdf')),
};

export class AgencyPage {
  constructor(
    private readonly page: Page,
    private readonly scripted: boolean,
  ) {}

  /** Looks at a link of the sheet that goes with the letter, which opens nothing yet. */
  async lookAt(link: string): Promise<void> {
    await this.page.goto(new URL(link).pathname);
    await expect(this.page.getByRole('heading', { name: 'Pengiriman LKj' })).toBeVisible();
  }

  /** Opens what is behind the link that is looked at. */
  async enter(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Buka halaman LKj|Lanjutkan)$/ }).click();
    await expect(this.page.getByRole('heading', { name: /^LKj tahun/ })).toBeVisible();
  }

  /** Follows a link to its end. */
  async follow(link: string): Promise<void> {
    await this.lookAt(link);
    await this.enter();
  }

  /** Waits until what is typed is watched. */
  async ready(): Promise<void> {
    await expect(this.page.locator('.saving[data-ready]').first()).toBeAttached();
  }

  /** Types one row of the table, and waits until it is kept. */
  async type(row: number, cells: { indikator: string; target: string; realisasi: string }): Promise<void> {
    if (this.scripted) await this.ready();
    for (const [field, text] of Object.entries(cells)) await this.cell(row, field).fill(text);
    if (!this.scripted) await this.page.getByRole('button', { name: 'Simpan tabel' }).click();
    else await this.expectKept(0);
  }

  /** Adds rows from a spreadsheet, the way that needs no script. */
  async addPasted(rows: string): Promise<void> {
    await this.page.getByText('Tempel dari lembar kerja').click();
    await this.page.getByLabel(/^Baris dari Excel/).fill(rows);
    await this.page.getByRole('button', { name: 'Tambahkan ke tabel' }).click();
  }

  /** Pastes rows into the table itself. */
  async paste(rows: string): Promise<void> {
    await this.cell(1, 'indikator').evaluate((cell, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, rows);
  }

  async tickAll(): Promise<void> {
    const boxes = this.page.locator('#f-kelengkapan').getByRole('checkbox');
    for (const box of await boxes.all()) await box.check();
    if (!this.scripted) await this.page.getByRole('button', { name: 'Simpan kelengkapan' }).click();
    else await this.expectKept(1);
  }

  async upload(file = LKJ): Promise<void> {
    await this.page.getByLabel(/^Berkas LKj/).setInputFiles(file);
    if (!this.scripted) await this.page.locator('#f-lkj').getByRole('button', { name: 'Unggah' }).click();
    await expect(this.page.getByRole('link', { name: file.name })).toBeVisible();
  }

  /** Chooses the report itself, and does not wait for it. */
  async choose(file: typeof LKJ): Promise<void> {
    await this.page.getByLabel(/^(Ganti b|B)erkas LKj/).setInputFiles(file);
  }

  async expectUploading(words: string | RegExp): Promise<void> {
    await expect(this.page.locator('.pieces').first()).toContainText(words);
  }

  /** The file is there, whole. */
  async expectFile(name: string, sha256: string): Promise<void> {
    const kept = this.page.locator('.kept').filter({ has: this.page.getByRole('link', { name }) });
    await expect(kept).toContainText(sha256, { timeout: 60_000 });
  }

  /** One of the four parts of the work says how far it is. */
  async expectStep(name: string, words: string): Promise<void> {
    await expect(this.page.locator('.steps a').filter({ hasText: name })).toContainText(words);
  }

  async send(reason = ''): Promise<void> {
    await this.page.getByLabel(/^Alasan, bila tetap dikirim/).fill(reason);
    await this.page.getByRole('button', { name: /^Kirim/ }).click();
  }

  async expectReceipt(number: RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Tanda terima LKj' })).toBeVisible();
    await expect(this.page.getByText(number)).toBeVisible();
  }

  async expectRow(row: number, words: string | RegExp): Promise<void> {
    await expect(this.page.locator(`#baris-${row}`)).toContainText(words);
  }

  async expectProblem(words: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  }

  /** The table (0) or the list of parts (1) is on the server. */
  async expectKept(part: 0 | 1): Promise<void> {
    await expect(this.saving(part)).toContainText('Tersimpan');
  }

  saving(part: 0 | 1) {
    return this.page.locator('.saving').nth(part);
  }

  cell(row: number, field: string) {
    return this.page.locator(`[name="baris[${row - 1}][${field}]"]`);
  }
}
