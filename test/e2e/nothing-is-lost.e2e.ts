import { expect, type BrowserContext, type Page } from '@playwright/test';
import { csvFile, md, notebookText, NotebookPage, sql, tellWhatWasShown, test, ts } from '../tools/notebook-page';

let context: BrowserContext;
let page: Page;
let notebook: NotebookPage;

/** A reader's own browser, where files are saved as downloads. */
async function reader(browser: import('@playwright/test').Browser): Promise<BrowserContext> {
  const made = await browser.newContext();
  await made.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  return made;
}

test.beforeEach(async ({ browser, site }) => {
  context = await reader(browser);
  page = await context.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(async ({ browserName: _ }, info) => {
  await tellWhatWasShown(page, info);
  await context.close();
});

const saved = () => expect(page.getByText('Saved in this browser')).toBeVisible();
const recent = (title: string) => page.getByRole('button', { name: new RegExp(`^${title}\\b`) });

test('what is typed is there after a reload, and several notebooks are listed and reopened', async () => {
  await page.getByRole('button', { name: 'Start empty' }).click();
  await page.getByRole('textbox', { name: 'Title of the notebook' }).fill('First');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Source of cell 1' }).click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type('SELECT 41 + 1 AS answer');
  await saved();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Source of cell 1' })).toHaveText('SELECT 41 + 1 AS answer');

  await notebook.goHome();
  await notebook.open(notebookText('Second', [md('Other words')]));
  await saved();
  await notebook.goHome();
  await expect(recent('First')).toBeVisible();
  await recent('Second').click();
  await expect(page.getByText('Other words')).toBeVisible();

  // Whoever removes them by keyboard stays in the list, and comes to what begins a new one when it is empty.
  await notebook.goHome();
  const remove = (title: string) => page.getByRole('button', { name: `Remove ${title} from this browser` });
  await remove('Second').press('Enter');
  await expect(remove('First')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Open a file or a notebook' })).toBeFocused();
});

test('the first key typed into a cell is kept although the editor is not there yet', async () => {
  await page.getByRole('button', { name: 'Start empty' }).click();
  await page.getByRole('textbox', { name: 'Source of cell 1' }).click();
  await page.keyboard.type('dd SELECT');
  await expect(page.locator('.cm-content')).toHaveText('dd SELECT');
  await expect(page.locator('section.cell')).toHaveCount(1);
});

test('edits, moves and deletions of cells are undone and done again by keyboard', async () => {
  await notebook.open(notebookText('Undo', [sql('one', 'SELECT 1'), sql('two', 'SELECT 2'), sql('three', 'SELECT 3')]));
  const order = () => page.locator('section.cell').evaluateAll((cells) => cells.map((cell) => cell.id).join(' '));
  const source = (id: string) => notebook.cell(id).getByRole('textbox', { name: /^Source of cell/ });
  await notebook.write('one', 'SELECT 10');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+ArrowDown');
  expect(await order()).toBe('two one three');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  expect(await order()).toBe('two three');

  await page.keyboard.press('z');
  await expect.poll(order).toBe('two one three');
  await page.keyboard.press('z');
  await expect.poll(order).toBe('one two three');
  await page.keyboard.press('z');
  await expect(source('one')).toHaveText('SELECT 1');
  for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+Z');
  await expect.poll(order).toBe('two three');
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(order).toBe('two one three');
  await expect(source('one')).toHaveText('SELECT 10');
});

test('a second tab on one notebook is told and does not overwrite it', async ({ site }) => {
  await notebook.open(notebookText('Shared', [sql('one', 'SELECT 1')]));
  await saved();
  const other = new NotebookPage(await context.newPage());
  await other.visit(site.url);
  await other.page.getByRole('button', { name: /^Shared/ }).click();
  await expect(other.page.getByText('This notebook is open in another tab')).toBeVisible();
  await other.edit('one');
  await other.page.keyboard.type(' + 1');

  await notebook.write('one', 'SELECT 2');
  await saved();
  await other.page.close();
  await page.reload();
  await expect(notebook.cell('one').getByRole('textbox', { name: /^Source/ })).toHaveText('SELECT 2');

  const third = new NotebookPage(await context.newPage());
  await third.visit(site.url);
  await third.page.getByRole('button', { name: /^Shared/ }).click();
  await third.page.getByRole('button', { name: 'Take it over' }).click();
  await expect(third.page.getByText('Saved in this browser')).toBeVisible();
  await expect(page.getByText('Another tab took this notebook over')).toBeVisible();
});

test('a colleague opens the saved file: nothing runs until asked, and the data is asked for by name', async ({
  browser,
  site,
}) => {
  await notebook.open(
    notebookText('Weekly café', [
      sql('total', 'SELECT sum(revenue) AS total FROM sales'),
      ts('more', 'total.at(0).total * 2'),
      md('Text with `code`\r\nand a line.'),
    ]),
  );
  await notebook.drop(csvFile('sales.csv', 'day,revenue\n2024-01-01,10\n2024-01-02,32\n'));
  await expect(page.getByRole('region', { name: 'sales.csv' })).toContainText('2 rows');
  await notebook.runAll();
  await notebook.expectRows('total', [['42']]);
  await saved();
  const file = await notebook.download(() => notebook.menu('Share', /Save the notebook/));
  expect(file.name).toBe('Weekly café.nb.md');
  expect(file.bytes.toString()).not.toContain('2024-01-01');

  const colleagues = await reader(browser);
  const colleague = new NotebookPage(await colleagues.newPage());
  await colleague.visit(site.url);
  await colleague.drop({ name: file.name, mimeType: 'text/markdown', buffer: file.bytes });
  const asksFor = colleague.page.getByText(/^This notebook reads sales\.csv, which is not here/);
  await expect(colleague.runNotebook).toBeVisible();
  await expect(colleague.page.getByText('It cannot send anything anywhere.')).toBeVisible();
  await expect(colleague.cell('total')).toHaveClass(/stale|blocked/);
  await expect(colleague.cell('total').locator('.output')).toHaveCount(0);
  await expect(asksFor).toContainText('with its columns: day, revenue');

  const again = await colleague.download(() => colleague.menu('Share', /Save the notebook/));
  expect(again.bytes.equals(file.bytes)).toBe(true);

  await colleague.runNotebook.click();
  await colleague.rest();
  await colleague.expectState('total', 'blocked');
  await expect(asksFor).toBeVisible();
  await colleague.drop(csvFile('sales.csv', 'day,revenue\n2024-02-01,1\n2024-02-02,2\n'));
  await expect(asksFor).toHaveCount(0);
  await colleague.expectRows('total', [['3']]);
  await expect(colleague.output('more')).toContainText('6');
  await colleagues.close();
});

test('a broken file opens with its text whole and the error pointed at', async () => {
  await notebook.choose({
    name: 'broken.nb.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('---\nnotebook: 1\ntitle: [oops\n---\nSome words\n\n```sql id=a\nSELECT 1\n'),
  });
  await expect(page.getByText('Some words')).toBeVisible();
  await expect(page.getByText('SELECT 1')).toBeVisible();
  await expect(notebook.toast(/line \d/i).first()).toBeVisible();
});
