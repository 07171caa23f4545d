import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listenForTrouble, notebookText, NotebookPage, sql, tellWhatWasShown, test } from '../tools/notebook-page';
import type { FileToGive } from '../tools/notebook-page';

let context: BrowserContext;
let page: Page;
let notebook: NotebookPage;
let trouble: string[];

test.beforeEach(async ({ browser, site }) => {
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  trouble = listenForTrouble(page);
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(async ({ browserName: _ }, info) => {
  await tellWhatWasShown(page, info);
  await context.close();
  expect(trouble).toEqual([]);
});

const card = (name: string): Locator => page.getByRole('region', { name, exact: true });
const saved = () => expect(page.getByText('Saved in this browser')).toBeVisible();
const given = (name: string, buffer: Buffer): FileToGive => ({ name, mimeType: 'application/octet-stream', buffer });
const fixture = (name: string, as = name): FileToGive =>
  given(as, readFileSync(join(import.meta.dirname, '../fixtures/formats', name)));
const counting = (table: string): string =>
  notebookText('Formats', [
    sql('sums', `SELECT count(*) AS n, sum(revenue) AS revenue, max(big)::VARCHAR AS big FROM ${table}`),
  ]);
const SUMS = [['4', '1,254.56', '9007199254740993']];

test('JSON is read like any file: dropped, looked at, renamed, removed and brought back, kept and read again', async () => {
  await notebook.open(counting('sales'));
  await notebook.drop(fixture('orders.json'));
  await expect(card('orders.json')).toContainText('4 rows, 8 columns');
  await card('orders.json').getByRole('button', { name: 'How it was read' }).click();
  await expect(card('orders.json').getByText('The file is a JSON list.')).toBeVisible();
  await expect(card('orders.json').getByRole('listitem').filter({ hasText: 'placed_at' })).toContainText('TIMESTAMP');
  await card('orders.json').getByLabel('Table name').fill('sales');
  await page.keyboard.press('Enter');
  await notebook.runAll();
  await notebook.expectRows('sums', SUMS);

  await card('orders.json').getByRole('button', { name: 'Remove table' }).click();
  await expect(card('orders.json')).toHaveCount(0);
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect(card('orders.json')).toContainText('4 rows, 8 columns');
  await notebook.runAll();
  await notebook.expectRows('sums', SUMS);

  await page.getByRole('button', { name: 'Keep them' }).click();
  await saved();
  await page.reload();
  await notebook.runAll();
  await notebook.expectRows('sums', SUMS);
});

test('the rows of a JSON object are those of the list that one chooses, which the notebook remembers', async () => {
  const text = '{"meta":[{"page":1}],"orders":[{"id":1,"lines":[{"sku":"a"}]},{"id":2,"lines":[]},\n{"id":3}]}';
  await notebook.drop(given('shop.json', Buffer.from(text)));
  await expect(card('shop.json')).toContainText('3 rows, 2 columns');
  await card('shop.json').getByRole('button', { name: 'How it was read' }).click();
  await card('shop.json').getByLabel('Rows from').selectOption('meta');
  await expect(card('shop.json')).toContainText('1 row, 1 column');
  await page.getByRole('button', { name: 'Keep them' }).click();
  await saved();
  await page.reload();
  await expect(page.getByRole('button', { name: /shop/ }).first()).toBeVisible();
  await expect(card('shop.json')).toHaveCount(0);
  await notebook.drop(given('shop.json', Buffer.from(text)));
  await expect(card('shop.json')).toContainText('1 row, 1 column');
});

test('Parquet is read, a damaged file is refused, and an archive brings files of several formats', async () => {
  await notebook.open(counting('orders'));
  await notebook.drop(fixture('orders-zstd.parquet', 'orders.parquet'));
  await expect(card('orders.parquet')).toContainText('4 rows, 8 columns');
  await notebook.runAll();
  await notebook.expectRows('sums', SUMS);

  const cut = fixture('many.parquet', 'cut.parquet');
  await notebook.drop({ ...cut, buffer: cut.buffer.subarray(0, 9_000) });
  await expect(card('cut.parquet').getByRole('alert')).toHaveText(
    'cut.parquet cannot be read as Parquet: it does not end as a Parquet file does, so it was cut short.',
  );

  const zip = new ZipWriter(new BlobWriter());
  for (const name of ['many.parquet', 'orders.ndjson']) {
    await zip.add(`export/${name}`, new Uint8ArrayReader(new Uint8Array(fixture(name).buffer)));
  }
  await notebook.drop(given('export.zip', Buffer.from(await (await zip.close()).arrayBuffer())));
  await expect(card('many.parquet')).toContainText('130,000 rows, 2 columns');
  await expect(card('orders.ndjson')).toContainText('4 rows, 8 columns');
});
