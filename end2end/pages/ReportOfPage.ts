// `/pelaksanaan/{id}/lkj/{pd}`: one agency's report, and the office's work on it.
import { expect, type Page } from '@playwright/test';

export class ReportOfPage {
  constructor(private readonly page: Page) {}

  async open(pd: string, run = 1): Promise<void> {
    await this.page.goto(`/pelaksanaan/${run}/lkj/${pd}`);
  }

  async judge(missing: string[], note: string): Promise<void> {
    const form = this.page.locator('#penilaian');
    for (const part of missing) await form.getByLabel(part).check();
    await form.getByLabel('Catatan').fill(note);
    await form.getByRole('button', { name: 'Simpan penilaian' }).click();
  }

  async review(answers: Record<string, 'Ya' | 'Tidak'>): Promise<void> {
    const form = this.page.locator('#reviu');
    for (const [key, answer] of Object.entries(answers)) {
      const item = form.locator('fieldset', { has: this.page.getByText(key, { exact: true }) });
      await item.getByLabel(answer).check();
    }
    await form.getByRole('button', { name: 'Simpan daftar reviu' }).click();
  }

  async giveBack(findings: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(findings)) await this.page.getByLabel(label, { exact: true }).fill(text);
    await this.page.getByRole('button', { name: 'Kembalikan untuk diperbaiki' }).click();
  }

  async accept(): Promise<void> {
    await this.page.getByRole('button', { name: 'Terima', exact: true }).click();
  }

  async expectSaid(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: words })).toBeVisible();
  }

  async expectRefused(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  }

  async expectText(words: string | RegExp): Promise<void> {
    await expect(this.page.locator('main')).toContainText(words);
  }
}
