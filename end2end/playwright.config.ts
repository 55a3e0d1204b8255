// Journeys with JavaScript on and off, in the browser that the machine has.
import { defineConfig } from '@playwright/test';
import { browser } from './fixtures/browser';

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'results',
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: './reporter.ts',
  use: {
    ...browser,
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'script', testIgnore: ['*.plain.spec.ts', '*wall-line.spec.ts'] },
    { name: 'plain', testMatch: ['*.both.spec.ts', '*.plain.spec.ts'], use: { javaScriptEnabled: false } },
    // Seconds are counted here, so nothing else runs beside it. By itself: `--project alone --no-deps`.
    { name: 'alone', testMatch: '*wall-line.spec.ts', workers: 1, dependencies: ['script', 'plain'] },
  ],
});
