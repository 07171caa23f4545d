import { defineConfig } from '@playwright/test';
import { chromiumPath, CHROMIUM_FLAGS } from '../tools/browser.mjs';

export default defineConfig({
  testDir: '..',
  testMatch: ['e2e/**/*.e2e.ts', 'security/**/*.e2e.ts'],
  snapshotPathTemplate: '{testDir}/e2e/looks/{arg}{ext}',
  fullyParallel: false,
  workers: 1,
  // Once more where a busy machine let something slip; what passes only then is reported as flaky.
  retries: 1,
  // Limits for a machine that is busy with other work: what passes is not slower for them.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: process.env.REPORT_FILE ?? '../../test-results/e2e.json' }]],
  projects: [
    {
      name: 'page',
      outputDir: '../../test-results/page',
      testIgnore: 'security/robustness.e2e.ts',
      // What moves would be drawn sixty times a second, without a graphics card.
      use: { contextOptions: { reducedMotion: 'reduce' } },
    },
    { name: 'robustness', outputDir: '../../test-results/robustness', testMatch: 'security/robustness.e2e.ts' },
  ],
  use: {
    // Each visit would keep 48 MB for later; the tests that go without a network let it.
    serviceWorkers: 'block',
    actionTimeout: 60_000,
    launchOptions: { executablePath: chromiumPath(), args: CHROMIUM_FLAGS },
    viewport: { width: 1280, height: 860 },
  },
});
