import { expect } from '@playwright/test';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { listenForTrouble, NotebookPage, notebookText, test, ts } from '../tools/notebook-page';

test('marketing mix runs from the shop’s files to a budget, with the truth beside the estimate', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openTemplate('Marketing mix');
  for (const id of ['weekly', 'feasts', 'prepared']) await notebook.expectState(id, 'ok');
  await notebook.expectState('compare', 'ok');
  await notebook.rest();
  expect(await page.locator('section.cell:is(.error, .blocked, .stale, .cancelled)').count()).toBe(0);

  await expect(notebook.output('report').locator('figure')).toHaveCount(7);
  await expect(notebook.output('report')).toContainText(/Search brought €\d\.\d\d for each euro/);
  await expect(notebook.output('forecast')).toContainText(/off by €\d+ a week\. Without advertising/);
  await expect(notebook.output('scenarios')).toContainText(/beats lately \d+ times in 100/);
  const beside = await notebook.rows('compare');
  expect(beside.map(([channel]) => channel)).toEqual(['search', 'social', 'display', 'radio', 'leaflets']);

  const before = await notebook.output('plan').getByRole('img').innerHTML();
  await notebook.output('change').getByRole('slider').fill('20');
  await notebook.expectFollowed('plan', '+20 % money');
  expect(await notebook.output('plan').getByRole('img').innerHTML()).not.toBe(before);
  expect(trouble).toEqual([]);
});

const weekly = resolve(import.meta.dirname, '../../../shared/data/mmm/robyn_dt_simulated_weekly.csv');

test('a published shop of 208 weeks goes from its file to every diagnostic', async ({ page, site }) => {
  test.skip(!existsSync(weekly), 'the published data set is not here');
  const trouble = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  const cells = [
    ts(
      'prepared',
      `const column = (name) => weeks.map((row) => row[name]);
const paid = { tv: 'tv_s', ooh: 'ooh_s', print: 'print_s', facebook: 'facebook_s', search: 'search_s' };
const prepared = levain.mix.prepare({
  dates: column('date'),
  outcome: { name: 'revenue', values: column('revenue') },
  channels: [
    ...Object.entries(paid).map(([name, spend]) => ({ name, spend: column(spend) })),
    { name: 'newsletter', exposure: column('newsletter') },
  ],
  controls: [{ name: 'competitor', values: column('competitor_sales_b') }],
}, { baseline: { holidays: 'DE' } });`,
    ),
    ts('fit', 'const fit = await levain.mix.fit(prepared.model, { chains: 2, warmup: 400, draws: 400 });'),
    ts('report', "levain.mix.report(prepared, fit, { currency: 'EUR' });"),
    ts(
      'diagnosed',
      `const found = levain.mix.diagnose(prepared.model, fit);
const { convergence, quality, inflation, collinear, inseparable, predictive, learnt, negativeBaseline, decompRssd } = found;
const { parameters, ...worst } = convergence;
display(worst); display(quality); display({ negativeBaseline, decompRssd });
for (const table of [inflation, collinear, inseparable, predictive, parameters]) display(table);
learnt.map(({ parameter, posterior, contraction }) => ({ parameter, mean: posterior.value, contraction }))`,
    ),
    ts(
      'forecast',
      `const rolling = await levain.mix.rollingOrigin(prepared.model, {
  frequency: 'weekly', folds: 1, horizon: 13,
  fit: (model) => levain.mix.fit(model, { chains: 1, warmup: 300, draws: 300 }),
});
rolling.overall`,
    ),
  ];
  await notebook.open(notebookText('Published', cells, 'files:\n  robyn_dt_simulated_weekly.csv: {table: weeks}\n'));
  await notebook.choose(weekly);
  await notebook.runNotebook.click();
  for (const id of ['prepared', 'fit', 'report', 'diagnosed', 'forecast']) await notebook.expectState(id, 'ok');

  await expect(notebook.output('report').locator('figure')).toHaveCount(7);
  await expect(notebook.output('report')).toContainText(/Newsletter brought .* without known spend/);
  for (const name of ['divergences', 'energyFraction', 'rhat', 'bulkEss', 'tailEss', 'mcse', 'nrmse', 'mape', 'vif'])
    await expect(notebook.output('diagnosed')).toContainText(name);
  expect((await notebook.rows('diagnosed')).length).toBeGreaterThan(20);
  await expect(notebook.output('forecast')).toContainText(/withoutMedia[^]*seasonalNaive/);
  for (const id of ['report', 'diagnosed', 'forecast']) await expect(notebook.output(id)).not.toContainText(/NaN/);
  expect(trouble).toEqual([]);
});
