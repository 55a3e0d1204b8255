// `/kelola/kalender` and `/kelola/kalender/{tahun}`: days off and working hours.
import { expect, type Page } from '@playwright/test';

export type Day = { date: string; kind: 'libur nasional' | 'cuti bersama' | 'kantor tutup'; name: string; decree?: string };

export class CalendarPage {
  constructor(private readonly page: Page) {}

  async open(year?: number): Promise<void> {
    await this.page.goto(year ? `/kelola/kalender/${year}` : '/kelola/kalender');
  }

  /** Fills in a day off and asks what it would change. */
  async propose({ date, kind, name, decree = '' }: Day): Promise<void> {
    const box = this.menu('Tambah hari libur…');
    if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
    await box.getByLabel('Tanggal').fill(date);
    await box.getByLabel('Jenis').selectOption({ label: kind });
    await box.getByLabel('Nama atau sebab').fill(name);
    await box.getByLabel('Dasar keputusan').fill(decree);
    await box.getByRole('button', { name: 'Periksa perubahan' }).click();
  }

  /** Pastes the days of a year and asks what they would change. */
  async paste(csv: string): Promise<void> {
    const box = this.menu(/Impor CSV…|Tetapkan kalender/);
    if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
    await box.getByLabel('Atau tempel dan ubah di sini').fill(csv);
    await box.getByRole('button', { name: 'Periksa perubahan' }).click();
  }

  /** Does what the preview shows. */
  async apply(): Promise<void> {
    await this.preview.getByRole('button', { name: 'Terapkan' }).click();
    await expect(this.page.getByRole('status').filter({ hasText: 'Tersimpan.' })).toBeVisible();
  }

  async expectPreview(...words: (string | RegExp)[]): Promise<void> {
    for (const word of words) await expect(this.preview).toContainText(word);
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence }).first()).toBeVisible();
  }

  /** What stands in the form that was refused. */
  async expectTyped(label: string, value: string): Promise<void> {
    await expect(this.menu('Tambah hari libur…').getByLabel(label)).toHaveValue(value);
  }

  async expectDay(name: string, words: RegExp): Promise<void> {
    await expect(this.page.locator('ul.days-off > li').filter({ hasText: name }).first()).toContainText(words);
  }

  async expectText(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('main')).toContainText(words);
  }

  private menu(words: string | RegExp) {
    return this.page.locator('details.menu').filter({ has: this.page.locator('summary', { hasText: words }) });
  }

  private get preview() {
    return this.page.getByRole('region', { name: /^Periksa dahulu/ });
  }
}
