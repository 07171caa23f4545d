import { expect, type Page } from '@playwright/test';
import { csv, notebookText, NotebookPage, sql, tellWhatWasShown, test, ts } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

test.beforeAll(async ({ browser, site }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openAndRun(
    notebookText('Outputs', [
      csv('notes', 'product,note,amount\nrye,=cmd|calc!A0,3\nspelt,+32 9 123,1\nwhite,plain,2'),
      sql('many', "SELECT range AS n, 'row ' || range AS text FROM range(500000)"),
      ts(
        'chart',
        "Plot.plot({ ariaLabel: 'Loaves by day', marks: [Plot.dot([{ day: 1, loaves: 10 }, { day: 2, loaves: 30 }, { day: 3, loaves: 20 }], { x: 'day', y: 'loaves', r: 8, fill: 'steelblue', tip: true })] })",
      ),
    ]),
  );
});
test.afterEach(({ browserName: _ }, info) => tellWhatWasShown(page, info));
test.afterAll(() => page.context().close());

const sorted = async (): Promise<string> => (await notebook.rows('many'))[0]![0]!;

test('a grid sorts and filters over all its rows', async () => {
  const many = notebook.output('many');
  await expect(many).toContainText('500,000 rows');
  await many.getByRole('button', { name: 'Sort by n' }).click();
  await expect(many.getByRole('columnheader', { name: /n/ }).first()).toHaveAttribute('aria-sort', 'ascending');
  await many.getByRole('button', { name: 'Sort by n' }).click();
  await expect.poll(sorted).toBe('499,999');
  await many.getByRole('columnheader').nth(1).hover();
  await many.getByRole('button', { name: 'Filter text' }).click();
  await page.getByLabel('Contains').fill('99999');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(many).toContainText('5 of 500,000 rows pass the filter');
  await expect.poll(sorted).toBe('499,999');
  await many.getByRole('button', { name: 'Clear filters' }).click();
  await expect(many).toContainText('500,000 rows');
});

test('the last of half a million rows is reached', async () => {
  const many = notebook.output('many');
  await many.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await expect(many.getByRole('row').last()).toHaveAttribute('aria-rowindex', '500001');
});

test('paper says which rows are on it, and where columns do not fit', async () => {
  const cut = (id: string) =>
    notebook
      .output(id)
      .getByText('Not all columns fit')
      .evaluate((said) => said.clientWidth > 0);
  await notebook.output('many').getByRole('grid').focus();
  await page.keyboard.press('Control+Home');
  const which = notebook.output('many').getByText('Rows 1 to 12 of 500,000.');
  await expect(which).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(which).toBeVisible();
  await expect(notebook.output('notes').getByText(/^Rows 1 to/)).toHaveCount(0);
  expect([await cut('many'), await cut('notes')]).toEqual([false, false]);
  await page.setViewportSize({ width: 380, height: 860 });
  await expect.poll(() => cut('notes')).toBe(true);
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.emulateMedia({ media: 'screen' });
});

test('the cells of a grid are copied as a table', async () => {
  await notebook.output('notes').getByRole('button', { name: 'Copy' }).click();
  await expect(notebook.output('notes')).toContainText('Copied 3 rows.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trim().split(/\r?\n/)).toEqual(
    expect.arrayContaining(['rye\t=cmd|calc!A0\t3', 'spelt\t+32 9 123\t1', 'white\tplain\t2']),
  );
});

test('a table is exported as CSV: as it is, and safe for spreadsheets', async () => {
  const exported = (item: RegExp) => notebook.download(() => notebook.menu('Export', item, notebook.output('notes')));
  const plain = await exported(/^All 3 rows as CSV$/);
  expect(plain.name).toBe('notes.csv');
  expect(plain.bytes.toString().split('\r\n')).toEqual([
    'product,note,amount',
    'rye,=cmd|calc!A0,3',
    'spelt,+32 9 123,1',
    'white,plain,2',
    '',
  ]);
  const safe = await exported(/safe for spreadsheets/);
  expect(safe.bytes.toString().split('\r\n').slice(1, 3)).toEqual(["rye,'=cmd|calc!A0,3", "spelt,'+32 9 123,1"]);
});

test('every row of a large table is exported, in the order it is shown', async () => {
  const column = notebook.output('many').getByRole('columnheader').first();
  while ((await column.getAttribute('aria-sort')) !== 'descending') {
    await column.getByRole('button', { name: 'Sort by n' }).click();
  }
  const { bytes } = await notebook.download(() =>
    notebook.menu('Export', /^All [\d,]+ rows as CSV$/, notebook.output('many')),
  );
  const lines = bytes.toString().trimEnd().split('\r\n');
  expect(lines.length).toBe(500_001);
  expect(lines[1]).toBe('499999,row 499999');
  expect(lines.at(-1)).toBe('0,row 0');
});

test('a tip appears where the pointer is over a chart, and goes again', async () => {
  const chart = notebook.output('chart').getByRole('img', { name: 'Loaves by day' });
  await chart.scrollIntoViewIfNeeded();
  const dot = chart.locator('circle').nth(1);
  await dot.hover();
  await expect(chart.locator('g[aria-label=tip] text')).toContainText('30');
  await notebook.output('chart').locator('circle').nth(0).hover();
  await expect(chart.locator('g[aria-label=tip] text')).toContainText('10');
  await expect(chart.locator('g[aria-label=tip] path').first(), 'the chart is not seen through it').toHaveCSS(
    'fill',
    /^rgb\(/,
  );
  await page.mouse.move(2, 2);
  await expect(chart.locator('g[aria-label=tip] text')).toHaveCount(0);
});

test('a chart is saved as SVG and as PNG', async () => {
  const saved = (item: RegExp) => notebook.download(() => notebook.menu('Save chart', item, notebook.output('chart')));
  await notebook.output('chart').hover();
  const svg = await saved(/SVG/);
  expect(svg.name).toBe('Loaves by day.svg');
  const text = svg.bytes.toString();
  expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(text.match(/<circle/g)?.length).toBe(3);
  expect(text).not.toContain('var(--');
  await notebook.output('chart').hover();
  const png = await saved(/PNG/);
  expect(png.name).toBe('Loaves by day.png');
  expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1000);
});

test('numbers are written in the way of the reader’s language', async ({ browser, site }) => {
  const context = await browser.newContext({ locale: 'nl-BE' });
  const belgian = new NotebookPage(await context.newPage());
  await belgian.visit(site.url);
  await belgian.openAndRun(notebookText('Getallen', [sql('n', 'SELECT 1234567.5::DOUBLE AS n')]));
  await belgian.expectRows('n', [['1.234.567,5']]);
  await context.close();
});

test('a table becomes a chart by a press, in a cell of its own that can be changed and undone', async () => {
  const query = `SELECT DATE '2026-03-01' + (range % 10)::INTEGER AS day, ['shop', 'web'][1 + range % 2] AS channel, range AS revenue`;
  await notebook.openAndRun(
    `---\nnotebook: 1\ntitle: Charts\n---\n\n\`\`\`sql id=days\n${query} FROM range(40)\n\`\`\`\n`,
  );
  const cells = page.locator('section.cell');
  await notebook.cell('days').getByRole('button', { name: 'Chart', exact: true }).click();
  const form = page.getByRole('dialog', { name: /^Chart of/ });
  await expect(form.getByLabel('Kind')).toBeFocused();
  await expect(form.getByLabel('Along')).toHaveValue('day');
  await expect(form.getByLabel('Up')).toHaveValue('revenue');
  await form.getByLabel('Colour by').selectOption('channel');
  await form.getByLabel('Colour by').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(cells).toHaveCount(2);
  const drawn = cells.nth(1);
  await expect(drawn.getByRole('img', { name: 'Revenue by day' })).toBeVisible();
  await expect(drawn.locator('[aria-label="line"] path')).toHaveCount(2);
  await expect(drawn).toHaveAttribute('aria-current', 'true');
  // The query is called something now, by which the chart reads it.
  await expect(notebook.cell('days')).toHaveAccessibleName(/^SQL cell result_1/);

  await notebook.rewrite('days', "SELECT DATE '2026-03-01' AS day, 'shop' AS channel, 7 AS revenue");
  await expect(drawn.locator('[aria-label="line"] path')).toHaveCount(1);

  // Bars along months are months wide, in the order of time.
  await notebook.rewrite(
    'days',
    "SELECT DATE '2025-11-01' + to_months(range::INTEGER) AS month, 50 - range AS revenue FROM range(30)",
  );
  await notebook.cell('days').getByRole('button', { name: 'Chart', exact: true }).click();
  await form.getByLabel('Kind').selectOption('bars');
  await form.getByLabel('A bar for each').selectOption('month');
  await form.getByRole('button', { name: 'Add chart' }).click();
  const bars = cells.nth(1).locator('[aria-label="rect"] rect');
  await expect(bars).toHaveCount(30);
  const [first, last] = await Promise.all([bars.first(), bars.last()].map((bar) => bar.boundingBox()));
  expect(first!.width).toBeGreaterThan(10);
  expect(last!.x).toBeGreaterThan(first!.x + 29 * 10);

  // Months that are texts stand in that order, too.
  await notebook.rewrite(
    'days',
    "SELECT strftime(DATE '2025-11-01' + to_months(range::INTEGER), '%Y-%m') AS month, 50 - (range * 7) % 30 AS revenue FROM range(30)",
  );
  await notebook.cell('days').getByRole('button', { name: 'Chart', exact: true }).click();
  await form.getByRole('button', { name: 'Add chart' }).click();
  const labels = cells.nth(1).locator('[aria-label="y-axis tick label"] text');
  await expect(labels).toHaveCount(30);
  expect(await labels.allTextContents()).toEqual((await labels.allTextContents()).toSorted());

  // On a phone the chart scrolls sideways, and its title stays.
  await page.setViewportSize({ width: 390, height: 860 });
  const title = cells.nth(1).getByRole('heading', { name: 'Revenue by month' });
  const place = await title.boundingBox();
  const drawing = cells.nth(1).locator('.drawing');
  await drawing.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
  await expect.poll(() => drawing.evaluate((element) => element.scrollLeft)).toBeGreaterThan(100);
  expect(await title.boundingBox()).toEqual(place);
  expect(place!.x + place!.width).toBeLessThanOrEqual(390);
});
