import { expect } from '@playwright/test';
import { createHash } from 'node:crypto';
import { csvFile, listenForTrouble, md, notebookText, NotebookPage, sql, test } from '../tools/notebook-page';
import { axeFindings, WIDE_LOOKS } from '../tools/axe';

const ORDERS = csvFile('orders.csv', 'day,revenue\n2026-01-01,10\n2026-01-02,32\n');
const NOTEBOOK = notebookText('Weekly sales', [
  md('# Weekly sales'),
  sql('total', 'SELECT sum(revenue) AS revenue FROM orders'),
]);

test('earlier versions are shown by what changed since, and restored; what ran is told and saved as a record', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.open(NOTEBOOK);
  await notebook.choose(ORDERS);
  await expect(notebook.toast(/orders: 2 rows/).or(page.getByText('2 rows').first())).toBeVisible();
  await notebook.runNotebook.click();
  await notebook.expectState('total', 'ok');
  await notebook.rewrite('total', 'SELECT max(revenue) AS most FROM orders');
  await notebook.expectRows('total', [['32']]);
  await notebook.rewrite('total', 'SELECT nothing FROM orders');
  await notebook.expectState('total', 'error');

  await notebook.menu('Notebook', 'Versions of this notebook …');
  const versions = page.getByRole('dialog', { name: 'Versions of this notebook' });
  await versions.getByRole('list', { name: 'Versions, newest first' }).getByRole('button').last().click();
  const changed = versions.getByRole('region', { name: 'SQL total, changed since' });
  await expect(changed.locator('del')).toContainText('SELECT sum(revenue) AS revenue FROM orders');
  await expect(changed.locator('ins')).toContainText('SELECT nothing FROM orders');
  expect(await axeFindings(page, WIDE_LOOKS, 'dialog')).toEqual([]);
  await versions.getByRole('button', { name: 'Restore this version' }).click();
  await expect(notebook.cell('total').locator('.source')).toContainText('sum(revenue)');
  await notebook.runAll();
  await notebook.expectRows('total', [['42']]);
  await notebook.toast('This is the version of').locator('..').getByRole('button', { name: 'Undo' }).click();
  await expect(notebook.cell('total').locator('.source')).toContainText('nothing');

  await notebook.menu('Notebook', 'Run log …');
  const runs = page.getByRole('dialog', { name: 'Run log' });
  const rows = runs.getByRole('row');
  const sha256 = createHash('sha256').update(ORDERS.buffer).digest('hex');
  await expect(rows.nth(1)).toContainText('total');
  await expect(rows.nth(1)).toContainText(`orders.csv ${sha256.slice(0, 8)}`);
  await expect(rows.filter({ hasText: 'failed' })).toContainText('nothing');
  expect(await axeFindings(page, WIDE_LOOKS, 'dialog')).toEqual([]);
  const { name, bytes } = await notebook.download(() => runs.getByRole('button', { name: 'Save as JSON' }).click());
  expect(name).toBe('Weekly sales runs.json');
  const record = JSON.parse(bytes.toString()) as { runs: Record<string, unknown>[] };
  expect(record.runs[0]).toMatchObject({ kind: 'file', id: 'orders.csv', rows: 2, outcome: 'ok' });
  expect(record.runs.at(-1)).toMatchObject({
    kind: 'sql',
    name: 'total',
    outcome: 'ok',
    rows: 1,
    data: [{ file: 'orders.csv', table: 'orders', rows: 2, sha256 }],
    source: createHash('sha256').update('SELECT sum(revenue) AS revenue FROM orders').digest('hex'),
  });
  const { bytes: csv } = await notebook.download(() => runs.getByRole('button', { name: 'Save as CSV' }).click());
  expect(csv.toString().trimEnd().split('\r\n')).toHaveLength(record.runs.length + 1);
  expect(trouble).toEqual([]);
});
