import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type ElementHandle } from 'puppeteer-core';
import { packArchive } from '../../src/share/archive';
import { makeLink } from '../../src/share/link';
import { lock } from '../../src/share/lock';
import { newAuthorKey, sign } from '../../src/share/sign';
import { notebookText, sql, ts } from '../tools/notebook-page';
import { onePage } from '../tools/one-page';
import { servePage } from '../tools/serve';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
/** As the page writes it once its file has been read: reading it again changes nothing of what was signed. */
const FILES = 'files:\n  data.csv: {columns: {a: BIGINT}}\n';
const NOTEBOOK = notebookText('Shared', [sql('total', 'SELECT sum(a) AS a FROM data')], FILES);

test('Firefox opens an encrypted archive with its data, a signed notebook, and a link', async () => {
  test.skip(!FIREFOX, 'no Firefox on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'levain-firefox-'));
  const data = [new File(['a\n20\n22\n'], 'data.csv')];
  const text = await sign(NOTEBOOK, 'Ada', await newAuthorKey(), '2026-03-01');
  const locked = await lock(await packArchive('Shared', { text, data, results: [] }), 'velvet tractor');
  writeFileSync(join(folder, 'shared.levain'), Buffer.from(await locked.arrayBuffer()));
  const site = await servePage();
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX!, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.waitForSelector('h1');
    const inputs = await page.$$('input[type=file]');
    await (inputs.at(-1) as ElementHandle<HTMLInputElement>).uploadFile(join(folder, 'shared.levain'));
    await (await page.waitForSelector('dialog input'))!.type('velvet tractor');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.signature');
    const signature = () => page.$eval('.signature', (line) => line.textContent);
    expect(await signature()).toContain('Signed by Ada on 2026-03-01, unchanged.');
    await (await page.waitForSelector('aria/Run notebook'))!.click();
    await page.waitForSelector('#total.ok [role=gridcell]', { timeout: 60_000 });
    expect(await page.$eval('#total .output', (output) => output.textContent)).toContain('42');
    expect(await signature()).toContain('Signed by Ada on 2026-03-01, unchanged.');

    await page.goto('about:blank');
    await page.goto(site.url + (await makeLink(NOTEBOOK, data))!.fragment);
    await (await page.waitForSelector('aria/Run notebook'))!.click();
    await page.waitForSelector('#total.ok [role=gridcell]', { timeout: 60_000 });
    expect(await page.$eval('#total .output', (output) => output.textContent)).toContain('42');
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('Firefox opens a page that holds app, notebook and data from the disk, runs it, and keeps it', async () => {
  test.skip(!FIREFOX, 'no Firefox on this machine');
  const folder = mkdtempSync(join(tmpdir(), 'levain-firefox-'));
  const path = join(folder, 'page.html');
  const cells = [sql('total', 'SELECT sum(a) AS a FROM data'), ts('chart', 'Plot.barX(total, {x: "a"}).plot()')];
  writeFileSync(path, await onePage(notebookText('A page', cells), [new File(['a\n20\n22\n'], 'data.csv')]));
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX!, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(path).href);
    await (await page.waitForSelector('aria/Run notebook', { timeout: 60_000 }))!.click();
    await page.waitForSelector('#total.ok [role=gridcell]', { timeout: 60_000 });
    expect(await page.$eval('#total .output', (output) => output.textContent)).toContain('42');
    await page.waitForSelector('#chart.ok svg rect', { timeout: 60_000 });
    await page.goto('about:blank');
    await page.goto(pathToFileURL(path).href);
    await page.waitForSelector('aria/Open it as it came', { timeout: 60_000 });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
