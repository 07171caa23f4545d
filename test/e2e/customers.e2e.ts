import { expect } from '@playwright/test';
import { listenForTrouble, NotebookPage, test } from '../tools/notebook-page';

test.describe.configure({ timeout: 120_000 });

const FAULTY = 'section.cell:is(.error, .blocked, .stale, .cancelled)';

test('customer value runs from the shop’s orders to a list, and follows its controls', async ({ page, site }) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await page.getByRole('button', { name: /^Customer value/ }).click();
  await expect(notebook.cell('compare')).toHaveClass(/\bok\b/, { timeout: 60_000 });
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  await expect(notebook.output('fit')).toContainText(/Of 9,\d{3} customers, about [\d,]+ are still there/);
  await expect(notebook.output('matrix').locator('figure')).toHaveCount(1);
  await expect(notebook.output('tracking')).toContainText(/the model expected \d+ % (fewer|more) repeat orders/);

  const before = await notebook.output('worth').textContent();
  await notebook.output('margin').getByRole('slider').fill('30');
  await expect(notebook.output('worth')).not.toHaveText(before!);
  expect(trouble).toEqual([]);
});

test('retention runs from the shop’s orders to whom to remind, and shows revenue when asked', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await page.getByRole('button', { name: /^Retention cohorts/ }).click();
  await expect(notebook.cell('compare')).toHaveClass(/\bok\b/, { timeout: 60_000 });
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  for (const id of ['heatmap', 'change', 'curves', 'cox']) {
    await expect(notebook.output(id).locator('figure')).toHaveCount(1);
  }
  await expect(notebook.output('advice')).toContainText(/Remind \d+ customers who bought once/);
  await notebook.output('what').getByRole('combobox').selectOption('revenue');
  await expect(notebook.output('heatmap')).toContainText('Revenue of each month’s new customers');
  expect(trouble).toEqual([]);
});

for (const { name, advice, change } of [
  { name: 'Churn score', advice: /Write to [\d,]+ customers/, change: 'What a letter with its offer costs (€)' },
  { name: 'Lead score', advice: /Look after \d+ leads/, change: 'What looking after one lead costs (€)' },
]) {
  test(`${name} runs from the shop’s orders to a list with reasons, and follows its terms`, async ({ page, site }) => {
    const trouble = listenForTrouble(page);
    const notebook = new NotebookPage(page);
    await notebook.visit(site.url);
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await expect(notebook.cell('compare')).toHaveClass(/\bok\b/, { timeout: 60_000 });
    await expect(notebook.cell('card')).toHaveClass(/\bok\b/, { timeout: 60_000 });
    await notebook.rest();
    expect(await page.locator(FAULTY).count()).toBe(0);
    for (const id of ['calibration', 'reasons', 'gains', 'one']) {
      await expect(notebook.output(id).locator('figure')).toHaveCount(1);
    }
    await expect(notebook.output('advice')).toContainText(advice);
    await expect(notebook.output('list')).toContainText('first reason');
    await expect(notebook.output('card')).toContainText(`Model card: ${name}`);

    const before = await notebook.output('threshold').textContent();
    await notebook.output('terms').getByLabel(change).fill('2.5');
    // What takes long to follow waits to be asked for.
    await notebook.cell('threshold').getByRole('button', { name: 'Run cell' }).click();
    await expect(notebook.output('threshold')).not.toHaveText(before!);
    expect(trouble).toEqual([]);
  });
}
