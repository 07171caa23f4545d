import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createServer } from 'vite';
import { chromiumPath, CHROMIUM_FLAGS } from '../tools/browser.mjs';

interface Report {
  readonly problem: unknown;
  readonly restarts: readonly string[];
  readonly turns: number;
  readonly outputs: unknown;
}

// Playwright loses its head when a frame's process dies, so a bare Chromium opens a page that reports here.
it('a memory bomb ends the frame and not the page, which says why and goes on', { timeout: 300_000 }, async () => {
  const root = resolve(import.meta.dirname, '../..');
  let heard!: (report: Report) => void;
  const report = new Promise<Report>((resolve) => (heard = resolve));
  const server = await createServer({
    configFile: join(root, 'vite.config.ts'),
    root,
    logLevel: 'error',
    server: { port: 0, hmr: false },
    cacheDir: join(tmpdir(), 'levain-memory-test'),
    plugins: [
      {
        name: 'memory-test',
        configureServer: ({ middlewares }) => {
          middlewares.use('/report', (request, response) => {
            let text = '';
            request.on('data', (part: Buffer) => (text += part.toString()));
            request.on('end', () => (response.end(), heard(JSON.parse(text) as Report)));
          });
          middlewares.use('/page', (_, response) => {
            response.setHeader('content-type', 'text/html');
            response.end('<!doctype html><body><script type="module" src="/test/kernel/memory-page.ts"></script>');
          });
        },
      },
    ],
  });
  await server.listen();
  const profile = mkdtempSync(join(tmpdir(), 'levain-'));
  // A heap of less than the browser's usual four gigabytes is full sooner; it ends the frame in the same way.
  const flags = [
    ...CHROMIUM_FLAGS,
    '--js-flags=--max-old-space-size=600',
    '--headless',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(chromiumPath()!, [...flags, `${server.resolvedUrls!.local[0]}page`], { stdio: 'ignore' });
  try {
    const { problem, restarts, turns, outputs } = await report;
    expect(problem).toMatchObject({
      code: 'kernel-memory',
      message: 'The cell used more memory than the browser allows; it was stopped.',
    });
    expect(restarts).toEqual(['kernel-memory']);
    expect(turns).toBeGreaterThan(10);
    expect(outputs).toEqual([{ type: 'text', text: 'alive' }]);
  } finally {
    const gone = new Promise((resolve) => browser.once('exit', resolve));
    browser.kill();
    await gone;
    await server.close();
    // The browser's other processes end after it, and write until then.
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
