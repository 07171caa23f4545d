import { expect } from '@playwright/test';
import { csvFile, listenForTrouble, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';

const HEADER = 'order_id,day,revenue,spend\n';
const GOOD = csvFile('orders.csv', `${HEADER}1,2026-01-05,10,5\n2,2026-01-31,30,5\n3,2026-02-28,60,15\n`);
const BAD = csvFile('orders.csv', `${HEADER}1,2026-01-05,10,5\n2,2026-01-31,30,5\n2,2026-02-28,60,15\n`);
const METRIC = 'from: orders\nnumerator: sum(revenue)\ndenominator: sum(spend)\ndate: day\ntarget: at least 5';
const NOTEBOOK = `${notebookText('Checked', [
  sql('total', 'SELECT sum(revenue) AS revenue FROM orders'),
  sql('returns', 'SELECT order_id, roas() AS roas FROM orders GROUP BY ALL ORDER BY 1'),
  ts('latest', 'roas.at(-1).value'),
])}
\`\`\`check id=holds
orders.order_id is unique
sum(orders.revenue) = sum(total.revenue)
\`\`\`

\`\`\`metric id=m1 name=roas
${METRIC}
\`\`\`
`;

test('a drop that breaks a check turns it red and holds back what reads the table; a metric is the ratio of sums everywhere', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.open(NOTEBOOK);
  await notebook.choose(GOOD);
  await expect(notebook.toast(/orders: 3 rows/).or(page.getByText('3 rows').first())).toBeVisible();
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectState('holds', 'ok');
  await expect(notebook.output('holds')).toContainText('✓ holds orders.order_id is unique');
  await notebook.expectRows('returns', [
    ['1', '2'],
    ['2', '6'],
    ['3', '4'],
  ]);
  await expect(notebook.output('latest')).toContainText('4');
  await expect(notebook.output('m1')).toContainText('4.00');
  await expect(notebook.output('m1')).toContainText('roas, 2026-02 · ±0.0 % on the month before (4.00)');
  await expect(notebook.output('m1')).toContainText('✗ target missed (at least 5.00)');

  await notebook.choose(BAD);
  await notebook.expectState('holds', 'error');
  await expect(notebook.problem('holds')).toContainText('2 rows share it with another row, such as 2');
  await notebook.expectState('returns', 'blocked');
  await expect(notebook.cell('returns')).toContainText('waits for the check in cell 4');
  const changes = page.getByRole('region', { name: 'orders.csv is now in orders.' });
  await expect(changes).toContainText(/Not worked out from it: returns, Cell 3, Cell 4, roas\. .* of the file before/);
  await expect(changes).not.toContainText('No result says anything else');
  await notebook.expectRows('returns', [
    ['1', '2'],
    ['2', '6'],
    ['3', '4'],
  ]);

  await notebook.choose(GOOD);
  await notebook.expectState('holds', 'ok');
  await notebook.rest();
  await notebook.runAll();
  await notebook.expectState('returns', 'ok');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('Suggest checks');
  await page.keyboard.press('Enter');
  const suggested = page.locator('section.cell.check').first();
  await expect(suggested).toContainText('✓ holds orders has rows');
  await expect(suggested).toContainText('✓ holds orders.order_id is unique');

  await notebook.menu('Notebook', /^Show as an app/);
  await expect(notebook.output('returns')).toBeVisible();
  await expect(notebook.output('returns').getByRole('gridcell').first()).toBeVisible();
  await expect(page.locator('.source, .gutter, .insert').filter({ visible: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to the notebook' }).click();
  await expect(notebook.cell('returns').locator('.source')).toBeVisible();
  expect(trouble).toEqual([]);
});
