// `/`
import { expect } from '@playwright/test';
import { LivePage } from './LivePage';

export class HomePage extends LivePage {
  async open(): Promise<void> {
    await this.page.goto('/');
    await this.ready();
  }

  /** Opens what waits for me. */
  async begin(task: string): Promise<void> {
    await this.tasks.getByRole('link', { name: task }).click();
  }

  async expectWaiting(task: string): Promise<void> {
    await expect(this.tasks.getByRole('link', { name: task })).toBeVisible();
  }

  async expectNothingWaiting(): Promise<void> {
    await expect(this.tasks.getByText('Tidak ada yang menunggu Anda')).toBeVisible();
  }

  async expectRunning(title: string): Promise<void> {
    const running = this.page.getByRole('region', { name: 'Sedang berjalan' });
    await expect(running.getByRole('link', { name: title })).toBeVisible();
  }

  private get tasks() {
    return this.page.getByRole('region', { name: 'Menunggu Anda' });
  }
}
