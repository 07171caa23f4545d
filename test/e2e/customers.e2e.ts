import { expect } from '@playwright/test';
import { listenForTrouble, NotebookPage, test } from '../tools/notebook-page';

const FAULTY = 'section.cell:is(.error, .blocked, .stale, .cancelled)';

test('customer value runs from the shop’s orders to a list, and follows its controls', async ({ page, site }) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('Customer value');
  await notebook.expectState('compare', 'ok');
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  await expect(notebook.output('fit')).toContainText(/Of 9,\d{3} customers, about [\d,]+ are still there/);
  await expect(notebook.output('matrix').locator('figure')).toHaveCount(1);
  await expect(notebook.output('tracking')).toContainText(/the model expected \d+ % (fewer|more) repeat orders/);

  const before = await notebook.output('worth').textContent();
  await notebook.output('margin').getByRole('slider').fill('30');
  await notebook.expectFollowed('worth', before!, { gone: true });
  expect(trouble).toEqual([]);
});

test('retention runs from the shop’s orders to whom to remind, and shows revenue when asked', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('Retention cohorts');
  await notebook.expectState('compare', 'ok');
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  for (const id of ['heatmap', 'change', 'curves', 'cox']) {
    await expect(notebook.output(id).locator('figure')).toHaveCount(1);
  }
  await expect(notebook.output('advice')).toContainText(/Remind \d+ customers who bought once/);
  await notebook.output('what').getByRole('combobox').selectOption('revenue');
  await notebook.expectFollowed('heatmap', 'Revenue of each month’s new customers');
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
    await notebook.expectState('compare', 'ok');
    await notebook.expectState('card', 'ok');
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
    await notebook.expectFollowed('threshold', before!, { gone: true });
    if (name === 'Churn score') {
      // What takes long waits, and says so where the reader is.
      await page.getByRole('slider', { name: /count as silent/ }).press('ArrowRight');
      const waiting = notebook.toast(/\d+ cells wait for what you changed: last they took/);
      await expect(waiting).toBeVisible();
      await notebook.expectState('advice', 'stale');
      await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Run them' }).click();
      await notebook.expectState('advice', 'ok');
      await expect(waiting).toHaveCount(0);
    }
    expect(trouble).toEqual([]);
  });
}

test('RFM sorts customers, the reader puts an audience together by controls, and its list is exported', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('RFM audiences');
  await notebook.expectState('recommendation', 'ok');
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  for (const id of ['heatmap', 'revenue', 'overlap', 'elbow', 'profile']) {
    await expect(notebook.output(id).locator('figure')).toHaveCount(1);
  }
  await expect(notebook.output('recommendation')).toContainText(/Write first to the [\d,]+ customers/);

  // Those in Gent, by where they live alone.
  const own = notebook.output('own');
  await own.getByRole('group', { name: '1: goes by' }).getByLabel('diet').uncheck();
  await own.getByRole('group', { name: '1: goes by' }).getByLabel('birth_year').uncheck();
  await own.getByLabel('1: name').fill('Gent');
  await notebook.expectFollowed('sizes', 'Gent');
  await notebook.expectFollowed('which', /[\d,]+ of 4,\d{3} customers may be written to/);
  await notebook.output('which').getByLabel('Only who may be written to').uncheck();
  await notebook.expectFollowed('which', /4,\d{3} rows/);
  await notebook.rest();
  const { name, bytes } = await notebook.download(() =>
    notebook.menu('Export', /^All [\d,]+ rows as CSV$/, notebook.output('which')),
  );
  expect(name).toMatch(/\.csv$/);
  const [header, ...lines] = bytes.toString().trim().split(/\r?\n/);
  const city = header!.split(',').indexOf('city');
  expect(lines.length).toBeGreaterThan(4000);
  expect(lines.every((line) => line.split(',')[city] === 'Gent')).toBe(true);
  expect(trouble).toEqual([]);
});

test('key figures run from the shop’s files to a list of channels, by what the reader asks', async ({ page, site }) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('Key figures');
  await notebook.expectState('recommendation', 'ok');
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  await expect(notebook.output('recommendation')).toContainText('Keep search and social');
  await notebook.output('choose').getByLabel('By').selectOption('segment');
  await notebook.expectFollowed('chart', 'Champions');
  await notebook.output('choose').getByLabel('Figure').selectOption('Came back (%)');
  await notebook.expectFollowed('chart', /Came back \(%\): \d+ in all/);
  const { bytes } = await notebook.download(() =>
    notebook.menu('Export', /^All [\d,]+ rows as CSV$/, notebook.output('list')),
  );
  expect(bytes.toString()).toMatch(/^channel,spend \(€\),new customers,CAC \(€\)/);
  expect(trouble).toEqual([]);
});

test('next purchase runs from the shop’s orders to an offer for each customer, and the list is exported', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('Next purchase');
  await notebook.expectState('compare', 'ok');
  await notebook.rest();
  expect(await page.locator(FAULTY).count()).toBe(0);
  for (const id of ['rules', 'tried']) await expect(notebook.output(id).locator('figure')).toHaveCount(1);
  await expect(notebook.output('advice')).toContainText(/Offer each of [\d,]+ customers the product in the list/);
  const before = await notebook.output('advice').textContent();
  await notebook.output('lately').getByRole('slider').fill('365');
  await notebook.expectFollowed('advice', before!, { gone: true });
  await notebook.expectFollowed('list', 'offer');
  const { bytes } = await notebook.download(() =>
    notebook.menu('Export', /^All [\d,]+ rows as CSV$/, notebook.output('list')),
  );
  expect(bytes.toString()).toMatch(/^customer,offer,because,second,third,left out,orders,last order\r?\n/);
  expect(trouble).toEqual([]);
});
