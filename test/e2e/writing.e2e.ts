import { expect, type Page } from '@playwright/test';
import { md, notebookText, NotebookPage, sql, tellWhatWasShown, test } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

test.beforeEach(async ({ browser, site }) => {
  page = await browser.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(async ({ browserName: _ }, info) => {
  await tellWhatWasShown(page, info);
  await page.close();
});

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const source = (id: string) => notebook.cell(id).getByRole('textbox', { name: /^Source of cell/ });

test('find goes through all cells, shows what is folded, and replaces everywhere as one step', async () => {
  await notebook.open(
    notebookText('Find', [
      sql('one', 'SELECT 1 AS sales, 2 AS Sales_tax'),
      md('The **sales** of a year.'),
      sql('two', 'SELECT sales FROM one'),
    ]),
  );
  await notebook.cell('one').focus();
  await press('ControlOrMeta+f');
  const bar = page.getByRole('search', { name: 'Find in all cells' });
  await expect(bar.getByLabel('Find', { exact: true })).toBeFocused();
  await page.keyboard.type('sales');
  await expect(bar.getByRole('status')).toHaveText('1 of 4');
  await bar.getByRole('button', { name: 'Whole words' }).click();
  await expect(bar.getByRole('status')).toHaveText('1 of 3');
  await bar.getByLabel('Find', { exact: true }).focus();
  await press('Enter');
  await expect(bar.getByRole('status')).toHaveText('2 of 3');
  // The text of prose is shown while the reader is at a match in it; the keyboard stays in the bar.
  await expect(page.getByText('The **sales** of a year.')).toBeVisible();
  await expect(bar.getByLabel('Find', { exact: true })).toBeFocused();
  expect(await page.evaluate(() => CSS.highlights.get('found-current')?.size)).toBe(1);

  await press('ControlOrMeta+Shift+f');
  await bar.getByLabel('Replace with').fill('revenue');
  await bar.getByRole('button', { name: 'Replace all' }).click();
  await expect(source('one')).toHaveText('SELECT 1 AS revenue, 2 AS Sales_tax');
  await expect(source('two')).toHaveText('SELECT revenue FROM one');
  await expect(page.getByText('The revenue of a year.')).toBeVisible();
  await expect(notebook.toast('Replaced in 3 places, 3 cells.')).toBeVisible();
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect(source('one')).toHaveText('SELECT 1 AS sales, 2 AS Sales_tax');
  await expect(source('two')).toHaveText('SELECT sales FROM one');

  // Escape leaves the reader in the text, with the match selected.
  await bar.getByLabel('Find', { exact: true }).focus();
  await press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type('costs');
  await expect(page.locator('.cm-content')).toContainText('costs');
});

test('several carets write at once, and parts of a text are folded by key', async () => {
  await notebook.open(notebookText('Carets', [sql('one', 'WITH a AS (\n  SELECT 1\n)\nSELECT n, n + n FROM a')]));
  await notebook.edit('one');
  await press('ControlOrMeta+End', 'Home');
  for (let i = 0; i < 7; i++) await press('ArrowRight');
  await press('ControlOrMeta+d', 'ControlOrMeta+d', 'ControlOrMeta+d');
  await page.keyboard.insertText('m');
  await expect(notebook.editor('one')).toContainText('SELECT m, m + m FROM a');
  await press('Escape');
  await expect(notebook.editor('one')).toBeFocused();
  await press('ControlOrMeta+Home', 'Control+Shift+BracketLeft');
  await expect(notebook.editor('one')).toContainText('WITH a AS (…)');
  await press('Control+Shift+BracketRight');
  await expect(notebook.editor('one')).toContainText('SELECT 1');
});
