import { fence, notebook, openApp, openNotebook, untilKept } from '../app-page';
import type { Bench } from '../figure';
import { median } from '../measure';

const REACH = 2.3;
const RUNS = 5;

type Chains = 'one' | 'two' | 'four';

/**
 * 208 weeks × 5 channels as a cell would bring them, fitted with one chain, two and four, in turns. Two chains tell whether
 * two cores are free: there they take hardly longer than one.
 */
const CELL = `
let state = 7;
const uniform = () => (state = (state * 16807) % 2147483647) / 2147483647;
const dates = Array.from({ length: 208 }, (_, week) => new Date(Date.UTC(2022, 0, 3 + 7 * week)));
const channels = ['search', 'social', 'display', 'radio', 'leaflets'].map((name) => ({
  name,
  spend: dates.map(() => (uniform() < 0.3 ? 0 : 1000 * uniform())),
}));
const values = dates.map((_, t) => channels.reduce((sum, { spend }, c) => sum + (400 * (c + 1) * spend[t]) / (300 + spend[t]), 5000 + 600 * uniform()));
const { model } = levain.mix.prepare({ dates, outcome: { name: 'sales', values }, channels });
const taken = { one: [], two: [], four: [] };
const work = { one: 0, two: 0, four: 0 };
for (let run = 0; run < ${RUNS}; run++) {
  for (const [key, chains] of [['one', 1], ['two', 2], ['four', 4]]) {
    const begun = performance.now();
    const fit = await levain.mix.fit(model, { chains, seed: run + 1 });
    taken[key].push(performance.now() - begun);
    for (const { sampler } of fit.chains) work[key] += sampler.gradientEvaluations;
  }
}
JSON.stringify({ ...taken, work })`;

/** Four chains of the mix model on threads of their own, against one. */
export const chains: Bench = async ({ dist }) => {
  const app = await openApp(dist);
  try {
    await untilKept(app.page);
    await openNotebook(app.page, notebook(fence('ts', 'timing', CELL)));
    await app.page.locator('.trust button.primary').click();
    // A locator would look at every frame, and take a fifth of a processor from the chains.
    await app.page.waitForFunction(() => document.querySelector('#timing.ok, #timing.error'), undefined, {
      polling: 1000,
      timeout: 600_000,
    });
    const text = await app.page.locator('#timing').getByText('{"one":').innerText();
    const { one, two, four, work } = JSON.parse(text) as Record<Chains, number[]> & { work: Record<Chains, number> };
    const ratio = median(four) / median(one);
    const seconds = (values: number[]): string => `${(median(values) / 1000).toFixed(2)} s`;
    return [
      {
        what: 'mix model in the page, 208 weeks × 5 channels, 1000 + 1000 draws: four chains against one',
        ours:
          `${seconds(four)} against ${seconds(one)}, ${ratio.toFixed(2)}× (medians of ${RUNS}), ` +
          `for ${(work.four / work.one).toFixed(2)} times the gradients; two chains ${seconds(two)}, ` +
          `${(median(two) / median(one)).toFixed(2)}×`,
        reach: `≤ ${REACH}×`,
        met: ratio <= REACH,
      },
    ];
  } finally {
    await app.close();
  }
};
