import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { packArchive } from '../../src/share/archive';
import { makeLink } from '../../src/share/link';
import { lock } from '../../src/share/lock';
import { newAuthorKey, sign } from '../../src/share/sign';
import { notebookText, sql, ts } from '../tools/notebook-page';
import { onePage } from '../tools/one-page';
import { servePage, type Served } from '../tools/serve';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
test.skip(!FIREFOX, 'no Firefox on this machine');

/** As the page writes it once its file has been read: reading it again changes nothing of what was signed. */
const FILES = 'files:\n  data.csv: {columns: {a: BIGINT}}\n';
const NOTEBOOK = notebookText('Shared', [sql('total', 'SELECT sum(a) AS a FROM data')], FILES);

let site: Served;
let folder: string;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  site = await servePage();
  folder = mkdtempSync(join(tmpdir(), 'levain-firefox-'));
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX!, headless: true });
});
test.afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});
test.beforeEach(async () => {
  page = await browser.newPage();
});
test.afterEach(() => page.close());

/** Writes a file and gives it to the page through its file field. */
async function give(name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, content);
  await page.goto(site.url);
  await page.waitForSelector('h1');
  const inputs = await page.$$('input[type=file]');
  await (inputs.at(-1) as ElementHandle<HTMLInputElement>).uploadFile(path);
}

const shown = (id: string): Promise<string> => page.$eval(`#${id} .output`, (output) => output.textContent);

async function runNotebook(until: string): Promise<void> {
  await (await page.waitForSelector('aria/Run notebook', { timeout: 120_000 }))!.click();
  await page.waitForSelector(until, { timeout: 120_000 });
}

test('Firefox opens a notebook file, runs its SQL and TypeScript, and shows the results', async () => {
  await give(
    'smoke.nb.md',
    notebookText('Smoke', [
      sql('numbers', 'SELECT range AS n FROM range(1, 7)'),
      ts('product', 'const product = numbers.reduce((all, row) => all * row.n, 1);\nproduct'),
      sql('read', 'SELECT ${product} + 1 AS more'),
      ts('chart', "Plot.dot(numbers, { x: 'n', y: 'n' }).plot()"),
    ]),
  );
  await runNotebook('#chart.ok svg circle');
  await page.waitForSelector('#read.ok [role=gridcell]');
  expect(await shown('numbers')).toContain('6 rows');
  expect(await shown('product')).toContain('720');
  expect(await shown('read')).toContain('721');
  expect((await page.$$('#chart svg circle')).length).toBe(6);
});

test('Firefox opens an encrypted archive with its data, a signed notebook, and a link', async () => {
  const content = 'a\n20\n22\n';
  const data = [new File([content], 'data.csv')];
  const hashes = { 'data.csv': createHash('sha256').update(content).digest('hex') };
  const text = await sign(NOTEBOOK, 'Ada', await newAuthorKey(), '2026-03-01', hashes);
  const locked = await lock(await packArchive('Shared', { text, data, results: [] }), 'velvet tractor');
  await give('shared.levain', Buffer.from(await locked.arrayBuffer()));
  await (await page.waitForSelector('dialog input'))!.type('velvet tractor');
  await page.keyboard.press('Enter');
  const unchanged = 'Signed by Ada on 2026-03-01, text and data unchanged.';
  await page.waitForFunction(
    (words) => document.querySelector('.signature')?.textContent?.includes(words),
    {},
    unchanged,
  );
  await runNotebook('#total.ok [role=gridcell]');
  expect(await shown('total')).toContain('42');
  expect(await page.$eval('.signature', (line) => line.textContent)).toContain(unchanged);

  await page.goto('about:blank');
  await page.goto(site.url + (await makeLink(NOTEBOOK, data))!.fragment);
  await runNotebook('#total.ok [role=gridcell]');
  expect(await shown('total')).toContain('42');
});

test('Firefox opens a page that holds app, notebook and data from the disk, runs it, and keeps it', async () => {
  const cells = [sql('total', 'SELECT sum(a) AS a FROM data'), ts('chart', 'Plot.barX(total, {x: "a"}).plot()')];
  const path = join(folder, 'page.html');
  writeFileSync(path, await onePage(notebookText('A page', cells), [new File(['a\n20\n22\n'], 'data.csv')]));
  await page.goto(pathToFileURL(path).href);
  await runNotebook('#chart.ok svg rect');
  await page.waitForSelector('#total.ok [role=gridcell]');
  expect(await shown('total')).toContain('42');
  await page.goto('about:blank');
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector('aria/Open it as it came', { timeout: 120_000 });
});

test('Firefox works where it keeps nothing, or only for now, and says which', async () => {
  test.slow();
  const seen = async (preferences: Record<string, unknown>): Promise<{ saved: string; told: string }> => {
    const other = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX!,
      headless: true,
      extraPrefsFirefox: preferences,
    });
    try {
      const tab = await other.newPage();
      await tab.goto(`${site.url}#longgone`);
      const text = (selector: string): Promise<string> =>
        tab.$$eval(selector, (found) => found.map((element) => element.textContent).join(' '));
      const start = (await tab.waitForSelector('aria/Start empty'))!;
      await tab.waitForFunction(
        (told) => !told || document.querySelector('.toast') !== null,
        {},
        'browser.privatebrowsing.autostart' in preferences,
      );
      const first = await text('.toast');
      await start.click();
      await tab.waitForSelector('.cell');
      await tab.waitForFunction(() => /aved (?:in|until)/.test(document.querySelector('.saved')?.textContent ?? ''));
      return { saved: await text('.saved'), told: `${first} ${await text('[role=alert]')}` };
    } finally {
      await other.close();
    }
  };
  const blocked = await seen({ 'network.cookie.cookieBehavior': 2 });
  expect(blocked.saved).toBe('Not saved in this browser');
  expect(blocked.told).toContain('This browser does not let the page keep anything');
  const isPrivate = await seen({ 'browser.privatebrowsing.autostart': true });
  expect(isPrivate.saved).toBe('Saved until this private window closes');
  expect(isPrivate.told).toContain('The notebook of this address is not in this browser');
});
