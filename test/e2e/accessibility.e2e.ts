import { expect, type Page } from '@playwright/test';
import { csv, csvFile, md, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';
import { ALL_LOOKS, axeFindings, NARROW, WIDE, type Look } from '../tools/axe';

let page: Page;
let notebook: NotebookPage;

/** Two of the looks have every width and every colour. */
const TWO_LOOKS: readonly Look[] = [
  [WIDE, 'light'],
  [NARROW, 'dark'],
];

test.beforeEach(async ({ page: kept, site }) => {
  page = kept;
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});

async function findings(view: string, looks = ALL_LOOKS): Promise<string[]> {
  return (await axeFindings(page, looks)).map((line) => `${view}, ${line}`);
}

/** Whether the page is wider than the window: then a reader on a phone has to push it about. */
async function overflow(): Promise<number> {
  await page.setViewportSize(NARROW);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.setViewportSize(WIDE);
  return over;
}

test('axe finds nothing on the empty page', async () => {
  expect(await findings('empty')).toEqual([]);
  expect(await overflow()).toBe(0);
});

test('axe finds nothing on a notebook that has not run, has run, and is in error', async () => {
  const text = notebookText('Accessible', [
    md('# A heading\n\nWords with a [link](https://example.com), `code` and **{{ total.at(0).total }}**.'),
    csv('sales', 'town,revenue\nGent,10\nBrugge,32'),
    sql('total', 'SELECT sum(revenue) AS total FROM sales'),
    ts(
      'control',
      "const least = input.slider([0, 10], { label: 'At least' });\nconst town = input.select(['Gent', 'Brugge'], { label: 'Town' });",
    ),
    ts('chart', "levain.bars(sales, { x: 'revenue', y: 'town', title: 'Revenue by town' })"),
    ts('value', "display({ some: ['value'] });\nconsole.log('said');"),
  ]);
  await notebook.open(text);
  expect(await findings('not run', TWO_LOOKS)).toEqual([]);
  await notebook.drop(csvFile('ragged.csv', 'a,b\n1,2\n3,4,5\n6,7\n'));
  await expect(page.getByRole('region', { name: 'ragged.csv', exact: true })).toContainText('2 rows');
  await notebook.runAll();
  for (const id of ['total', 'control', 'chart', 'value']) await notebook.expectState(id, 'ok');
  expect(await findings('run')).toEqual([]);
  expect(await overflow()).toBe(0);
  await notebook.rewrite('total', 'SELECT sum(revenu) AS total FROM sales');
  await notebook.expectState('total', 'error');
  expect(await findings('error', TWO_LOOKS)).toEqual([]);
});

test('axe finds nothing on the palette, the shortcuts, the find bar and the side panel', async () => {
  await notebook.openAndRun(
    notebookText('Panels', [md('# Heading'), sql('one', 'SELECT 1 AS n'), sql('two', 'FROM one')]),
  );
  await page.locator('section.cell').first().focus();
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await findings('palette', TWO_LOOKS)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('section.cell').first().focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  expect(await findings('shortcuts', TWO_LOOKS)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('section.cell').first().focus();
  await page.keyboard.press('ControlOrMeta+Shift+F');
  await page.getByLabel('Find', { exact: true }).fill('one');
  await expect(page.getByLabel('Replace with')).toBeVisible();
  expect(await findings('find', TWO_LOOKS)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  for (const name of ['Outline', 'Graph', 'Data']) {
    await page.getByRole('tab', { name }).click();
    expect(await findings(`panel ${name}`, TWO_LOOKS)).toEqual([]);
  }
});

test('those who do not see the page hear how the cells stand', async () => {
  await notebook.openAndRun(notebookText('Heard', [sql('one', 'SELECT 1 AS n'), sql('two', 'SELECT n FROM one')]));
  const heard = page.getByRole('status').filter({ hasText: /cells?\b|:/ });
  await expect(heard.filter({ hasText: 'All cells are up to date.' })).toHaveCount(1);
  await expect(heard.filter({ hasText: 'All cells are up to date.' })).toHaveAttribute('aria-live', 'polite');
  await notebook.rewrite('one', 'SELECT m AS n');
  await expect(heard.filter({ hasText: 'one: error. 1 cell is blocked.' })).toHaveCount(1);
  await expect(notebook.cell('two')).toHaveAccessibleName('SQL cell two, blocked: waits for one');
});
