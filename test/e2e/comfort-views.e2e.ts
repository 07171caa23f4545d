import { expect, type Page } from '@playwright/test';
import { md, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';
import { axeFindings } from '../tools/axe';

let page: Page;
let notebook: NotebookPage;

// Settings are the browser's: a page of its own for each.
test.use({ fresh: true });
test.beforeEach(async ({ page: own, site }) => {
  page = own;
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openAndRun(
    notebookText('Views', [
      md('# Views'),
      sql('sales', 'SELECT range * 1000.5 AS revenue FROM range(1, 4)'),
      sql('total', 'SELECT sum(revenue) AS total FROM sales'),
      ts('twice', 'const twice = total[0].total * 2'),
    ]),
  );
});

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
test('the graph tells what a cell needs, what needs it, how long it took, and why it is stale', async () => {
  await page.getByRole('tab', { name: 'Graph' }).click();
  const entry = (name: string) => page.getByRole('tabpanel').locator('button.entry', { hasText: name });
  const about = (name: string) => page.getByRole('region', { name, exact: true });
  await entry('total').click();
  await expect(about('total')).toContainText(/up to date, took .*s/);
  await expect(about('total')).toContainText(/Needs\s*sales\s*Needed by\s*twice/);
  await notebook.write('sales', 'SELECT 1 AS revenue');
  await expect(about('total')).toContainText('stale: sales changed');
  expect(await axeFindings(page)).toEqual([]);
  await about('total').getByRole('button', { name: 'sales' }).click();
  await about('sales').getByRole('button', { name: 'Go to it' }).click();
  await expect(notebook.cell('sales')).toBeFocused();
});

test('the palette leads to cells and to help, whose example becomes a cell that runs', async () => {
  await notebook.cell('sales').focus();
  await press('ControlOrMeta+k');
  await page.keyboard.type('twice');
  await press('Enter');
  await expect(notebook.cell('twice')).toBeFocused();
  await press('ControlOrMeta+k');
  await page.keyboard.type('levain.mean');
  await expect(page.getByRole('option').first()).toContainText('levain.mean');
  await press('Enter');
  const help = page.getByRole('dialog', { name: 'Functions of levain' });
  await expect(help.locator('details[open]')).toContainText('levain.mean');
  expect(await axeFindings(page)).toEqual([]);
  await help.locator('details[open]').getByRole('button', { name: 'Insert as a cell' }).click();
  const cell = page.locator('section.cell').last();
  await expect(cell).toContainText('levain.mean(');
  await press('ControlOrMeta+Enter');
  await expect(cell).toHaveClass(/\bok\b/);
});

test('settings hold at once and are kept: locale, density, autorun and keys', async () => {
  await notebook.cell('sales').focus();
  await press('ControlOrMeta+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByLabel('Numbers and dates').selectOption('de-DE');
  await dialog.getByLabel('Density').selectOption('compact');
  await dialog.getByLabel('Run what depends on a change').uncheck();
  await dialog.getByText('Keys', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Duplicate the cell: Alt+Shift+ArrowDown. Change' }).click();
  await press('m');
  await expect(dialog.getByRole('status')).toContainText('Change the cell to text');
  await expect(dialog).toContainText(/The database in this page is DuckDB 1\.\d+\.\d+, without extensions\./);
  expect(await axeFindings(page)).toEqual([]);
  await press('Escape');
  await notebook.expectRows('sales', [['1.000,5'], ['2.001,0'], ['3.001,5']]);
  await expect(page.locator('html')).toHaveAttribute('data-compact');

  await notebook.rewrite('sales', 'SELECT 2 AS revenue');
  await notebook.expectState('sales', 'ok');
  await notebook.expectState('total', 'stale');
  await press('Escape', 'm');
  await expect(page.locator('section.cell')).toHaveCount(5);
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-compact');
  await notebook.cell('sales').focus();
  await press('m');
  await expect(page.locator('section.cell')).toHaveCount(6);
});
