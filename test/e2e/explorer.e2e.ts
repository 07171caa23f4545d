import { expect } from '@playwright/test';
import { notebookText, NotebookPage, sql, test } from '../tools/notebook-page';
import { ALL_LOOKS, axeFindings, NARROW, WIDE } from '../tools/axe';

/** A million rows, with whole rows and keys that occur twice. */
const ORDERS = `SELECT i % 999000 AS order_no, DATE '2023-01-01' + ((i % 999000) % 1000)::INT AS day,
  CASE WHEN (i % 999000) % 50 = 0 THEN NULL ELSE ['search', 'social', 'e-mail'][1 + (i % 999000) % 3] END AS channel,
  ((i % 999000) % 100)::DOUBLE AS revenue, 3 * ((i % 999000) % 100) + (i % 999000) % 7 AS margin FROM range(1000000) t(i)`;

test('a table of a million rows is explored by its bars, by keyboard, and the filter becomes a cell', async ({
  page,
  site,
}) => {
  test.setTimeout(240_000);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openAndRun(notebookText('Explored', [sql('orders', ORDERS)]));
  await notebook.cell('orders').focus();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('Explore orders');
  await page.keyboard.press('Enter');
  const explorer = page.getByRole('dialog', { name: 'Explore orders' });
  const slow = { timeout: 90_000 };
  await expect(explorer.getByRole('status').first()).toHaveText('1,000,000 rows', slow);
  await expect(explorer.getByText('1,000 rows repeat another (1,000 different ones).')).toBeVisible(slow);
  await expect(
    explorer
      .getByRole('region', { name: 'channel' })
      .or(explorer.getByLabel('channel', { exact: true }))
      .first(),
  ).toContainText('2% empty');

  // By keyboard: one stop a column, arrows within it.
  const bars = explorer.getByRole('toolbar', { name: /^Rows by channel/ });
  await bars.getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(bars.getByRole('button', { name: /^empty: 20,0\d\d rows/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(explorer.getByRole('status').first()).toHaveText(/^20,0\d\d of 1,000,000 rows$/, slow);
  await bars.getByRole('button', { name: /^search/ }).click();
  const revenue = explorer.getByRole('toolbar', { name: /^Rows by revenue/ });
  await revenue.getByRole('button', { name: /^0 to below/ }).click();
  await expect(explorer.getByRole('button', { name: 'Remove the filter channel: empty or search' })).toBeVisible();
  const passing = explorer.getByRole('status').first();
  await expect(passing).toHaveText(/^\d{2},\d{3} of 1,000,000 rows$/, slow);
  await expect(explorer.getByText('Working it out …')).toHaveCount(0, slow);
  expect(await axeFindings(page, ALL_LOOKS)).toEqual([]);
  await page.setViewportSize(NARROW);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.setViewportSize(WIDE);
  await explorer
    .getByRole('group', { name: /no two rows/ })
    .getByRole('button', { name: 'order_no' })
    .click();
  await expect(explorer.getByText(/rows repeat one of .* keys/)).toBeVisible(slow);

  const rows = (await passing.textContent())!.split(' ')[0]!;
  await explorer.getByRole('button', { name: 'Make a cell of this filter' }).click();
  await expect(explorer).toBeHidden();
  const cell = page.locator('section.cell').last();
  await expect(cell).toContainText("WHERE (channel IS NULL OR channel = 'search')");
  await expect(cell).toHaveClass(/\bok\b/, slow);
  await expect(cell).toContainText(`${rows} rows`);
  await page.keyboard.press('z');
  await expect(page.locator('section.cell')).toHaveCount(1);
});
