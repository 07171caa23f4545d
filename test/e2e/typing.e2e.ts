import { expect, type Page } from '@playwright/test';
import { csv, notebookText, NotebookPage, sql, tellWhatWasShown, test, ts } from '../tools/notebook-page';
import { servePage, type Served } from '../tools/serve';

let page: Page;
let notebook: NotebookPage;
let site: Served;

test.beforeAll(async ({ browser }) => {
  // Its own: others' pages have asked the shared one for the service.
  site = await servePage();
  page = await browser.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openAndRun(
    notebookText('Typed', [
      csv('sales', 'town,revenue\nGent,10\nBrugge,5'),
      sql('weekly', 'SELECT town, revenue * 2 AS double_revenue FROM sales'),
      ts('made', 'const total = weekly.length'),
      ts('used', 'total + 1'),
      sql('told', 'SELECT ${total} AS n'),
    ]),
  );
});
/** It is fetched when the first TypeScript cell is edited, and not before. */
const isService = (path: string): boolean => path.includes('typing-worker');

test.afterEach(({ browserName: _ }, info) => tellWhatWasShown(page, info));
test.afterAll(async () => {
  await page.close();
  await site.close();
});

test('completion lists the columns of an SQL result, and says what one is', async () => {
  expect(site.requests.filter(isService)).toEqual([]);
  await notebook.write('made', 'const total = weekly[0]');
  await page.keyboard.type('.');
  const offers = page.locator('.cm-tooltip-autocomplete li');
  await expect(offers).toHaveText(['double_revenue', 'town']);
  await expect(offers.first()).toBeInViewport();
  const told = page.locator('.cm-completionInfo');
  await expect(told).toContainText('double_revenue: number');
  await expect(told).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(notebook.editor('made')).toHaveText('const total = weekly[0].double_revenue');
  expect(site.requests.filter(isService)).toHaveLength(1);
  // What is kept for going offline has it too.
  expect(await (await page.request.get(`${site.url}sw.js`)).text()).toContain('typing-worker');
});

test('a misspelt column is underlined before anything runs, and a click puts in what was meant', async () => {
  await notebook.write('made', 'const total = weekly[0].double_revnue');
  const mark = notebook.editor('made').locator('.cm-lintRange-error');
  await expect(mark).toHaveText('double_revnue');
  await notebook.expectState('made', 'stale');
  await mark.hover();
  await expect(page.locator('.cm-diagnostic')).toContainText(
    'weekly has no column double_revnue. Did you mean double_revenue?',
  );
  await page.getByRole('button', { name: 'Use double_revenue' }).click();
  await expect(notebook.editor('made')).toHaveText('const total = weekly[0].double_revenue');
  await expect(mark).toHaveCount(0);
});

test('hovering tells a type, and a call under way its signature', async () => {
  await notebook.write('made', 'const total = weekly[0].double_revenue');
  await notebook
    .editor('made')
    .locator('.cm-line')
    .hover({ position: { x: 75, y: 10 } });
  await expect(page.locator('.cm-tooltip-hover')).toContainText('const total: number');
  await page.keyboard.press('End');
  await page.keyboard.type(' + levain.mean(');
  await expect(page.locator('.cm-signature')).toContainText('mean(');
  await page.keyboard.press('Escape');
});

test('F2 renames a name in TypeScript, SQL and wherever it is read, and refuses one that is taken', async () => {
  await notebook.write('made', 'const total = weekly[0].double_revenue');
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F2');
  const field = page.getByLabel('New name of total');
  await expect(field).toBeFocused();
  await field.fill('weekly');
  await field.press('Enter');
  await expect(page.getByText('There is already something called weekly.')).toBeVisible();
  await field.fill('first_week');
  await field.press('Enter');
  await expect(notebook.editor('made')).toHaveText('const first_week = weekly[0].double_revenue');
  await expect(notebook.cell('used')).toContainText('first_week + 1');
  await expect(notebook.cell('told')).toContainText('SELECT ${first_week} AS n');
});

test('F12 goes to the cell that defines a name', async () => {
  await notebook.edit('used');
  await page.keyboard.press('Home');
  await page.keyboard.press('F12');
  await expect(notebook.cell('made')).toBeFocused();
});

test('SQL completes behind an alias and tells functions, and marks a misspelt column without running', async () => {
  await notebook.write('told', 'SELECT s FROM sales s');
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.type('.');
  const offers = page.locator('.cm-tooltip-autocomplete li');
  await expect(offers).toHaveText(['revenueBIGINT, in s', 'townVARCHAR, in s']);
  await notebook.write('told', 'SELECT date_tru');
  await page.keyboard.type('n');
  await expect(offers.first()).toHaveText('date_trunc(part, timestamp)');
  await page.keyboard.press('Escape');

  await notebook.write('told', 'SELECT sum(revenu) AS n FROM sales');
  const mark = notebook.editor('told').locator('.cm-lintRange-error');
  await expect(mark).toHaveText('revenu');
  await notebook.expectState('told', 'stale');
  await mark.hover();
  await page.getByRole('button', { name: 'Use revenue' }).click();
  await expect(notebook.editor('told')).toHaveText('SELECT sum(revenue) AS n FROM sales');
  await expect(mark).toHaveCount(0);
});

test('hovering in SQL tells what a column is, a table holds and a function does', async () => {
  await notebook.write('told', 'SELECT max(revenue) AS n FROM sales');
  const told = page.locator('.cm-tooltip-hover');
  const over = async (word: string): Promise<void> => {
    await page.mouse.move(0, 0);
    const at = await notebook
      .editor('told')
      .locator('.cm-line')
      .evaluate((line, word) => {
        const range = document.createRange();
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const index = walker.currentNode.textContent!.indexOf(word);
          if (index < 0) continue;
          range.setStart(walker.currentNode, index);
          range.setEnd(walker.currentNode, index + word.length);
        }
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }, word);
    await page.mouse.move(at.x, at.y);
  };
  await over('revenue');
  await expect(told).toHaveText('revenue: BIGINT, in sales');
  await over('sales');
  await expect(told).toContainText('sales: 2 columns');
  await expect(told).toContainText('town VARCHAR');
  await over('max');
  await expect(told).toContainText('max(');
});

test('F12 in SQL goes to the cell of a table, and F2 renames it in every cell', async () => {
  await notebook.write('told', 'SELECT revenue FROM sales');
  await page.keyboard.press('F12');
  await expect(notebook.cell('sales')).toBeFocused();
  await notebook.edit('told');
  await page.keyboard.press('F2');
  const field = page.getByLabel('New name of sales');
  await field.fill('weekly');
  await field.press('Enter');
  await expect(page.getByText('There is already something called weekly.')).toBeVisible();
  await field.fill('shops');
  await field.press('Enter');
  await expect(notebook.cell('told')).toContainText('SELECT revenue FROM shops');
  await expect(notebook.cell('weekly')).toContainText('FROM shops');
  await expect(notebook.cell('sales')).toHaveAccessibleName(/shops/);
});
