import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { encodeFeatures, encodingOf } from '../../../src/stats/classify/encode';
import { contributionsOf, meanContributions } from '../../../src/stats/classify/explain/contributions';
import { linearShap } from '../../../src/stats/classify/explain/linear-shap';
import { reasonsOf } from '../../../src/stats/classify/explain/reasons';
import type { Feature } from '../../../src/stats/classify/features';
import { fairness } from '../../../src/stats/classify/govern/fairness';
import { permutationImportance } from '../../../src/stats/classify/govern/importance';
import { modelCard } from '../../../src/stats/classify/govern/model-card';
import { checkKnownBefore, splitByTime, takeRows } from '../../../src/stats/classify/govern/time';
import { tooGoodColumns } from '../../../src/stats/classify/govern/too-good';
import { logistic } from '../../../src/stats/classify/logistic/logistic';
import { logisticProbabilities, logOdds, sigmoid } from '../../../src/stats/classify/logistic/model';
import { logisticNet } from '../../../src/stats/classify/logistic/net';
import { classifierMetrics } from '../../../src/stats/classify/metrics/metrics';
import type { Predictor } from '../../../src/stats/regression/design';
import { input, isMissing, reference, telco } from './reference';

describe.skipIf(isMissing)('explanations and governance beside published numbers', () => {
  const known = isMissing ? undefined : reference<Case13>('13_governance_telco');
  const fitted = () => {
    const { train, test } = telco();
    const lambdas = [1 / train.y.length];
    return { model: logisticNet(train.y, train.predictors, { alpha: 0, lambdas }).fits[0]!, train, test };
  };

  it('explain a linear score as the reference does', () => {
    const { model, test } = fitted();
    const shap = linearShap(model, test.predictors);
    expect(shap.names).toEqual(known!.linear_shap_logit_first5.cols);
    // As far as the reference's own solver settled: see the test of the regression.
    known!.linear_shap_logit_first5.values.forEach((values, i) => {
      contributionsOf(shap, i).forEach((phi, j) => expect(Math.abs(phi - values[j]!)).toBeLessThan(2e-4));
    });
    expect(Math.abs(shap.base - known!.linear_shap_logit_first5.base)).toBeLessThan(1e-4);
    logOdds(model, test.predictors).forEach((score, i) => {
      expect(contributionsOf(shap, i).reduce((sum, phi) => sum + phi, shap.base)).toBeCloseTo(score, 10);
    });
  });

  it('find the importance of columns within Monte Carlo error', () => {
    const { model, test } = fitted();
    const { mean, sd } = known!.permutation_importance_auc;
    const repeats = 40;
    const found = permutationImportance(test.y, test.predictors, (columns) => logisticProbabilities(model, columns as Predictor[]), { repeats }); // prettier-ignore
    expect(found[0]!.name).toBe('tenure');
    for (const { name, value, deviation } of found) {
      const error = sd[name]! * Math.sqrt(1 / repeats + 1 / 200);
      expect(Math.abs(value - mean[name]!), name).toBeLessThan(4 * error);
      expect(deviation / sd[name]!).toBeGreaterThan(0.6);
      expect(deviation / sd[name]!).toBeLessThan(1.6);
    }
  });

  it.each(['senior', 'female'] as const)('judge groups by %s as fairlearn does', (by) => {
    const { y, score, [by]: groups } = input('telco_scores');
    const found = fairness(y!, score!, groups!, { resamples: 100 });
    const there = known!.fairness[by];
    for (const group of found.groups) {
      const one = there.by_group[group.group]!;
      expect(group.n).toBe(one.n);
      expect(group.baseRate.value).toBeCloseTo(one.base_rate!, 9);
      expect(group.selectionRate.value).toBeCloseTo(one.selection_rate!, 9);
      expect(group.truePositiveRate.value).toBeCloseTo(one.tpr!, 9);
      expect(group.falsePositiveRate.value).toBeCloseTo(one.fpr!, 9);
      expect(group.precision.value).toBeCloseTo(one.ppv!, 9);
      expect(group.accuracy.value).toBeCloseTo(one.accuracy!, 9);
      expect(group.auc.value).toBeCloseTo(one.auc!, 9);
      expect(group.meanScore.value).toBeCloseTo(one.mean_score!, 9);
      expect(group.brier.value).toBeCloseTo(one.brier!, 9);
    }
    const names = {
      demographicParityDifference: 'demographic_parity_difference',
      demographicParityRatio: 'demographic_parity_ratio',
      equalOpportunityDifference: 'equal_opportunity_difference',
      equalizedOddsDifference: 'equalized_odds_difference',
      equalizedOddsRatio: 'equalized_odds_ratio',
      predictiveParityDifference: 'predictive_parity_difference',
    } as const;
    for (const [ours, theirs] of Object.entries(names)) {
      const { value, lower, upper } = found.disparities[ours as keyof typeof names];
      expect(value).toBeCloseTo(there[theirs], 9);
      expect(lower! < upper!).toBe(true);
    }
    expect(found.warnings.map(({ code }) => code)).toEqual(by === 'senior' ? ['four-fifths'] : []);
  });
});

describe('a split by time', () => {
  const days = ['2026-01-01', '2026-01-02', '2026-01-02', '2026-01-03', '2026-01-04'];

  it('keeps rows of one date together', () => {
    const { train, test, cutoff } = splitByTime(days, { testShare: 0.7 });
    expect([Array.from(train), Array.from(test)]).toEqual([[0], [1, 2, 3, 4]]);
    expect(cutoff).toEqual(new Date('2026-01-02'));
    const feature = { name: 'x', values: ['a', 'b', 'c', 'd', 'e'] };
    expect(takeRows([feature], test)[0]!.values).toEqual(['b', 'c', 'd', 'e']);
  });

  it('says what is wrong with dates that divide nothing or are none', () => {
    expect(() => splitByTime(days, { cutoff: '2027-01-01' })).toThrow(
      'All 5 rows lie before it: the cut-off 2027-01-01',
    );
    expect(() => splitByTime(days, { cutoff: days[0]! })).toThrow('lie from it on');
    expect(() => splitByTime(['2026-01-01', 'soon'], { testShare: 0.5 })).toThrow('no date in row 2: it is soon');
    expect(() => splitByTime(days, { testShare: 1 })).toThrow('must be between 0 and 1');
  });
});

describe('the guard of what was known when', () => {
  it('refuses a column of after the cut-off, one or one a row', () => {
    const spent = { name: 'spent', knownAt: [new Date('2026-01-30'), null, '2026-02-03', '2026-02-04'] };
    const message =
      'Column "spent" was not known in time in 2 rows: in row 3 it is of 2026-02-03, and the outcome is watched from 2026-02-01';
    expect(() => checkKnownBefore('2026-02-01', [spent])).toThrow(message);
    expect(() => checkKnownBefore(new Date('2026-03-01'), [spent])).not.toThrow();
    const each = ['2026-02-01', '2026-02-01', '2026-02-04', '2026-02-05'];
    expect(() => checkKnownBefore(each, [spent])).not.toThrow();
    expect(() => checkKnownBefore(each.with(3, '2026-02-04'), [spent])).toThrow('in 1 row: in row 4');
    expect(() => checkKnownBefore(['2026-02-01'], [spent])).toThrow('has 4 dates for 1 cut-offs');
  });

  it('names columns that alone give the outcome away, of numbers and of text', () => {
    const random = seededRandom(1);
    const y = Array.from({ length: 400 }, () => random.integer(2));
    const features: Feature[] = [
      { name: 'age', values: y.map(() => random.normal()) },
      { name: 'fee', values: y.map((value) => (value === 1 ? 10 + random.uniform() : null)) },
      { name: 'last call', values: y.map((value) => (value === 1 ? 'goodbye' : 'service')) },
      { name: 'customer', values: y.map((_, i) => `c${i}`) },
      { name: 'empty', values: y.map(() => null) },
    ];
    const warnings = tooGoodColumns(y, features);
    expect(warnings.map(({ message }) => /"(.+?)"/.exec(message)![1])).toEqual(['fee', 'last call']);
  });
});

describe('fairness', () => {
  it('has intervals that hold the true gap as often as they say', () => {
    let inside = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const groups = Array.from({ length: 400 }, () => random.integer(2));
      const p = groups.map((group) => (random.uniform() < 0.3 + 0.2 * group ? 0.9 : 0.1));
      const y = p.map((value) => Number(random.uniform() < value));
      const { demographicParityDifference: gap } = fairness(y, p, groups, { resamples: 200, seed }).disparities;
      inside += Number(gap.lower! <= 0.2 && 0.2 <= gap.upper!);
    }
    // 40 times 90 %: 36 ± 3 · 1.9.
    expect(inside).toBeGreaterThan(30);
  });

  it('has intervals around what it found, of many groups that do not differ at all', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed);
      const groups = Array.from({ length: 600 }, () => random.integer(8));
      const p = groups.map(() => (random.uniform() < 0.4 ? 0.9 : 0.1));
      const y = p.map((value) => Number(random.uniform() < value));
      const { disparities } = fairness(y, p, groups, { resamples: 200, seed });
      for (const [name, { value, lower, upper }] of Object.entries(disparities)) {
        expect(value, name).toBeGreaterThanOrEqual(lower!);
        expect(value, name).toBeLessThanOrEqual(upper!);
      }
    }
  });

  it('names groups that are too small and refuses a single one', () => {
    const { y, p } = scored(300, 2);
    const groups = y.map((_, i) => (i < 12 ? 'few' : i % 2 ? 'a' : null));
    const found = fairness(y, p, groups, { resamples: 100 });
    expect(found.groups.map(({ group }) => group)).toEqual(['a', 'few', 'missing']);
    expect(found.warnings[0]).toMatchObject({ code: 'small-group' });
    expect(found.warnings[0]!.message).toContain('"few"');
    expect(() => fairness(y, p, y.map(() => 'all'))).toThrow('All rows are of one group, "all"'); // prettier-ignore
  });

  it('does not depend on what groups are called', () => {
    const { y, p } = scored(300, 3);
    const groups = y.map((_, i) => (i % 3 === 0 ? 'x' : 'y'));
    const renamed = groups.map((group) => (group === 'x' ? 'zz' : 'aa'));
    const [one, other] = [groups, renamed].map((names) => fairness(y, p, names, { resamples: 100 }).disparities);
    expect(other).toEqual(one);
  });
});

describe('columns of a table as a regression takes them', () => {
  const features: Feature[] = [
    { name: 'age', values: [30, null, 50, 40] },
    { name: 'city', values: ['Gent', 'Gent', null, 'Aalst'] },
    { name: 'web', values: [true, false, true, true] },
    { name: 'empty', values: [null, null, undefined, NaN] },
  ];

  it('are filled, flagged and told apart, the same way for new rows', () => {
    const encoding = encodingOf(features);
    expect(encoding.warnings.map(({ code }) => code)).toEqual(['empty-column']);
    const columns = encodeFeatures(encoding, features).map(({ name, values }) => [name, ...Array.from(values)]);
    expect(columns).toEqual([
      ['age', 30, 40, 50, 40],
      ['age: missing', 0, 1, 0, 0],
      ['city: Aalst', 0, 0, 0, 1],
      ['city: missing', 0, 0, 1, 0],
      ['web', 1, 0, 1, 1],
    ]);
    const later = [
      { name: 'age', values: [null] },
      { name: 'city', values: ['Ieper'] },
      { name: 'web', values: [false] },
    ];
    expect(encodeFeatures(encoding, later).map(({ values }) => values[0])).toEqual([40, 1, 0, 0, 0]);
    expect(() => encodeFeatures(encoding, later.slice(1))).toThrow('learnt with a column "age"');
    expect(() => encodeFeatures(encoding, later.with(0, { name: 'age', values: ['old'] }))).toThrow('was numbers');
  });

  it('give the categories their effects', () => {
    const random = seededRandom(12);
    const effect = { Gent: 0, Aalst: 1, Brugge: -1 } as const;
    const city = Array.from({ length: 6000 }, (_, i) => (['Gent', 'Gent', 'Aalst', 'Brugge'] as const)[i % 4]!);
    const y = city.map((name) => Number(random.uniform() < sigmoid(effect[name])));
    const given = [{ name: 'city', values: city }];
    const { table } = logistic(y, encodeFeatures(encodingOf(given), given));
    const of = (name: string): number => table.find((row) => row.name === name)!.estimate;
    expect(Math.abs(of('city: Aalst') - 1)).toBeLessThan(0.3);
    expect(Math.abs(of('city: Brugge') + 1)).toBeLessThan(0.3);
  });
});

describe('reasons and the model card', () => {
  it('name what raises a score the most, with its value', () => {
    const shap = {
      names: ['age', 'web', 'city'],
      base: -1,
      rows: 2,
      values: Float64Array.from([1, -2, 0.5, 0, 3, -1]),
    };
    const features = [
      { name: 'city', values: ['Gent', 'Aalst'] },
      { name: 'age', values: [70, 20] },
      { name: 'web', values: [true, false] },
    ];
    const reasons = reasonsOf(shap, features, { top: 2 });
    expect(reasons.map((row) => row.map(({ name, value }) => [name, value]))).toEqual([
      [['age', 70], ['city', 'Gent']],
      [['web', false]],
    ]); // prettier-ignore
    expect(reasonsOf(shap, features, { direction: 'down' })[0]!.map(({ name }) => name)).toEqual(['web']);
    expect(reasonsOf(shap, features, { direction: 'both', top: 1 })[0]![0]!.oddsRatio).toBeCloseTo(Math.exp(-2), 12);
    expect(meanContributions(shap).map(({ name, value }) => [name, value])).toEqual([
      ['web', 2.5],
      ['city', 0.75],
      ['age', 0.5],
    ]);
  });

  it('says what a score is for, how well it does and where it ends', () => {
    const { y, p } = scored(400, 4);
    const metrics = classifierMetrics(y, p, { resamples: 100 });
    const groups = y.map((_, i) => (i % 2 ? 'a' : 'b'));
    const text = modelCard({
      title: 'Churn',
      outcome: 'no order in 90 days',
      use: 'choosing whom to write to',
      notFor: 'prices',
      model: '100 trees',
      trainedOn: { rows: 900, positives: 300, period: '2025' },
      judgedOn: { period: 'spring 2026', metrics },
      features: ['recency', 'orders'],
      importance: [{ name: 'recency', value: 0.1, deviation: 0.01, lower: 0.08, upper: 0.12 }],
      fairness: [{ by: 'age', result: fairness(y, p, groups, { resamples: 100 }) }],
      limits: ['A new shop changes it.'],
      warnings: [{ code: 'few-events', message: 'Few rows.' }],
    });
    expect(text).toContain('# Model card: Churn');
    expect(text).toContain(`| Area under ROC (0.5 is chance) | ${metrics.auc.value.toFixed(3)} (`);
    expect(text).toContain('| recency | 0.1000 ± 0.0100 |');
    expect(text).toContain('## By age');
    expect(text).toContain('- A new shop changes it.');
    expect(text).not.toMatch(/undefined|NaN|Infinity/);
  });
});

function scored(n: number, seed: number) {
  const random = seededRandom(seed);
  const p = Array.from({ length: n }, () => sigmoid(random.normal()));
  return { p, y: p.map((value) => Number(random.uniform() < value)) };
}

interface Case13 {
  permutation_importance_auc: { mean: Record<string, number>; sd: Record<string, number> };
  linear_shap_logit_first5: { values: number[][]; cols: string[]; base: number };
  fairness: Record<
    'senior' | 'female',
    { by_group: Record<string, Record<string, number>> } & Record<
      | 'demographic_parity_difference'
      | 'demographic_parity_ratio'
      | 'equal_opportunity_difference'
      | 'equalized_odds_difference'
      | 'equalized_odds_ratio'
      | 'predictive_parity_difference',
      number
    >
  >;
}
