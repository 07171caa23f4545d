import { expect, type BrowserContext, type Page } from '@playwright/test';
import { csvFile, notebookText, NotebookPage, sql, tellWhatWasShown, test } from '../tools/notebook-page';

let context: BrowserContext;
let page: Page;
let notebook: NotebookPage;

test.beforeEach(async ({ browser, site }) => {
  context = await browser.newContext();
  page = await context.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.open(notebookText('Sales', [sql('total', 'SELECT sum(revenue) AS total FROM sales')]));
  await notebook.drop(csvFile('sales.csv', 'town,revenue\nGent,10\nBrugge,32\n'));
  await expect(card('sales.csv')).toContainText('2 rows');
});
test.afterEach(async ({ browserName: _ }, info) => {
  await tellWhatWasShown(page, info);
  await context.close();
});

const card = (name: string) => page.getByRole('region', { name, exact: true });
const asked = () => page.getByText(/^This notebook reads sales\.csv, which is not here/);
const saved = () => expect(page.getByText('Saved in this browser')).toBeVisible();

test('a file that the reader keeps is there after a reload, without asking, and the notebook runs', async () => {
  await page.getByRole('button', { name: 'Keep them' }).click();
  await notebook.runAll();
  await notebook.expectRows('total', [['42']]);
  await saved();

  // While it is on its way it is not called missing.
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('.missing')) document.documentElement.dataset.asked = 'yes';
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true });
  });
  await page.reload();
  await notebook.runAll();
  await notebook.expectRows('total', [['42']]);
  await expect(asked()).toHaveCount(0);
  await expect(page.locator('html')).not.toHaveAttribute('data-asked', 'yes');
  await expect(page.getByRole('button', { name: 'Keep them' })).toHaveCount(0);

  // The answer holds for what comes later, in this notebook and in others.
  await notebook.drop(csvFile('sales.csv', 'town,revenue\nGent,1\nBrugge,2\n'));
  await expect(card('sales.csv')).toContainText('2 rows');
  await saved();
  await page.reload();
  await notebook.runAll();
  await notebook.expectRows('total', [['3']]);
});

test('what is kept is what the notebook reads, also after a newer export was taken back or declined', async () => {
  await page.getByRole('button', { name: 'Keep them' }).click();
  await notebook.runAll();
  const readAgain = async (total: string): Promise<void> => {
    await notebook.expectRows('total', [[total]]);
    await expect(page.getByText('Copying')).toHaveCount(0);
    await saved();
    await page.reload();
    await notebook.runAll();
    await notebook.expectRows('total', [[total]]);
  };
  await notebook.drop(csvFile('sales.csv', 'town,revenue\nGent,1\nBrugge,2\n'));
  await notebook.expectRows('total', [['3']]);
  await page
    .getByRole('region', { name: /is now in/ })
    .getByRole('button', { name: 'Undo' })
    .click();
  await readAgain('42');

  await notebook.drop(csvFile('sales.csv', 'town,turnover\nGent,5\nBrugge,6\n'));
  await page
    .getByRole('dialog', { name: 'sales.csv has other columns' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await expect(notebook.toast('sales.csv stays as it was.')).toBeVisible();
  await readAgain('42');
});

test('a file that is not kept is asked for by its name and columns, and known again by its columns', async () => {
  await page.getByRole('button', { name: 'Ask me for them each time' }).click();
  await notebook.runAll();
  await notebook.expectRows('total', [['42']]);
  await saved();

  await page.reload();
  await expect(asked()).toContainText('by that name or with its columns: town, revenue');
  await notebook.runAll();
  await notebook.expectState('total', 'blocked');
  await notebook.drop(csvFile('towns.csv', 'town,inhabitants\nGent,265086\n'));
  await expect(card('towns.csv')).toContainText('1 row');
  await expect(asked()).toBeVisible();
  await notebook.drop(csvFile('export (3).csv', 'revenue,town\n1,Gent\n4,Brugge\n'));
  await expect(asked()).toHaveCount(0);
  await notebook.expectRows('total', [['5']]);
});

test('a file that was removed from the notebook is not kept either', async () => {
  await page.getByRole('button', { name: 'Keep them' }).click();
  await saved();
  await card('sales.csv').getByRole('button', { name: 'Remove table' }).click();
  await expect(card('sales.csv')).toHaveCount(0);
  await expect(async () => {
    await notebook.runAll();
    await expect(notebook.cell('total')).toHaveClass(/\berror\b/, { timeout: 5_000 });
  }).toPass();
  await saved();
  await page.reload();
  await notebook.runAll();
  await notebook.expectState('total', 'error');
});
