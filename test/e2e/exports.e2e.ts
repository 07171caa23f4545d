import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFile, listenForTrouble, NotebookPage, test } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;
let trouble: string[];

test.beforeEach(async ({ page: kept, site }) => {
  page = kept;
  trouble = listenForTrouble(page);
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(() => expect(trouble).toEqual([]));

const fixture = (name: string) => csvFile(name, readFileSync(join(import.meta.dirname, '../fixtures/exports', name)));
const card = (fileName: string): Locator => page.getByRole('region', { name: fileName, exact: true });

test('the import doctor says what it found and put right; a step that is declined stays so for the next export', async () => {
  await notebook.drop(fixture('google-ads-campaigns.csv'));
  const ads = card('google-ads-campaigns.csv');
  await expect(ads).toContainText('6 rows, 10 columns');
  await expect(ads).toContainText('One row holds totals.');
  await expect(ads).toContainText(/8\.41%.*0\.0841/);
  const [cell] = await page.locator('section.cell').evaluateAll((all) => all.map(({ id }) => id));
  const percent = ads.getByLabel('Read as shares of 1');
  await expect(percent).toBeChecked();
  await percent.uncheck();
  await expect(ads).toContainText('6 rows, 10 columns');
  await notebook.rewrite(cell!, 'SELECT max(ctr) AS ctr, round(sum(cost), 2) AS cost FROM google_ads_campaigns');
  await notebook.expectRows(cell!, [['8.41%', '3,326.17']]);

  const newer = readFileSync(join(import.meta.dirname, '../fixtures/exports/google-ads-campaigns.csv'), 'utf8').replace(
    'Total: Account',
    '2026-01-08,Brand | Bread,EUR,100.00,100,10,1.00,40.00,9.99%,50%\nTotal: Account',
  );
  await notebook.drop(csvFile('google-ads-campaigns.csv', newer));
  const changes = page.getByRole('region', { name: /is now in/ });
  await expect(changes).toContainText('6 → 7 rows (+1)');
  await expect(changes).toContainText('ctr: 8.41% → 9.99%');
  await expect(changes).toContainText('cost: 3,326.17 → 3,426.17 (+3%)');
  await expect(percent).not.toBeChecked();
  await changes.getByRole('button', { name: 'Undo' }).click();
  await notebook.expectRows(cell!, [['8.41%', '3,326.17']]);
});

test('files of one shape become one table with a _file column; a later one joins them, and undo takes it back', async () => {
  const month = (name: string, ...rows: string[]) => csvFile(name, `day,revenue\n${rows.join('\n')}\n`);
  await notebook.drop(
    month('sales_2026_01.csv', '2026-01-05,10', '2026-01-06,4'),
    month('sales_2026_02.csv', '2026-02-01,1'),
  );
  await page.getByRole('button', { name: 'Put them together' }).click();
  const together = page.getByRole('region', { name: /^SQL cell sales_2026/ });
  await expect(together.getByRole('gridcell', { name: 'sales_2026_02.csv' })).toBeVisible();
  await expect(together).toContainText('3 rows');
  await notebook.drop(month('sales_2026_03.csv', '2026-03-01,2'));
  await page.getByRole('button', { name: 'Add it to sales_2026' }).click();
  await expect(together).toContainText('4 rows');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(together).toContainText('3 rows');
  await expect(together.getByRole('gridcell', { name: 'sales_2026_03.csv' })).toHaveCount(0);
});

test('a newer export under another name takes the place of the former one', async () => {
  await notebook.drop(csvFile('orders-jan.csv', 'day,revenue\n2026-01-05,10\n2026-01-06,4\n'));
  await expect(card('orders-jan.csv')).toContainText('2 rows');
  await notebook.drop(csvFile('orders-feb.csv', 'day,revenue\n2026-01-05,10\n2026-01-06,4\n2026-02-01,1\n'));
  await page.getByRole('button', { name: 'Use it in place of orders-jan.csv' }).click();
  await expect(page.getByRole('region', { name: 'orders-feb.csv is now in orders_jan.' })).toContainText(
    '2 → 3 rows (+1)',
  );
  await expect(card('orders-jan.csv')).toHaveCount(0);
  await expect(card('orders-feb.csv').getByLabel('Table name')).toHaveValue('orders_jan');
});

test('columns are recognised, and a template that fits is opened with them once the reader has confirmed', async () => {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const day = new Date(Date.UTC(2025, 0, 1 + ((i * 7) % 360))).toISOString().slice(0, 10);
    return `${4000 + i},${day.split('-').reverse().join('.')},K${(i * 13) % 90},"${10 + (i % 9)},50",${i % 2 ? 'Web' : 'Laden'}`;
  });
  await notebook.drop(
    csvFile('sales.csv', `Bestellnummer,Bestelldatum,Kundennummer,Umsatz,Kanal\n${rows.join('\n')}\n`),
  );
  await expect(card('sales.csv')).toContainText('umsatz is the revenue');
  const dialog = page.getByRole('dialog');
  // Cells of one's own, and the card has no more to offer; the palette has.
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('retention sales');
  await expect(page.getByRole('option', { name: 'Retention cohorts over sales' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('customer')).toHaveValue('kundennummer');
  await page.keyboard.press('Escape');
  await card('sales.csv').getByRole('button', { name: 'Retention cohorts' }).click();
  await expect(dialog.getByLabel('customer')).toHaveValue('kundennummer');
  await expect(dialog.getByLabel('day')).toHaveValue('bestelldatum');
  await dialog.getByRole('button', { name: 'Open and run' }).click();
  await notebook.rest();
  await notebook.expectState('map', 'ok');
  await notebook.expectState('list', 'ok');
  await expect(notebook.output('checked')).toContainText('400 orders until');
  await expect(page.locator('section.cell.error')).toHaveCount(0);
  await expect(notebook.prose('Beside the truth'), 'no other shop’s is known').toHaveCount(0);
});

test('orders and every file of ad spend open a template over all, once the reader has confirmed each', async () => {
  const days = Array.from({ length: 420 }, (_, i) => new Date(Date.UTC(2025, 0, 6 + i)).toISOString().slice(0, 10));
  const orders = days.flatMap((day, i) =>
    [0, 1].map(
      (n) =>
        `${5000 + 2 * i + n},${day},K${Math.floor((2 * i + n) / 3)},${20 + (i % 9)},${n || i % 50 ? 'EUR' : 'CHF'}`,
    ),
  );
  const spent = days.flatMap((day, i) => [`${day},Search,${5 + (i % 3)}`, `${day},Social,${2 + (i % 4)}`]);
  const more = days.map((day, i) => `${day},${1 + (i % 2)}`);
  await notebook.drop(csvFile('ads.csv', `day,channel,cost\n${spent.join('\n')}\n`));
  await expect(card('ads.csv')).toContainText('cost is the cost');
  await expect(card('ads.csv')).toContainText(
    /Drop a file of orders beside it, and you can open (Marketing mix and Weekly performance|Weekly performance and Marketing mix)\./,
  );
  await notebook.drop(
    csvFile('shop.csv', `order_number,order_date,customer_id,revenue,currency\n${orders.join('\n')}\n`),
    csvFile('papers.csv', `day,cost\n${more.join('\n')}\n`),
  );
  await card('shop.csv').getByText('What was found').click();
  await expect(card('shop.csv')).toContainText('more than one currency (EUR in 831 rows, CHF in 9 rows)');
  await expect(card('ads.csv').getByRole('button', { name: 'Marketing mix' })).toBeVisible();
  await card('shop.csv').getByRole('button', { name: 'Weekly performance' }).click();
  const dialog = (file: string) => page.getByRole('dialog', { name: new RegExp(`which column of ${file}`) });
  await expect(dialog('shop.csv').getByLabel(/^\s*customer_id/)).toHaveValue('customer_id');
  await expect(dialog('shop.csv').getByLabel(/^\s*customer_id/)).toHaveAccessibleDescription(/Who bought/);
  await dialog('shop.csv').getByRole('button', { name: 'Open and run' }).click();
  for (const file of ['ads.csv', 'papers.csv']) {
    await expect(dialog(file).getByLabel(/^\s*spend/)).toHaveValue('cost');
    await expect(dialog(file)).toContainText('To leave this file out');
    await dialog(file).getByRole('button', { name: 'Open and run' }).click();
  }
  await notebook.rest();
  await notebook.expectState('trend', 'ok');
  await notebook.expectState('repeat', 'ok');
  await expect(page.locator('section.cell:is(.error, .blocked)')).toHaveCount(0);
  await expect(notebook.prose('Only amounts in EUR are counted')).toBeVisible();
  // The last week's days 413 to 419: search and social, and the papers.
  const last = [413, 414, 415, 416, 417, 418, 419];
  const week = last.reduce((sum, i) => sum + 5 + (i % 3) + 2 + (i % 4) + 1 + (i % 2), 0);
  await expect(notebook.prose(`€${week} advertising`)).toBeVisible();
});
