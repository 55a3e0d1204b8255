// `/pd/lkj/{tahun}/impor`: what a brought table would do, before it does it.
import { expect, type Page } from '@playwright/test';

export class ImportPage {
  constructor(private readonly page: Page) {}

  /** Chooses a file on the report's page, and looks at what it would do. */
  async bring(name: string, content: string): Promise<void> {
    await this.page.getByText('Tempel dari lembar kerja').click();
    const file = { name, mimeType: 'text/csv', buffer: Buffer.from(content) };
    await this.page.getByLabel(/^Berkas .xlsx atau .csv/).setInputFiles(file);
    await this.page.getByRole('button', { name: 'Lihat isinya dulu' }).click();
    await expect(this.page.getByRole('heading', { name: /^Impor tabel capaian/ })).toBeVisible();
  }

  /** Which column holds something. */
  choice(field: string) {
    return this.page.getByLabel(new RegExp(`^${field} diambil dari kolom`));
  }

  /** A cell that is asked about. */
  cell(name: string) {
    return this.page.locator(`[name="isi[${name}]"]`);
  }

  async expectTaken(...rows: RegExp[]): Promise<void> {
    const lines = this.page.locator('#baris-impor tbody tr');
    await expect(lines).toHaveCount(rows.length);
    for (const [at, row] of rows.entries()) await expect(lines.nth(at)).toContainText(row);
  }

  async expectLeft(words: string | RegExp): Promise<void> {
    await expect(this.page.locator('#baris-tersisih')).toContainText(words);
  }

  async lookAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Tampilkan lagi' }).click();
  }

  async replace(): Promise<void> {
    // An empty table is not asked about.
    const replace = this.page.getByLabel(/^Ganti isi tabel/);
    if (await replace.count()) await replace.check();
  }

  async confirm(): Promise<void> {
    await this.page.getByLabel('Sudah saya periksa').check();
  }

  async take(): Promise<void> {
    await this.page.getByRole('button', { name: /^Impor \d+ baris/ }).click();
  }
}
