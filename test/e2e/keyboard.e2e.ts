import { expect, type Page } from '@playwright/test';
import { csvFile, notebookText, NotebookPage, sql, test } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

// Where the keyboard stands at first is part of what is tested.
test.use({ fresh: true });
test.beforeEach(async ({ page: own, site }) => {
  page = own;
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const cells = () => page.locator('section.cell');
const selected = () => page.locator('section.cell[aria-current=true]');
const editing = () => expect(selected().locator('.cm-content')).toBeFocused();

test('the whole job is done by keyboard alone', async () => {
  // To "Start empty" by Tab alone.
  await expect(async () => {
    await press('Tab');
    await expect(page.getByRole('button', { name: 'Start empty' })).toBeFocused({ timeout: 200 });
  }).toPass();
  await press('Enter');
  await notebook.drop(csvFile('sales.csv', 'town,revenue\nGent,10\nBrugge,32\n'));
  await expect(page.getByRole('region', { name: 'sales.csv', exact: true })).toContainText('2 rows');

  // The rows of the first file are shown at once.
  await expect(cells().first().getByRole('gridcell').first()).toHaveText('Gent');
  await expect(selected()).toBeFocused();
  await press('Enter');
  await editing();
  await press('ControlOrMeta+A');
  await page.keyboard.type('SELECT sum(revenue) AS total FROM sales');
  await press('Shift+Enter');
  await expect(cells().first().getByRole('gridcell')).toHaveText(['42']);
  await expect(cells()).toHaveCount(2);
  await editing();
  await page.keyboard.type('SELECT town FROM sales ORDER BY town');
  await press('ControlOrMeta+Enter');
  await expect(cells().nth(1).getByRole('gridcell').first()).toHaveText('Brugge');
  await editing();
  await press('Alt+Enter');
  await expect(cells()).toHaveCount(3);
  await editing();
  await page.keyboard.type('6 * 7');
  await press('Escape', 'y');
  await expect(selected()).toHaveAccessibleName(/^TypeScript cell 3/);
  await press('ControlOrMeta+Enter');
  await expect(selected()).toContainText('42');

  await press('b');
  await editing();
  await page.keyboard.type('# Words');
  await press('Escape', 'm', 'ControlOrMeta+Enter');
  await expect(page.getByRole('heading', { name: 'Words' })).toBeVisible();
  await expect(cells()).toHaveCount(4);

  await press('k', 'k', 'k');
  await expect(selected()).toHaveAccessibleName(/cell 1/);
  await press('a');
  await editing();
  await press('Escape');
  await expect(cells()).toHaveCount(5);
  await expect(selected()).toHaveAccessibleName(/cell 1/);
  await press('d', 'd');
  await expect(cells()).toHaveCount(4);
  await press('j', 'j');
  await expect(selected()).toHaveAccessibleName(/^TypeScript cell 3/);
  await press('ArrowUp');
  await expect(selected()).toHaveAccessibleName(/^SQL cell 2/);
  await press('Alt+ArrowUp');
  await expect(selected()).toHaveAccessibleName(/^SQL cell 1/);
});

const twoCells = notebookText('Two', [sql('one', 'SELECT 1'), sql('two', 'SELECT 2')]);

test('a button of a cell keeps the keyboard as it runs, Escape gives it to the cell, and each view begins at its top', async () => {
  const long = Array.from({ length: 60 }, (_, i) => `Line ${i}`).join('\n\n');
  await notebook.openAndRun(
    notebookText('Long', [sql('first', 'SELECT 1 AS n'), sql('last', 'SELECT 2 AS n')]) + `\n# Far below\n\n${long}\n`,
  );
  const run = notebook.cell('last').getByRole('button', { name: 'Run cell' });
  await run.focus();
  await press('Enter');
  await notebook.expectState('last', 'ok');
  await expect(run).toBeFocused();
  await press('Escape');
  await expect(notebook.cell('last')).toBeFocused();
  await press('k');
  await expect(notebook.cell('first')).toBeFocused();

  const down = (): Promise<number> => page.evaluate(() => window.scrollY);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const left = await down();
  expect(left).toBeGreaterThan(500);
  await press('ControlOrMeta+k');
  await page.keyboard.type('Show as an app');
  await press('Enter');
  await expect.poll(down).toBe(0);
  await press('Escape');
  await expect.poll(down).toBe(left);
  await page.getByRole('button', { name: 'Notebook', exact: true }).click();
  await page.getByRole('menuitem', { name: 'All notebooks' }).click();
  await expect(page.getByRole('button', { name: 'Start empty' })).toBeVisible();
  expect(await down()).toBe(0);
});

test('letters typed into a cell are text and not commands', async () => {
  await notebook.open(twoCells);
  await press('Enter');
  await editing();
  const before = await cells().count();
  await page.keyboard.type('-- abddmyjk?');
  await expect(selected().locator('.cm-content')).toContainText('abddmyjk?');
  await expect(cells()).toHaveCount(before);
  await press('Escape');
  await expect(selected()).toBeFocused();
});

test('the palette finds a command by a few letters and runs it', async () => {
  await notebook.open(twoCells);
  const before = await cells().count();
  await press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
  await page.keyboard.type('insert text');
  await expect(page.getByRole('option').first()).toContainText('Insert a text cell below');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(cells()).toHaveCount(before + 1);
  await editing();
  await press('Escape', 'd', 'd');
  await expect(cells()).toHaveCount(before);
  // By another word for it, too.
  for (const [word, title] of [
    ['pdf', 'Save a report (HTML) …'],
    ['ipynb', 'Save as a Jupyter notebook'],
    ['duplicate', 'Make a copy of this notebook'],
  ] as const) {
    await press('ControlOrMeta+K');
    await page.keyboard.type(word);
    await expect(page.getByRole('option', { name: title })).toBeVisible();
    await press('Escape');
  }
  await press('ControlOrMeta+K');
  await page.keyboard.type('clone');
  await press('Enter');
  await expect(page.getByLabel('Title of the notebook')).toHaveValue(/ \(copy\)$/);
  await expect(cells()).toHaveCount(before);
});

test('the palette closes with Escape and gives the keyboard back', async () => {
  await notebook.open(twoCells);
  await press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const before = await cells().count();
  await press('b');
  await expect(cells()).toHaveCount(before + 1);
  await editing();
  await press('Escape', 'd', 'd');
});

test('the shortcuts are listed under the question mark, also where a button has the focus', async () => {
  await notebook.open(twoCells);
  await page.getByRole('button', { name: 'Run all' }).focus();
  await press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  for (const title of [
    'Run the cell and go to the next',
    'Delete the cell',
    'Find a command',
    'Change the cell to text',
    'Rename a name in every cell',
  ]) {
    await expect(dialog.getByText(title)).toBeVisible();
  }
  await press('Escape');
  await expect(dialog).toHaveCount(0);
});
