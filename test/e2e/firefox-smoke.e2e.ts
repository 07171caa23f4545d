import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type ElementHandle } from 'puppeteer-core';
import { notebookText, sql, ts } from '../tools/notebook-page';
import { servePage } from '../tools/serve';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

test('Firefox opens a notebook file, runs its SQL and TypeScript, and shows the results', async () => {
  test.skip(!FIREFOX, 'no Firefox on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'levain-firefox-'));
  const path = join(folder, 'smoke.nb.md');
  writeFileSync(
    path,
    notebookText('Smoke', [
      sql('numbers', 'SELECT range AS n FROM range(1, 7)'),
      ts('product', 'const product = numbers.reduce((all, row) => all * row.n, 1);\nproduct'),
      sql('read', 'SELECT ${product} + 1 AS more'),
      ts('chart', "Plot.dot(numbers, { x: 'n', y: 'n' }).plot()"),
    ]),
  );
  const site = await servePage();
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX!, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.waitForSelector('h1');
    const inputs = await page.$$('input[type=file]');
    await (inputs.at(-1) as ElementHandle<HTMLInputElement>).uploadFile(path);
    await (await page.waitForSelector('aria/Run notebook'))!.click();
    await page.waitForSelector('#chart.ok svg circle', { timeout: 60_000 });
    await page.waitForSelector('#read.ok [role=gridcell]');
    const shown = (id: string) => page.$eval(`#${id} .output`, (output) => output.textContent);
    expect(await shown('numbers')).toContain('6 rows');
    expect(await shown('product')).toContain('720');
    expect(await shown('read')).toContain('721');
    expect((await page.$$('#chart svg circle')).length).toBe(6);
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
