import { expect, type Locator, type Page } from '@playwright/test';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { seededRandom } from '../../src/base/random';
import { csvFile, listenForTrouble, NotebookPage, test } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;
let trouble: string[];

test.beforeEach(async ({ page: kept, site }) => {
  page = kept;
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  trouble = listenForTrouble(page);
});
test.afterEach(() => expect(trouble).toEqual([]));

const card = (fileName: string): Locator => page.getByRole('region', { name: fileName, exact: true });
const tableName = (fileName: string): Locator => card(fileName).getByLabel('Table name');
/** The row of a column in a card's profile, as texts. */
async function profile(fileName: string, column: string): Promise<string> {
  const fold = card(fileName).locator('button[aria-expanded=false]', { hasText: /column/ });
  const row = card(fileName)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: column, exact: true }) });
  // The columns come a moment after the rows were counted.
  await expect(fold.or(row).first()).toBeVisible();
  if (await fold.isVisible()) await fold.click();
  return (await row.innerText()).replace(/\s+/g, ' ');
}

test('several files dropped at once become tables with clean, unique names that can be changed', async () => {
  await notebook.drop(
    csvFile('Orders 2024 (1).csv', 'day,revenue\n2024-03-05,10.5\n2024-03-06,4\n'),
    csvFile('orders_2024_1.csv', 'day,revenue\n2024-04-01,1\n'),
    csvFile('Año & Co.csv', 'customer\nAnn\n'),
  );
  await expect(card('Orders 2024 (1).csv')).toContainText('2 rows, 2 columns');
  for (const name of ['orders_2024_1.csv', 'Año & Co.csv']) await expect(card(name)).toContainText(/1 row, \d column/);
  await expect(tableName('Orders 2024 (1).csv')).toHaveValue('orders_2024_1');
  await expect(tableName('orders_2024_1.csv')).toHaveValue('orders_2024_1_2');
  await expect(tableName('Año & Co.csv')).toHaveValue(/^[a-zñ_]+$/);

  await tableName('orders_2024_1.csv').fill('april');
  await page.keyboard.press('Enter');
  // The field has the new name once the table has it: a query before that would find no such table.
  await expect(tableName('orders_2024_1.csv')).toHaveValue('april');
  await page.getByRole('textbox', { name: 'Source of cell 1' }).click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(
    'SELECT (SELECT sum(revenue) FROM orders_2024_1) + (SELECT sum(revenue) FROM april) AS total',
  );
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('gridcell', { name: '15.5' })).toBeVisible();
});

test('two files of one name, given together from two folders, are two tables', async () => {
  await notebook.choose(
    csvFile('r.csv', 'a,b\n1,2\n'),
    csvFile('r.csv', 'x,y\n3,4\n'),
    csvFile('R.csv.gz', gzipSync('z\n5\n')),
    csvFile('a.2024.csv', 'c\n6\n'),
    csvFile('a.2024.csv', 'd\n7\n'),
  );
  await expect(tableName('r.csv')).toHaveValue('r');
  await expect(tableName('r (2).csv')).toHaveValue('r_2');
  await expect(tableName('R.csv.gz')).toHaveValue('r_3');
  await expect(tableName('a.2024 (2).csv')).toHaveValue('a_2024_2');
});

test('of several files the cards are in sight, and the rows of one when they are asked for', async () => {
  const lines = Array.from({ length: 40 }, (_, i) => `2026-01-${String((i % 28) + 1).padStart(2, '0')},${i},shop`).join(
    '\n',
  );
  await notebook.drop(
    ...['one', 'two', 'three', 'four'].map((name) => csvFile(`${name}.csv`, `${name},n,place\n${lines}\n`)),
  );
  await expect(card('four.csv')).toContainText('40 rows');
  await notebook.rest();
  await expect(page.locator('section.cell')).toContainText('40 rows');
  await expect(card('one.csv')).toBeInViewport();
  await card('one.csv').getByRole('button', { name: 'Look at the rows' }).click();
  await expect(page.locator('section.cell').first()).toBeInViewport();
});

test('a renamed table cannot take a name that is in use', async () => {
  await notebook.drop(csvFile('a.csv', 'x\n1\n'), csvFile('b.csv', 'x\n2\n'));
  await expect(card('b.csv')).toContainText('1 row');
  await tableName('b.csv').fill('a');
  await page.keyboard.press('Enter');
  await expect(notebook.toast(/\ba\b/)).toBeVisible();
  await expect(tableName('b.csv')).toHaveValue('b');
});

test('files are chosen with the button, among them .tsv and .csv.gz', async () => {
  // As in browsers that cannot write to files.
  await page.addInitScript(() => void Reflect.deleteProperty(window, 'showOpenFilePicker'));
  await page.reload();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file or a notebook' }).click();
  await (
    await choosing
  ).setFiles([
    { name: 'ads.tsv', mimeType: 'text/tab-separated-values', buffer: Buffer.from('day\tspend\n2024-01-01\t5\n') },
    { name: 'visits.csv.gz', mimeType: 'application/gzip', buffer: gzipSync('visitor,pages\na,3\nb,4\n') },
  ]);
  await expect(card('ads.tsv')).toContainText('1 row, 2 columns');
  await expect(card('visits.csv.gz')).toContainText('2 rows, 2 columns');
  await expect(tableName('ads.tsv')).toHaveValue('ads');
  await expect(tableName('visits.csv.gz')).toHaveValue('visits');
});

test('a table is pasted, with the keyboard and with the button', async () => {
  await page.evaluate(() => navigator.clipboard.writeText('product\tprice\nbread\t3.5\nrye\t4\n'));
  await page.getByRole('button', { name: 'Paste a table' }).click();
  await expect(page.getByText('2 rows, 2 columns')).toBeVisible();
  await expect(page.getByLabel('Table name')).toHaveValue(/^[a-z_0-9]+$/);

  await page.locator('section.cell').first().focus();
  await page.evaluate(() => navigator.clipboard.writeText('town,inhabitants\nGent,265086\n'));
  await page.locator('body').press('Escape');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByText('1 row, 2 columns')).toBeVisible();
});

test('what was detected is shown, can be changed, and the file is read again', async () => {
  const latin = Buffer.from('plaats;omzet;dag\nLuik;1.234,56;05/03/2024\nCaf\xe9;2,5;31/12/2024\n', 'latin1');
  await notebook.drop(csvFile('omzet.csv', latin));
  await expect(card('omzet.csv')).toContainText('2 rows, 3 columns');
  await card('omzet.csv').getByRole('button', { name: 'How it was read' }).click();
  const encoding = card('omzet.csv').getByLabel('Encoding');
  const delimiter = card('omzet.csv').getByLabel('Delimiter');
  await expect(encoding).toHaveValue('windows-1252');
  await expect(delimiter).toHaveValue(';');
  await expect(card('omzet.csv').getByLabel('Decimal sign')).toHaveValue(',');
  await expect(card('omzet.csv').getByLabel('First row holds the names')).toBeChecked();
  await expect(card('omzet.csv').getByLabel('Type of dag')).toHaveValue('DATE');
  expect(await profile('omzet.csv', 'omzet')).toContain('1,234.56');
  expect(await profile('omzet.csv', 'plaats')).toContain('Café');

  await encoding.selectOption('utf-16le');
  await card('omzet.csv').getByRole('button', { name: 'Read again with these' }).click();
  await expect(card('omzet.csv')).not.toContainText('2 rows, 3 columns');
  await encoding.selectOption('windows-1252');
  await card('omzet.csv').getByRole('button', { name: 'Read again with these' }).click();
  await expect(card('omzet.csv')).toContainText('2 rows, 3 columns');

  await delimiter.selectOption(',');
  await card('omzet.csv').getByRole('button', { name: 'Read again with these' }).click();
  await expect(card('omzet.csv')).not.toContainText('3 columns');
  await delimiter.selectOption(';');
  await card('omzet.csv').getByRole('button', { name: 'Read again with these' }).click();
  await expect(card('omzet.csv')).toContainText('2 rows, 3 columns');
});

test('a UTF-16 file and a Windows-1252 file dropped together are read, each in its encoding', async () => {
  const text = 'plaats;omzet\r\nLuik – Liège;10\r\nCafé “Noir”;5\r\n';
  const western = Buffer.from(text.replace('–', '\x96').replace('“', '\x93').replace('”', '\x94'), 'latin1');
  await notebook.drop(
    csvFile('little.csv', Buffer.from(`\ufeff${text}`, 'utf16le')),
    csvFile('big.csv', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
    csvFile('western.csv', western),
  );
  for (const [name, encoding] of [
    ['little.csv', 'utf-16le'],
    ['big.csv', 'utf-16be'],
    ['western.csv', 'windows-1252'],
  ] as const) {
    await expect(card(name)).toContainText('2 rows, 2 columns');
    await card(name).getByRole('button', { name: 'How it was read' }).click();
    await expect(card(name).getByLabel('Encoding')).toHaveValue(encoding);
    expect(await profile(name, 'plaats')).toMatch(/Café “Noir”.*Luik – Liège|Luik – Liège.*Café “Noir”/);
    expect(await profile(name, 'omzet')).toContain('5 to 10');
  }
});

test('a row that cannot be in the table is counted and shown with its line and reason', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, '0')},${i}`);
  rows[20] = '2024-01-21,20,one too many';
  await notebook.drop(csvFile('ragged.csv', `day,orders\n${rows.join('\n')}\n`));
  await expect(card('ragged.csv')).toContainText('39 rows, 2 columns');
  await card('ragged.csv').getByText('1 row was set aside').click();
  const reject = card('ragged.csv').getByRole('region', { name: '1 row was set aside' }).getByRole('listitem');
  await expect(reject).toContainText('line 22');
  await expect(reject).toContainText(/3 fields/);
  await expect(reject).toContainText('one too many');
});

test('a table shows its profile when it has arrived', async () => {
  const random = seededRandom(5);
  const towns = ['Gent', 'Brugge', 'Aalst'];
  const lines = Array.from(
    { length: 500 },
    (_, i) => `${i + 1},${towns[random.integer(3)]},${i % 10 === 0 ? '' : random.integer(100)}`,
  );
  await notebook.drop(csvFile('customers.csv', `id,town,orders\n${lines.join('\n')}\n`));
  await expect(card('customers.csv').getByRole('region', { name: 'Columns of customers' })).toBeVisible();
  expect(await profile('customers.csv', 'id')).toMatch(/(bigint|whole number) – all different 1 to 500/);
  expect(await profile('customers.csv', 'orders')).toMatch(/(bigint|whole number) 10% \d+ 0 to 99/);
  expect(await profile('customers.csv', 'town')).toMatch(/(varchar|text) – 3 .*Gent/);
  await expect(card('customers.csv').getByRole('img', { name: 'Histogram from 1 to 500' })).toBeVisible();
});

test('a file that is no table says so and leaves the rest alone', async () => {
  await notebook.drop(csvFile('empty.csv', ''), csvFile('good.csv', 'a\n1\n'));
  await expect(card('good.csv')).toContainText('1 row');
  await expect(card('empty.csv').getByRole('alert')).toContainText(/empty/i);
});

test.describe('a file of 150 MB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'levain-data-in-'));
  const path = join(folder, 'big orders.csv');
  test.beforeAll(async () => {
    const out = createWriteStream(path);
    out.write('order_id,customer_id,ordered_at,product,channel,revenue\n');
    const block = Array.from(
      { length: 10_000 },
      (_, i) =>
        `${i},${i % 977},2024-03-${String((i % 28) + 1).padStart(2, '0')} 10:${String(i % 60).padStart(2, '0')}:00,sourdough bread with seeds,web shop,${(i % 89) + 0.5}\n`,
    ).join('');
    for (let written = 0; written < 150e6; written += block.length) {
      if (!out.write(block)) await new Promise((drained) => out.once('drain', drained));
    }
    await new Promise<void>((done) => out.end(done));
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('shows how far it is, stops when asked, and is read when asked again', async () => {
    await page.locator('input[type=file]').last().setInputFiles(path);
    const bar = card('big orders.csv').getByRole('progressbar');
    await expect(bar).toBeVisible();
    await expect(card('big orders.csv')).toContainText(/[1-9]\d* MB of 15\d MB/);
    const began = Date.now();
    await card('big orders.csv').getByRole('button', { name: 'Cancel' }).click();
    await expect(card('big orders.csv')).toContainText('Stopped.');
    const answered = Date.now() - began;
    console.log(`cancel of a 150 MB file answered in ${answered} ms`);

    await notebook.drop(csvFile('small.csv', 'a\n1\n'));
    await expect(card('small.csv')).toContainText('1 row');
    await page.locator('input[type=file]').last().setInputFiles(path);
    await expect(card('big orders.csv')).toContainText(/1,\d{3},\d{3} rows|[1-9]\d\d,\d{3} rows/);
  });
});
