import { expect } from '@playwright/test';
import { listenForTrouble, NotebookPage, test } from '../tools/notebook-page';

test.describe.configure({ timeout: 180_000 });

test('marketing mix runs from the shop’s files to a budget, with the truth beside the estimate', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await page.getByRole('button', { name: /^Marketing mix/ }).click();
  for (const id of ['weekly', 'feasts', 'prepared']) await notebook.expectState(id, 'ok');
  await expect(notebook.cell('compare')).toHaveClass(/\bok\b/, { timeout: 120_000 });
  await notebook.rest();
  expect(await page.locator('section.cell:is(.error, .blocked, .stale, .cancelled)').count()).toBe(0);

  await expect(notebook.output('report').locator('svg')).toHaveCount(7);
  await expect(notebook.output('report')).toContainText(/Search brought €\d\.\d\d for each euro/);
  await expect(notebook.output('scenarios')).toContainText(/beats lately \d+ times in 100/);
  const beside = await notebook.rows('compare');
  expect(beside.map(([channel]) => channel)).toEqual(['search', 'social', 'display', 'radio', 'leaflets']);

  const before = await notebook.output('plan').locator('svg').innerHTML();
  await notebook.output('change').getByRole('slider').fill('20');
  await expect(notebook.output('plan')).toContainText('+20 % money');
  expect(await notebook.output('plan').locator('svg').innerHTML()).not.toBe(before);
  expect(trouble).toEqual([]);
});
