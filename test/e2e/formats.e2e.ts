import { DuckDBInstance } from '@duckdb/node-api';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listenForTrouble, notebookText, NotebookPage, sql, test } from '../tools/notebook-page';
import type { FileToGive } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;
let trouble: string[];

test.beforeEach(async ({ page: kept, site }) => {
  page = kept;
  trouble = listenForTrouble(page);
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(() => expect(trouble).toEqual([]));

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

test.describe('JSON', () => {
  // What the reader says of keeping files holds for the browser.
  test.use({ fresh: true });

  test('JSON is read like any file: dropped, looked at, renamed, removed and brought back, kept and read again', async () => {
    await notebook.open(counting('sales'));
    await notebook.drop(fixture('orders.json'));
    await expect(card('orders.json')).toContainText('4 rows, 8 columns');
    await card('orders.json').getByRole('button', { name: 'How it was read' }).click();
    await expect(card('orders.json').getByText('The file is a JSON list.')).toBeVisible();
    await expect(card('orders.json').getByRole('listitem').filter({ hasText: 'placed_at' })).toContainText(
      'date and time',
    );
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
    await expect(page.getByRole('tabpanel', { name: 'Data' })).toContainText(/shop\s*1/);
    await expect(card('shop.json')).toHaveCount(0);
    await notebook.drop(given('shop.json', Buffer.from(text)));
    await expect(card('shop.json')).toContainText('1 row, 1 column');
  });
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

test('a DuckDB file gives its longest table, the others by a press, and a newer file brings both', async () => {
  await notebook.drop(fixture('shop.duckdb'));
  await expect(card('shop.duckdb')).toContainText('990 rows, 4 columns');
  const others = card('shop.duckdb').getByRole('list', { name: 'The file holds 4 more tables:' });
  await expect(others.getByRole('listitem').first()).toContainText('customers');
  await others.getByRole('button', { name: 'Read customers too' }).click();
  await expect(card('shop.customers.duckdb')).toContainText('50 rows, 2 columns');
  await expect(card('shop.duckdb').getByRole('list', { name: 'The file holds 3 more tables:' })).toBeVisible();

  await notebook.drop(fixture('shop-1.4.duckdb', 'shop.duckdb'));
  await expect(card('shop.duckdb')).toContainText('1,000 rows, 4 columns');
  await expect(card('shop.customers.duckdb')).toContainText('50 rows, 2 columns');

  const cut = fixture('shop.duckdb', 'cut.duckdb');
  await notebook.drop({ ...cut, buffer: cut.buffer.subarray(0, 100_000) });
  await expect(card('cut.duckdb')).toContainText('cannot be read as a DuckDB database: it is cut short');
});

test('a workbook is read by the sheet and cells one chooses, and says what it made of them', async () => {
  await notebook.drop(fixture('orders.xlsx'));
  const orders = card('orders.xlsx');
  await expect(orders).toContainText('4 rows, 12 columns', { timeout: 60_000 });
  await orders.getByRole('button', { name: 'Read Side by side too' }).click();
  const beside = card('orders.Side by side.xlsx');
  await expect(beside).toContainText('2 rows, 4 columns', { timeout: 60_000 });
  await expect(beside.getByLabel('Table name')).toHaveValue('orders_side_by_side');
  await beside.getByRole('button', { name: 'Remove table' }).click();
  await expect(orders).toContainText('The file holds 2 more sheets');
  await orders.getByRole('button', { name: 'How it was read' }).click();
  await expect(orders.getByText(/One cell holds an error .*J6/)).toBeVisible();
  await expect(orders.getByLabel('Row of names')).toHaveValue('4');
  await orders.getByLabel('Sheet', { exact: true }).selectOption('Side by side');
  await expect(orders).toContainText('2 rows, 4 columns', { timeout: 60_000 });
  await orders.getByLabel('Cells').fill('E1:F3');
  await page.keyboard.press('Enter');
  await expect(orders).toContainText('2 rows, 2 columns', { timeout: 60_000 });
});

test('tables go out as Parquet that native DuckDB reads, and as a workbook with a sheet for each', async ({
  browserName: _,
}, info) => {
  const one = `SELECT i AS n, 9007199254740993 + i AS big, DATE '2024-02-29' AS day, '=1+1 🥐' AS words FROM range(3) t(i)`;
  await notebook.openAndRun(notebookText('Out', [sql('one', one), sql('two', 'SELECT 2.5 AS x')]));
  await notebook.expectRows('two', [['2.5']]);
  const column = notebook.output('one').getByRole('columnheader').first();
  while ((await column.getAttribute('aria-sort')) !== 'descending') {
    await column.getByRole('button', { name: 'Sort by n' }).click();
  }
  const parquet = await notebook.download(() =>
    notebook.menu('Export', 'All 3 rows as Parquet', notebook.output('one')),
  );
  expect(parquet.name).toBe('one.parquet');
  writeFileSync(info.outputPath('one.parquet'), parquet.bytes);
  const native = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await native.runAndReadAll(`FROM '${info.outputPath('one.parquet')}'`);
  expect(read.getRowsJson()).toEqual([
    ['2', '9007199254740995', '2024-02-29', '=1+1 🥐'],
    ['1', '9007199254740994', '2024-02-29', '=1+1 🥐'],
    ['0', '9007199254740993', '2024-02-29', '=1+1 🥐'],
  ]);

  const workbook = await notebook.download(() => notebook.menu('Share', 'Save the tables as an Excel workbook'));
  expect(workbook.name).toBe('Out.xlsx');
  await notebook.drop(given('back.xlsx', workbook.bytes));
  const back = card('back.xlsx');
  await expect(back).toContainText('3 rows, 4 columns', { timeout: 60_000 });
  await back.getByRole('button', { name: 'How it was read' }).click();
  await expect(back.getByLabel('Sheet').getByRole('option')).toHaveText(['one', 'two']);
});

test('a notebook that was opened from the disk is saved to the same file', async () => {
  const text = notebookText('From the disk', [sql('a', 'SELECT 1 AS one')]);
  // A file of the origin's own: the same handle as the picker gives, without its dialog.
  await page.evaluate(async (content) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('mine.nb.md', { create: true });
    const stream = await handle.createWritable();
    await stream.write(content);
    await stream.close();
    Object.assign(window, { showOpenFilePicker: async () => [handle] });
  }, text);
  await page.getByRole('button', { name: 'Open a file or a notebook' }).click();
  await notebook.write('a', 'SELECT 2 AS two');
  await page.keyboard.press('ControlOrMeta+S');
  await expect(notebook.toast(/Saved to mine\.nb\.md/)).toBeVisible();
  const written = await page.evaluate(async () => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('mine.nb.md');
    return (await handle.getFile()).text();
  });
  expect(written).toBe(text.replace('SELECT 1 AS one', 'SELECT 2 AS two'));
});

test('a table pasted from a spreadsheet keeps its line breaks and the values behind what it shows', async () => {
  const html =
    '<table data-sheets-root="1"><tr><td>day</td><td>note</td></tr><tr>' +
    `<td data-sheets-value='{"1":3,"3":45351}' data-sheets-numberformat='{"1":5,"2":"dd/mm/yyyy"}'>29/02/2024</td>` +
    '<td>two<br>lines</td></tr></table>';
  await page.evaluate(async (content) => {
    const as = (type: string, text: string) => new Blob([text], { type });
    const text = as('text/plain', 'day\tnote\n29/02/2024\ttwo\nlines\n');
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': as('text/html', content) })]);
  }, html);
  await page.getByRole('button', { name: 'Paste a table' }).click();
  await expect(card('pasted.csv')).toContainText('1 row, 2 columns', { timeout: 60_000 });
});
