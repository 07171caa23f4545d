import { expect, type Page } from '@playwright/test';
import { md, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';

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

const cells = () => page.locator('section.cell');
const order = () => cells().evaluateAll((all) => all.map((cell) => cell.id).join(' '));

test('SQL and TypeScript are put in the usual form, and undo takes it back in the editor', async () => {
  await notebook.open(notebookText('Form', [sql('one', 'select 1 as n, ${ 2 } as m'), ts('two', 'const x={a:1 }')]));
  await notebook.edit('one');
  await press('Alt+Shift+F');
  await expect(notebook.editor('one').locator('.cm-line')).toHaveText(['select', '  1 as n,', '  ${ 2 } as m']);
  await press('ControlOrMeta+z');
  await expect(notebook.editor('one')).toHaveText('select 1 as n, ${ 2 } as m');
  await press('Escape', 'ArrowDown');
  await notebook.menu('More', 'Format', notebook.cell('two'));
  await expect(source('two')).toHaveText('const x = { a: 1 }');
});

test('a merge says which cells read the name that goes, and Undo brings it back', async () => {
  await notebook.openAndRun(
    notebookText('Merged', [
      sql('one', 'SELECT 1 AS n'),
      sql('two', 'SELECT 2 AS m'),
      sql('three', 'SELECT n FROM one'),
    ]),
  );
  await notebook.cell('one').focus();
  await press('Shift+M');
  await expect(notebook.toast('one is now called two. 1 cell still reads one.')).toBeVisible();
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect(source('one')).toHaveText('SELECT 1 AS n');
  await expect(cells()).toHaveCount(3);
});

test('cells are copied, cut and pasted, also into another notebook, and nothing of them runs', async () => {
  await notebook.openAndRun(notebookText('From', [sql('one', 'SELECT 1 AS n'), md('Some **words**')]));
  await notebook.cell('one').focus();
  await press('ControlOrMeta+c');
  await expect(notebook.toast('Cell copied.')).toBeVisible();
  await press('ControlOrMeta+v');
  await expect(cells()).toHaveCount(3);
  await expect(cells().nth(1)).toHaveAccessibleName(/^SQL cell one_2/);
  await expect(cells().nth(1)).not.toHaveClass(/\bok\b/);
  await press('ControlOrMeta+x');
  await expect(cells()).toHaveCount(2);
  await expect(notebook.toast('Cell removed.')).toBeVisible();

  await notebook.open(notebookText('To', [sql('first', 'SELECT 2 AS m')]));
  await notebook.cell('first').focus();
  await press('ControlOrMeta+v');
  await expect(cells()).toHaveCount(2);
  await expect(cells().nth(1)).toHaveAccessibleName(/^SQL cell one_2/);
  await expect(cells().nth(1)).toContainText('SELECT 1 AS n');

  // By Jupyter’s keys, prose too; a table that is pasted is still a table.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await notebook.open(notebookText('Words', [md('Some **words**')]));
  await cells().first().focus();
  await press('c', 'v');
  await expect(page.locator('section.cell strong', { hasText: 'words' })).toHaveCount(2);
  await press('x', 'v', 'v');
  await expect(page.locator('section.cell strong', { hasText: 'words' })).toHaveCount(3);
  await page.evaluate(() => navigator.clipboard.writeText('day\trevenue\n2026-01-05\t10\n2026-01-06\t4'));
  await press('v');
  await expect(notebook.toast('The clipboard holds no cell.')).toBeVisible();
  await press('ControlOrMeta+v');
  await expect(page.getByRole('region', { name: /^pasted/ })).toContainText('2 rows');
});

test('cells are split, merged, duplicated and folded by keyboard, and the file keeps what is folded', async () => {
  await notebook.openAndRun(notebookText('Cut', [sql('one', 'SELECT 1 AS n'), sql('two', 'SELECT 2 AS n')]));
  await notebook.edit('two');
  await page.keyboard.insertText(';\n\nSELECT 3 AS n');
  for (let i = 0; i < 'SELECT 3 AS n'.length; i++) await press('ArrowLeft');
  await press('ControlOrMeta+Alt+Enter');
  await expect(cells()).toHaveCount(3);
  await expect(cells().nth(2).locator('.cm-content')).toBeFocused();
  await expect(cells().nth(2).locator('.cm-content')).toHaveText('SELECT 3 AS n');
  await press('Escape', 'ArrowUp', 'Shift+M');
  await expect(cells()).toHaveCount(2);
  await expect(source('two')).toContainText('SELECT 3 AS n');
  await press('Alt+Shift+ArrowDown');
  await expect(cells().nth(2)).toHaveAccessibleName(/^SQL cell two_2/);
  await press('z');
  await expect(cells()).toHaveCount(2);

  await notebook.cell('one').focus();
  await press('h', 'o');
  await expect(source('one')).toHaveCount(0);
  await expect(notebook.output('one')).toHaveCount(0);
  // Without the browser's own dialog the file is handed out as a download.
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  const file = await notebook.download(() => press('ControlOrMeta+s'));
  expect(file.bytes.toString()).toContain('```sql id=one name=one folded folded-output\n');
  await notebook.cell('one').getByRole('button', { name: 'Show output', exact: true }).click();
  await notebook.expectRows('one', [['1']]);
});

test('a cell is dragged by its handle, and Escape ends a drag', async () => {
  await notebook.open(
    notebookText(
      'Drag',
      ['one', 'two', 'three'].map((name) => sql(name, `SELECT '${name}'`)),
    ),
  );
  const drag = async (from: string, to: string): Promise<void> => {
    await notebook.cell(from).hover();
    const grip = (await notebook.cell(from).locator('.grip').boundingBox())!;
    const below = (await notebook.cell(to).boundingBox())!;
    await page.mouse.move(grip.x + 5, grip.y + 10);
    await page.mouse.down();
    await page.mouse.move(grip.x + 5, below.y + below.height - 2, { steps: 4 });
    await expect(page.locator('.drop')).toHaveCount(1);
  };
  await drag('one', 'two');
  await page.mouse.up();
  await expect.poll(order).toBe('two one three');
  await drag('two', 'three');
  await press('Escape');
  await page.mouse.up();
  await expect(page.locator('.drop')).toHaveCount(0);
  expect(await order()).toBe('two one three');
  await press('z');
  await expect.poll(order).toBe('one two three');
});

test('a note shows formulas beside values, with fonts of the page itself and no way out of it', async ({ site }) => {
  await notebook.openAndRun(
    notebookText('Notes', [
      ts('made', 'const roas = 3'),
      md(
        'Paid $5 to $10; $\\frac{revenue}{spend} = {{ roas }}$ and\n\n$$\\sum_i x_i$$\n\n$\\href{https://example.org}{x}$',
      ),
    ]),
  );
  const note = notebook.prose('Paid $5 to $10');
  await expect(note.locator('.math .katex')).toHaveCount(3);
  await expect(note.locator('.math annotation').first()).toHaveText('\\frac{revenue}{spend} = 3');
  await expect(note.locator('a, [href]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  expect(site.requests.filter((path) => path.includes('KaTeX_')).length).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.fonts.check('16px KaTeX_Math'))).toBe(true);
});
