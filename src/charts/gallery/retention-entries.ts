import { seededRandom } from '../../base/random';
import { kaplanMeier, type SurvivalCurve } from '../../stats/survival/kaplan-meier';
import { aliveMatrix, cohorts, survivalCurves, tracking } from '..';
import type { Entry } from './entry';

/** P(alive) of a model with plain numbers: the odds of having left grow with silence, the faster the more often one bought. */
const cells = [0, 1, 2, 3, 5, 8, 13].flatMap((frequency) =>
  (frequency === 0 ? [50] : [0, 5, 10, 15, 20, 25, 30, 35, 40, 45]).map((since) => ({
    frequency,
    since,
    alive: 1 / (1 + (0.9 / (1.6 + frequency)) * (56 / (56 - since)) ** (0.5 + frequency)),
  })),
);

const weeks = Array.from({ length: 40 }, (_, at) => {
  const expected = 2400 * (1 - Math.exp(-at / 25));
  return {
    date: new Date(Date.UTC(2025, 0, 6 + 14 * at)),
    actual: expected * (1 + 0.03 * Math.sin(at / 3)) + (at > 28 ? 8 * (at - 28) : 0),
    expected,
    lower: expected * 0.96,
    upper: expected * 1.04,
  };
});

const triangle = Array.from({ length: 8 }, (_, c) =>
  Array.from({ length: 8 - c }, (_, age) => ({
    cohort: `2025-0${c + 1}`,
    age,
    value: age === 0 ? 1 : 0.28 * age ** -0.4 * (1 + 0.08 * Math.sin(3 * c + age)),
  })),
).flat();

function simulated(seed: number, mean: number): SurvivalCurve {
  const random = seededRandom(seed);
  const ends = Array.from({ length: 160 }, () => -mean * Math.log(1 - random.uniform()));
  const seen = ends.map(() => 6 + 24 * random.uniform());
  return kaplanMeier({
    time: ends.map((end, i) => Math.ceil(Math.min(end, seen[i]!))),
    event: ends.map((end, i) => end <= seen[i]!),
  });
}

export const retentionEntries: readonly Entry[] = [
  {
    name: 'alive-matrix',
    draw: () =>
      aliveMatrix(cells, {
        title: 'Ten silent weeks say much of regulars, little of others',
        caption: 'Per cent sure to be still a customer; customers of 50 weeks',
      }),
  },
  {
    name: 'tracking',
    draw: () =>
      tracking(weeks, {
        heldOut: weeks[26]!.date,
        title: 'In the months it was not shown, the model falls 5 % short',
        caption: '2,357 customers; band: 90 % interval of the mean',
      }),
  },
  {
    name: 'cohorts',
    draw: () =>
      cohorts(triangle, {
        what: 'bought',
        title: 'One in four buys in the month after the first',
        caption: 'Per cent of each month’s new customers, by months since',
      }),
  },
  {
    name: 'survival-curves',
    draw: () =>
      survivalCurves(
        [
          { name: 'two years', curve: simulated(1, 60) },
          { name: 'one year', curve: simulated(2, 25) },
          { name: 'monthly', curve: simulated(3, 9) },
        ],
        {
          until: 24,
          xLabel: 'Months since they joined',
          title: 'Half of the monthly subscribers leave within seven months',
          caption: '480 subscribers; 90 % intervals',
        },
      ),
  },
];
