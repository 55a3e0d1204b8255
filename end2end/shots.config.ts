// Pictures for people to look at. `npm run shots` takes every page into shots/;
// `npm run shots -- docs` and `npm run shots -- wall` take those that the documents show, into docs/images/.
import { defineConfig } from '@playwright/test';
import { browser } from './fixtures/browser';

export default defineConfig({
  testDir: 'pictures',
  testMatch: `${['docs', 'wall'].find((name) => process.argv.includes(name)) ?? 'pages'}.ts`,
  outputDir: 'results',
  workers: 2,
  timeout: 120_000,
  reporter: './reporter.ts',
  use: browser,
  projects: [{ name: 'shots' }],
});
