import { expect } from '@playwright/test';
import { listenForTrouble, NotebookPage, test } from '../tools/notebook-page';

test('an empty page says what to do', async ({ page, site }) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await expect(page.getByText('nothing is sent anywhere')).toBeVisible();
  for (const name of ['Open a file or a notebook', 'Paste a table', 'Start empty', /^Try the sample bakery/]) {
    await expect(page.getByRole('button', { name })).toBeVisible();
  }
  await expect(page.getByRole('button', { name: /^Weekly performance What do a sale/ })).toBeVisible();
  expect(trouble).toEqual([]);
});

test('the sample bakery is one click away and runs without an error', async ({ page, site }) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await page.getByRole('button', { name: /^Try the sample bakery/ }).click();
  await expect(page.getByRole('textbox', { name: 'Title of the notebook' })).toHaveValue('Welcome to Levain');
  for (const id of ['weeks', 'place', 'picture', 'sure', 'spend', 'stack']) await notebook.expectState(id, 'ok');
  await notebook.rest();

  await expect(notebook.output('weeks')).toContainText('156 rows');
  expect((await notebook.rows('weeks'))[0]![0]).toContain('2023');
  expect(await notebook.output('picture').locator('svg path').count()).toBeGreaterThan(1);
  expect(await notebook.output('stack').locator('svg rect').count()).toBeGreaterThan(100);
  await expect(notebook.output('sure')).toContainText(
    /An order is worth €\d+\.\d\d \(90 % sure: €\d+\.\d\d to €\d+\.\d\d\)/,
  );
  await expect(notebook.prose('In the last whole week')).toContainText(
    /there were [\d,]+ orders for\s+€[\d,]+, which is\s+€\d+\.\d\d an order/,
  );

  const everywhere = await notebook.rows('weeks');
  await notebook.output('place').getByLabel('Bought').selectOption('web');
  await notebook.expectFollowed('picture', 'bought on the web');
  await notebook.rest();
  const web = await notebook.rows('weeks');
  expect(web[0]![0]).toBe(everywhere[0]![0]);
  expect(web[0]![1]).not.toBe(everywhere[0]![1]);
  expect(await page.locator('section.cell:is(.error, .blocked, .stale)').count()).toBe(0);
  expect(trouble).toEqual([]);
});

test('weekly performance runs without an error', async ({ page, site }) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('Weekly performance');
  const ids = ['days', 'weeks', 'figures', 'change', 'choice', 'trend', 'again', 'repeat'];
  const more = ['credit', 'believe', 'channels', 'table', 'flip'];
  for (const id of [...ids, ...more]) await notebook.expectState(id, 'ok');
  await notebook.rest();
  expect(await page.locator('section.cell:is(.error, .blocked, .stale, .cancelled)').count()).toBe(0);

  await expect(notebook.output('weeks').getByRole('row').nth(3)).toBeVisible();
  for (const id of ['trend', 'repeat', 'channels']) {
    expect(await notebook.output(id).locator('svg :is(path, rect, line, circle)').count()).toBeGreaterThan(5);
  }
  await expect(notebook.output('change')).toContainText('Order value (€)');
  await expect(notebook.output('flip').getByRole('listitem').first()).toContainText('pay');
  await expect(notebook.prose('The last whole week')).toContainText(
    /Week of 2026-\d\d-\d\d: €[\d,]+\s+sales from [\d,]+ orders/,
  );
  expect(trouble).toEqual([]);
});
