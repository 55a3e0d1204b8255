// `/pelaksanaan/{id}/pengingat`: who is reminded, and with which words.
import { expect, type Page } from '@playwright/test';

export class RemindersPage {
  constructor(
    private readonly page: Page,
    private readonly scripted: boolean,
  ) {}

  async open(run: number): Promise<void> {
    await this.page.goto(`/pelaksanaan/${run}/pengingat`);
    await expect(this.page.getByRole('heading', { name: 'Pengingat', exact: true })).toBeVisible();
  }

  /** The step that holds now. */
  async expectStep(step: string): Promise<void> {
    await expect(this.page.locator('[aria-current="step"]')).toContainText(step);
  }

  async expectMissing(count: RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { name: count })).toBeVisible();
  }

  /** The text for the group of all agencies. */
  async text(): Promise<string> {
    return this.page.getByLabel('Untuk grup seluruh PD').inputValue();
  }

  /** Copies it, or without JavaScript finds no button for that. */
  async copy(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Salin', exact: true }).first();
    if (!this.scripted) {
      await expect(button).toBeHidden();
      return;
    }
    await button.click();
    await expect(this.page.getByRole('button', { name: 'Tersalin' })).toBeVisible();
  }

  async turnAutomatic(on: boolean): Promise<void> {
    await this.page.getByRole('button', { name: on ? 'Nyalakan kirim otomatis' : 'Matikan kirim otomatis' }).click();
    await expect(this.page.getByText(on ? /Kirim otomatis menyala/ : /Kirim otomatis mati/)).toBeVisible();
  }

  async expectPost(sentence: RegExp): Promise<void> {
    await expect(this.page.getByText(sentence).first()).toBeVisible();
  }
}
