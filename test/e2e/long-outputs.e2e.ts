import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { notebookText, NotebookPage, tellWhatWasShown, test, ts } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

test.beforeAll(async ({ browser, site }) => {
  page = await browser.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(({ browserName: _ }, info) => tellWhatWasShown(page, info));
test.afterAll(() => page.close());

test('a long text shows its beginning, and all of it when asked', async () => {
  const source = `Array.from({ length: 5_000 }, (_, i) => 'line ' + i).join('\\n')`;
  await notebook.openAndRun(notebookText('Text', [ts('text', source)]));
  const text = notebook.output('text').locator('pre');
  await expect(text).toContainText('line 1000\n');
  await expect(text).not.toContainText('line 4999');

  const download = page.waitForEvent('download');
  await notebook.output('text').getByRole('button', { name: 'Save as text' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(saved.split('\n')).toHaveLength(5_000);

  await notebook
    .output('text')
    .getByRole('button', { name: /^Show all 48,889 characters/ })
    .click();
  await expect(text).toContainText('line 4999');
  await expect(notebook.output('text').getByRole('button', { name: /^Show all/ })).toHaveCount(0);
});

test('a long list of choices has all of them, and stands on the chosen one', async () => {
  const source = `input.select(Array.from({ length: 2_000 }, (_, i) => 'choice ' + i), { label: 'One', value: 'choice 1500' })`;
  await notebook.openAndRun(notebookText('Choices', [ts('one', source)]));
  const select = notebook.output('one').getByLabel('One');
  await expect(select.locator('option')).toHaveCount(2_000);
  await expect(select).toHaveValue('choice 1500');
  await select.selectOption('choice 1999');
  await expect(notebook.output('one').locator('pre')).toHaveText('choice 1999');
});

test('a long table to choose from goes on as one scrolls', async () => {
  const source = `const rows = input.table(Array.from({ length: 900 }, (_, i) => ({ id: 'row ' + i })), { label: 'Rows' });
rows.length`;
  await notebook.openAndRun(notebookText('Rows', [ts('rows', source)]));
  const output = notebook.output('rows');
  const box = output.getByRole('region', { name: 'Rows' });
  const last = output.getByRole('checkbox', { name: 'row 899' });
  await expect(last).toHaveCount(0);
  await expect(async () => {
    await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(last).toHaveCount(1, { timeout: 200 });
  }).toPass();
  await last.check();
  await expect(output.locator('p.number')).toHaveText('1');
});

test('a list within a large value shows what it holds when it is opened', async () => {
  await notebook.openAndRun(
    notebookText('Nested', [
      ts('nested', `({ outer: { inner: ['deep'] }, rest: Array.from({ length: 90 }, () => Array(9).fill(0)) })`),
    ]),
  );
  const output = notebook.output('nested');
  await expect(output).not.toContainText('deep');
  await output.getByText('outer').click();
  await output.getByText('inner').click();
  await expect(output).toContainText('deep');
});
