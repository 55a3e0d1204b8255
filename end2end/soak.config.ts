// The soak of the wall: `make soak`. SOAK_DAYS (28) and SOAK_ACTS (150 a day) make it longer or shorter.
import { defineConfig } from '@playwright/test';
import { browser } from './fixtures/browser';

export default defineConfig({
  testDir: 'soak',
  testMatch: 'wall.ts',
  outputDir: 'results',
  workers: 1,
  timeout: 0,
  expect: { timeout: 30_000 },
  reporter: './reporter.ts',
  use: browser,
  projects: [{ name: 'soak' }],
});
