import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext, type Page } from '@playwright/test';
import { chromiumPath, CHROMIUM_FLAGS } from '../tools/browser.mjs';
import { md, notebookText, NotebookPage, test } from '../tools/notebook-page';

let context: BrowserContext;
let page: Page;
let notebook: NotebookPage;

/** Saves by download, as in a browser without a picker, and gives what was in the file. */
async function offeredDownload(within = page.getByRole('alert')): Promise<string> {
  const file = await notebook.download(() => within.getByRole('button', { name: 'Save as a file' }).click());
  expect(file.name).toMatch(/\.nb\.md$/);
  return file.bytes.toString();
}

async function start(made: BrowserContext, url: string): Promise<void> {
  context = made;
  await context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  page = await context.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(url);
}

test.afterEach(() => context.close());

test('where the browser blocks storage the page says so, works, and offers a download', async ({ site }) => {
  const profile = mkdtempSync(join(tmpdir(), 'levain-denied-'));
  mkdirSync(join(profile, 'Default'));
  // The reader's own setting: sites may keep nothing.
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  await start(
    await chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args: CHROMIUM_FLAGS }),
    site.url,
  );
  await page.getByRole('button', { name: 'Start empty' }).click();
  await expect(page.getByRole('alert')).toContainText('This browser does not let the page keep anything');
  await expect(page.getByText('Not saved in this browser')).toBeVisible();
  await page.getByRole('textbox', { name: 'Source of cell 1' }).click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.insertText('SELECT 41 + 1 AS answer');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('gridcell', { name: '42' })).toBeVisible();
  expect(await offeredDownload()).toContain('SELECT 41 + 1 AS answer');
  await context.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

test('full storage is told with a download offered, and what was typed is saved once there is room', async ({
  browser,
  site,
}) => {
  await start(await browser.newContext(), site.url);
  const session = await context.newCDPSession(page);
  const origin = new URL(site.url).origin;
  // Chromium looks at the quota when it first opens the database, and lets one write overshoot.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 });
  await page.reload();
  await notebook.open(notebookText('Full', [md('Words. '.repeat(60_000)), md('Last words')]));
  await notebook.prose('Last words').dblclick();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+End');
  for (const word of [' and', ' some', ' more']) {
    await page.keyboard.insertText(word);
    await page.waitForTimeout(400);
  }
  await expect(page.getByRole('alert')).toContainText("The browser's storage is full");
  expect(await offeredDownload()).toContain('Last words and some more');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.reload();
  await expect(notebook.prose('Last words')).toContainText('Last words and some more');
});

test('cleared storage is told with a download offered, and the open notebook is saved again', async ({
  browser,
  site,
}) => {
  await start(await browser.newContext(), site.url);
  await notebook.open(notebookText('Evicted', [md('Words to keep')]));
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'all' });
  await expect(page.getByRole('alert')).toContainText('The browser cleared this site');
  expect(await offeredDownload()).toContain('Words to keep');
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Words to keep')).toBeVisible();
});
