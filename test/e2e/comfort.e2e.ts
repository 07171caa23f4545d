import { expect, type Page } from '@playwright/test';
import { csvFile, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

test.beforeEach(async ({ page: kept, site }) => {
  page = kept;
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const cells = () => page.locator('section.cell');
const order = () => cells().evaluateAll((all) => all.map((cell) => cell.id).join(' '));
const card = (name: string) => page.getByRole('region', { name, exact: true });
const tableName = (name: string) => card(name).getByLabel('Table name');
const source = (id: string) => notebook.cell(id).getByRole('textbox', { name: /^Source of cell/ });
const title = () => page.getByRole('textbox', { name: 'Title of the notebook' });
const undoButton = () => page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' });
const saved = () => expect(page.getByText('Saved in this browser')).toBeVisible();

const three = notebookText('Three', [sql('one', 'SELECT 1'), sql('two', 'SELECT 2'), sql('three', 'SELECT 3')]);

test.describe('Undo', () => {
  test('of a removed cell brings back that cell and leaves what was typed since', async () => {
    await notebook.open(three);
    await notebook.cell('two').focus();
    await press('d', 'd');
    await notebook.write('three', 'SELECT 33');
    await undoButton().click();
    await expect.poll(order).toBe('one two three');
    await expect(source('three')).toHaveText('SELECT 33');
    await expect(undoButton()).toHaveCount(0);
  });

  test('is no longer offered for a cell that is back, and is offered for each of two removed ones', async () => {
    await notebook.open(three);
    await notebook.cell('two').focus();
    await press('d', 'd');
    await expect(undoButton()).toHaveCount(1);
    await press('z');
    await expect.poll(order).toBe('one two three');
    await expect(undoButton()).toHaveCount(0);
    await notebook.cell('one').focus();
    await press('d', 'd', 'd', 'd');
    await expect.poll(order).toBe('three');
    await undoButton().click();
    await expect.poll(order).toBe('two three');
  });

  test('takes back a table’s new name, and then what was typed before it', async () => {
    await notebook.open(notebookText('Names', [sql('whole', 'SELECT * FROM clicks')]));
    await notebook.drop(csvFile('clicks.csv', 'day,n\n2024-01-01,1\n'));
    await expect(card('clicks.csv')).toContainText('1 row');
    await notebook.write('whole', 'SELECT n FROM clicks');
    await press('Escape');
    await tableName('clicks.csv').fill('visits');
    await press('Enter');
    await expect(notebook.toast('clicks is now called visits.')).toBeVisible();
    await notebook.cell('whole').focus();
    await press('z');
    await expect(tableName('clicks.csv')).toHaveValue('clicks');
    await expect(source('whole')).toHaveText('SELECT n FROM clicks');
    await press('Shift+Z');
    await expect(tableName('clicks.csv')).toHaveValue('visits');
    await press('z', 'z');
    await expect(tableName('clicks.csv')).toHaveValue('clicks');
    await expect(source('whole')).toHaveText('SELECT * FROM clicks');
    await notebook.runAll();
    await notebook.expectState('whole', 'ok');
  });

  test.describe('with kept files', () => {
    test.use({ fresh: true });
    test('brings back a removed table with its rows, by the message and by key', async () => {
      await notebook.open(notebookText('Kept', [sql('whole', 'SELECT sum(n) AS total FROM clicks')]));
      await notebook.drop(csvFile('clicks.csv', 'day,n\n2024-01-01,41\n2024-01-02,1\n'));
      await page.getByRole('button', { name: 'Keep them' }).click();
      await notebook.runAll();
      await notebook.expectRows('whole', [['42']]);
      for (const undo of [() => undoButton().click(), () => press('z')]) {
        await card('clicks.csv').getByRole('button', { name: 'Remove table' }).click();
        await expect(card('clicks.csv')).toHaveCount(0);
        await expect(notebook.toast('clicks was removed.')).toBeVisible();
        await notebook.cell('whole').focus();
        await undo();
        await expect(card('clicks.csv')).toContainText('2 rows');
        await notebook.expectState('whole', 'ok');
        await notebook.expectRows('whole', [['42']]);
      }
      await saved();
      await page.reload();
      await notebook.runAll();
      await notebook.expectRows('whole', [['42']]);
    });
  });

  test('on a slider is the notebook’s and leaves the title', async () => {
    await notebook.openAndRun(
      notebookText('Old', [ts('slide', "const n = input.slider([1, 9], { label: 'Weeks', value: 3, step: 1 });")]),
    );
    await title().fill('New');
    await press('Enter');
    await notebook.output('slide').getByRole('slider').focus();
    await press('ArrowRight', 'ControlOrMeta+z');
    await expect(title()).toHaveValue('Old');
    await expect(page).toHaveTitle('Old – Levain');
    await press('ControlOrMeta+z');
    await expect(title()).toHaveValue('Old');
    await expect(page).toHaveTitle('Old – Levain');
  });
});

test('a table under another name can take the cells that read it along', async () => {
  await notebook.open(notebookText('Names', [sql('whole', "SELECT clicks.n, 'clicks' AS word FROM clicks")]));
  await notebook.drop(csvFile('clicks.csv', 'day,n\n2024-01-01,1\n'));
  await expect(card('clicks.csv')).toContainText('1 row');
  await tableName('clicks.csv').fill('Klicks März');
  await press('Enter');
  await expect(tableName('clicks.csv')).toHaveValue('klicks_marz');
  await page.getByRole('button', { name: 'Also change it in 1 cell' }).click();
  await expect(source('whole')).toHaveText("SELECT klicks_marz.n, 'clicks' AS word FROM klicks_marz");
  await notebook.runAll();
  await notebook.expectRows('whole', [['1', 'clicks']]);
});

test('a cell under another name can take the cells that read it along, and stands for nothing under the former one', async () => {
  await notebook.openAndRun(
    notebookText('Steps', [
      sql('step', 'SELECT 3 AS v'),
      sql('use', 'SELECT v * 2 AS w FROM step'),
      ts('count', 'step.at(0).v + 1'),
    ]),
  );
  await notebook.cell('step').getByRole('button', { name: 'Name of the cell: step' }).click();
  await page.keyboard.insertText('basis');
  await press('Enter');
  await notebook.runAll();
  await expect(notebook.problem('use')).toContainText('There is no table step');
  await page.getByRole('button', { name: 'Also change it in 2 cells' }).click();
  await expect(source('use')).toHaveText('SELECT v * 2 AS w FROM basis');
  await expect(source('count')).toHaveText('basis.at(0).v + 1');
  await notebook.runAll();
  await notebook.expectRows('use', [['6']]);
});

test('a second tab cannot type what is thrown away, and says so once', async ({ site }) => {
  await notebook.open(notebookText('Shared', [sql('one', 'SELECT 1')]));
  await saved();
  const other = new NotebookPage(await page.context().newPage());
  await other.visit(site.url);
  await other.page.getByRole('button', { name: /^Shared/ }).click();
  const told = (where: Page) => where.getByText(/another tab/i);
  await expect(told(other.page)).toHaveCount(1);
  await other.edit('one');
  await other.page.keyboard.type('x');
  await expect(other.editor('one')).toHaveText('SELECT 1');
  await other.page.keyboard.press('Escape');
  await other.page.keyboard.press('d');
  await other.page.keyboard.press('d');
  await expect(other.toast(/read only here/)).toBeVisible();
  await expect(other.cell('one')).toBeVisible();

  await other.page.getByRole('button', { name: 'Take it over' }).click();
  await expect(told(other.page)).toHaveCount(0);
  await expect(other.toast(/read only here/)).toHaveCount(0);
  await other.write('one', 'SELECT 2');
  await expect(page.getByText('Another tab took this notebook over.')).toBeVisible();
  await expect(told(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Save as a file' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Open a copy' }).click();
  await expect(title()).toHaveValue('Shared (copy)');
  await notebook.write('one', 'SELECT 3');
  await saved();
  await expect(other.editor('one')).toHaveText('SELECT 2');
});

const clicks = csvFile('clicks.csv', 'day,n\n2024-01-01,1\n2024-01-02,2\n2024-01-03,three,4\n');
const inView = (locator: import('@playwright/test').Locator) => expect(locator).toBeInViewport({ ratio: 0.9 });

test('a dropped file shows its rows at once, what was set aside lasts in the panel and can be saved', async () => {
  await notebook.drop(clicks);
  await expect(cells()).toHaveCount(1);
  await expect(
    cells()
      .first()
      .getByRole('textbox', { name: /^Source/ }),
  ).toHaveText('SELECT * FROM clicks');
  await expect(cells().first().getByRole('gridcell').first()).toContainText('2024');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.locator('summary', { hasText: 'clicks' })).toContainText('2 · 1 set aside');

  await card('clicks.csv').getByText('1 row was set aside').click();
  const file = await notebook.download(() =>
    card('clicks.csv').getByRole('button', { name: 'Save them as CSV' }).click(),
  );
  expect(file.name).toBe('clicks-set-aside.csv');
  expect(file.bytes.toString()).toMatch(/^line,column,reason,row\r\n4,,".*","2024-01-03,three,4"/);

  await card('clicks.csv')
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(card('clicks.csv')).toHaveCount(0);
  await expect(cells().first().getByRole('gridcell').first()).toBeVisible();
  await page.locator('summary', { hasText: 'clicks' }).click();
  await page.getByRole('button', { name: 'How it was read' }).click();
  await inView(card('clicks.csv').getByLabel('Table name'));
});

test('a file dropped while scrolled down is told of, and its rows are a press away', async () => {
  const many = Array.from({ length: 40 }, (_, i) => sql(`c${i}`, 'SELECT 1'));
  await notebook.open(notebookText('Long', many));
  // A cell that takes the place of its text is another element: it cannot be scrolled to meanwhile.
  await expect(page.locator('section.cell.waiting')).toHaveCount(0, { timeout: 60_000 });
  await notebook.cell('c39').scrollIntoViewIfNeeded();
  await notebook.drop(clicks);
  await expect(notebook.toast('clicks: 2 rows, 1 set aside.')).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await inView(card('clicks.csv').getByLabel('Table name'));
  await card('clicks.csv').getByRole('button', { name: 'Look at the rows' }).click();
  await expect(cells()).toHaveCount(41);
  await expect(cells().last().getByRole('gridcell').first()).toContainText('2024');
  await expect(cells().last()).toBeInViewport();
});

test('many columns are folded and leave the notebook in sight', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `metric_${i}`);
  await notebook.drop(csvFile('wide.csv', `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`));
  await expect(card('wide.csv')).toContainText('1 row, 40 columns');
  await expect(cells().first().getByRole('grid')).toBeInViewport();
  await card('wide.csv').getByRole('button', { name: 'Show its 40 columns' }).click();
  await expect(card('wide.csv').getByRole('rowheader')).toHaveCount(40);
});

test('after Shift+Enter on the last cell the caret is in sight, also when the result above has come', async () => {
  await notebook.open(notebookText('Tall', [sql('rows', 'SELECT range AS n FROM range(300)')]));
  await notebook.edit('rows');
  await press('Shift+Enter');
  await expect(notebook.output('rows').getByRole('gridcell').first()).toBeVisible();
  const caret = cells().last().locator('.cm-content');
  await expect(caret).toBeFocused();
  await inView(caret);
});

test('an empty cell is not stale, and an empty clipboard makes no notebook', async () => {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: 'Paste a table' }).click();
  await expect(notebook.toast(/clipboard holds no table/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Drop a CSV file here' })).toBeVisible();
  await page.getByRole('button', { name: 'Start empty' }).click();
  await expect(cells()).toHaveAccessibleName('SQL cell 1');
  await expect(page.getByRole('button', { name: 'Run all' })).not.toHaveClass(/primary/);
});

test('the list of names closes when the cell runs', async () => {
  await notebook.open(notebookText('Names', [sql('one', 'SELECT 1 AS answer'), sql('two', '')]));
  await notebook.write('two', 'SELECT answer FROM ');
  await page.keyboard.type('on');
  await expect(page.locator('.cm-tooltip-autocomplete')).toBeVisible();
  await page.keyboard.type('e');
  await press('ControlOrMeta+Enter');
  await expect(page.locator('.cm-tooltip-autocomplete')).toHaveCount(0);
  await notebook.expectRows('two', [['1']]);
});

test('a notebook opened again says that its results are not kept, and keeps where its controls stood', async () => {
  await notebook.openAndRun(
    notebookText('Mine', [
      ts('slide', "const n = input.slider([1, 9], { label: 'Weeks', value: 3, step: 1 });"),
      sql('weeks', 'SELECT ${n} AS n'),
    ]),
  );
  await notebook.output('slide').getByRole('slider').fill('7');
  await notebook.expectRows('weeks', [['7']]);
  await saved();
  await page.reload();
  await expect(page.getByText('Results are not kept with the notebook.')).toBeVisible();
  await page.getByRole('button', { name: 'Run its 2 cells' }).click();
  await notebook.expectRows('weeks', [['7']]);
  await expect(page.getByText('Results are not kept with the notebook.')).toHaveCount(0);
});

test('a cell is put between two others, and a small table has a name from the start', async () => {
  await notebook.open(three);
  await notebook.menu('Add a cell here', 'Text', page.locator('.between').nth(1));
  await expect(cells().nth(1)).toHaveAccessibleName('Text cell 2');
  await page.getByRole('group', { name: 'Add a cell' }).getByRole('button', { name: 'Small table' }).click();
  await expect(cells().last()).toHaveAccessibleName('Small table cell table_1');
});

test('the sample says what it waits for while its files are on their way', async () => {
  let deliver = (): void => undefined;
  const delivered = new Promise<void>((done) => (deliver = done));
  await page.route('**/demo/*.csv', async (route) => {
    await delivered;
    await route.continue();
  });
  await page.getByRole('button', { name: /^Try the sample bakery/ }).click();
  await notebook.expectState('weeks', 'queued');
  await expect(notebook.cell('weeks')).toHaveAccessibleName('SQL cell weekly, waiting: for orders (fetching)');
  await expect(page.locator('section.cell:is(.stale, .blocked)')).toHaveCount(0);
  deliver();
  await notebook.expectState('picture', 'ok');
});
