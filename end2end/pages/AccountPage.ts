// `/akun`: one's own account.
import { expect, type Page } from '@playwright/test';

export class AccountPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/akun');
  }

  async changePassword(from: string, to: string, again = to): Promise<void> {
    await this.page.getByLabel('Sandi lama').fill(from);
    await this.page.getByLabel('Sandi baru, paling sedikit').fill(to);
    await this.page.getByLabel('Ulangi sandi baru').fill(again);
    await this.page.getByRole('button', { name: 'Ganti sandi' }).click();
  }

  /** Makes the calendar's address, and reads it while it can be seen. */
  async makeCalendar(): Promise<string> {
    await this.page.getByRole('button', { name: /^(Buat alamat kalender|Ganti alamat)$/ }).click();
    return this.page.getByLabel('Alamat kalender Anda').inputValue();
  }

  async expectNoCalendarShown(): Promise<void> {
    await expect(this.page.getByText(/Alamat dibuat/)).toBeVisible();
    await expect(this.page.getByLabel('Alamat kalender Anda')).toHaveCount(0);
  }

  async revokeCalendar(): Promise<void> {
    await this.page.getByRole('button', { name: 'Cabut alamat' }).click();
    await expect(this.page.getByText('Alamat kalender dicabut')).toBeVisible();
  }

  async setMail(mail: string): Promise<void> {
    await this.page.getByLabel('Alamat surel (boleh kosong)').fill(mail);
    await this.page.getByRole('button', { name: 'Simpan alamat' }).click();
  }

  async expectMailSaved(): Promise<void> {
    await expect(this.page.getByText('Alamat surel tersimpan.')).toBeVisible();
  }

  async expectRefused(sentence: RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }

  async expectChanged(): Promise<void> {
    await expect(this.page.getByText('Sandi sudah diganti.')).toBeVisible();
  }
}
