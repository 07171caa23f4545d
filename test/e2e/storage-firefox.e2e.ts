import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Harness } from './storage-harness';
import { serveHarness } from './storage-site';

declare const harness: Harness;

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
const SIZE = 5_000_000;

/** Run by the page at its first visit: makes a notebook, keeps a file, and types until the browser is killed. */
async function firstVisit(size: number): Promise<unknown> {
  const denied = await harness.store.start();
  const { row, status } = await harness.store.create('firefox 0  0');
  const file = new File([new Uint8Array(size).fill(7)], 'ads.csv');
  const sha256 = await harness.sha256OfFile(file);
  await harness.files.keep(row.id, file, { sha256 });
  harness.typeForEver(row.id, 'firefox', 20_000, true);
  return { id: row.id, denied, status, sha256 };
}

/** Run by the page when the browser is back. */
async function secondVisit(): Promise<unknown> {
  const [row] = await harness.store.list();
  const opened = await harness.store.open(row!.id);
  const file = await harness.files.fileFor(row!.id, 'ads.csv');
  return {
    id: row!.id,
    status: opened.status,
    typedAt: harness.typedAt(opened.text, 20_000),
    file: file && { name: file.name, size: file.size, sha256: await harness.sha256OfFile(file) },
  };
}

const visits = `
  const [firstVisit, secondVisit] = [${firstVisit}, ${secondVisit}];
  addEventListener('load', async () => {
    const seen = await (location.search === '?first' ? firstVisit(${SIZE}) : secondVisit()).catch((error) => ({ error: String(error) }));
    await fetch('/report', { method: 'POST', body: JSON.stringify(seen) });
  });`;

test('Firefox keeps notebooks and files over a kill of the browser', async () => {
  test.skip(!FIREFOX, 'no Firefox on this machine');
  const reports: Record<string, unknown>[] = [];
  const site = await serveHarness((text) => reports.push(JSON.parse(text)), visits);
  const profile = mkdtempSync(join(tmpdir(), 'levain-firefox-'));
  const start = (query: string): ChildProcess =>
    spawn(FIREFOX!, ['--headless', '--no-remote', '--profile', profile, `${site.url}/${query}`], {
      stdio: 'ignore',
      detached: true,
    });
  const kill = (browser: ChildProcess): boolean => process.kill(-browser.pid!, 'SIGKILL');

  let browser = start('?first');
  try {
    await expect.poll(() => reports.length, { timeout: 40_000 }).toBe(1);
    const sha256 = createHash('sha256').update(Buffer.alloc(SIZE, 7)).digest('hex');
    expect(reports[0]).toMatchObject({ status: { hold: 'writing', save: 'saved' }, sha256 });
    expect(reports[0]).not.toHaveProperty('denied');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const killedAt = Date.now();
    kill(browser);
    await new Promise((resolve) => browser.once('exit', resolve));

    browser = start('?second');
    await expect.poll(() => reports.length, { timeout: 40_000 }).toBe(2);
    expect(reports[1]).toMatchObject({
      id: reports[0]!.id,
      status: { hold: 'writing', save: 'saved' },
      file: { name: 'ads.csv', size: SIZE, sha256 },
    });
    const lost = killedAt - (reports[1]!.typedAt as number);
    console.log(`lost when Firefox was killed: ${lost} ms`);
    expect(lost).toBeLessThan(1000);
  } finally {
    kill(browser);
    site.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
