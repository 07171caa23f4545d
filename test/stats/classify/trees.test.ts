import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { readFeature, type Feature } from '../../../src/stats/classify/features';
import { treeShap } from '../../../src/stats/classify/explain/tree-shap';
import { contributionsOf } from '../../../src/stats/classify/explain/contributions';
import { sigmoid } from '../../../src/stats/classify/logistic/model';
import { areaUnderRoc } from '../../../src/stats/classify/metrics/roc';
import { BINS, binningOf, binValues } from '../../../src/stats/classify/trees/bins';
import { boostTrees, type BoostedTrees, type BoostOptions } from '../../../src/stats/classify/trees/boost';
import { treeLogOdds, treeProbabilities } from '../../../src/stats/classify/trees/predict';
import type { Tree } from '../../../src/stats/classify/trees/tree';
import { plainWorkspace, takeHistogram } from '../../../src/stats/classify/trees/workspace';
import { simdWorkspace } from '../../../src/stats/classify/trees/workspace-simd';
import { isMissing, reference, relative, telco } from './reference';

/** Numbers with holes, a category, noise; log odds with a step, a bend and an interaction. */
function simulated(n: number, seed: number) {
  const random = seededRandom(seed);
  const draw = (of: () => number): number[] => Array.from({ length: n }, of);
  const age = draw(() => 20 + Math.floor(60 * random.uniform()));
  const spend: (number | null)[] = draw(() => Math.exp(random.normal()));
  const noise = draw(() => random.normal());
  const city = Array.from({ length: n }, () => ['Gent', 'Aalst', 'Brugge', 'Ieper'][random.integer(4)]!);
  const hidden = spend.map((value) => (random.uniform() < 0.2 ? null : value));
  const odds = age.map((value, i) => {
    const place = { Gent: 0, Aalst: 1, Brugge: -1, Ieper: 1 }[city[i]!]!;
    return -1 + (value > 45 ? 1.5 : 0) - 0.8 * Math.log(spend[i]!) + place + (hidden[i] === null ? 1 : 0);
  });
  const y = odds.map((value) => Number(random.uniform() < sigmoid(value)));
  const features: Feature[] = [
    { name: 'age', values: age },
    { name: 'spend', values: hidden },
    { name: 'noise', values: noise },
    { name: 'city', values: city },
  ];
  return { y, features, odds };
}

/** Σ over sets S without j of |S|!(p − |S| − 1)!/p! (v(S ∪ j) − v(S)), v as the trees answer with covers. */
function shapleyByHand(model: BoostedTrees, row: readonly number[], p: number): number[] {
  const value = (known: number): number => model.trees.reduce((sum, tree) => sum + answer(tree, 0, known), 0);
  const answer = (tree: Tree, node: number, known: number): number => {
    const feature = tree.feature[node]!;
    if (feature < 0) return tree.value[node]!;
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    if (known & (1 << feature)) return answer(tree, row[feature]! < tree.threshold[node]! ? left : right, known);
    const share = tree.cover[left]! / tree.cover[node]!;
    return share * answer(tree, left, known) + (1 - share) * answer(tree, right, known);
  };
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  return Array.from({ length: p }, (_, j) => {
    let sum = 0;
    for (let known = 0; known < 1 << p; known++) {
      if (known & (1 << j)) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      sum += ((factorial(size) * factorial(p - size - 1)) / factorial(p)) * (value(known | (1 << j)) - value(known));
    }
    return sum;
  });
}

describe.skipIf(isMissing)('boosted trees beside published numbers', () => {
  const known = isMissing ? undefined : reference<Case12>('12_gbm_telco');

  it('are the three exact trees of XGBoost, split by split and leaf by leaf', () => {
    const { train, test } = telco();
    const model = boostTrees(train.y, train.predictors, { rounds: 3, depth: 2, leaves: 4, learningRate: 0.3, lambda: 1, minRows: 1, minWeight: 1, baseRate: 0.5 }); // prettier-ignore
    const names = train.predictors.map(({ name }) => name);
    const compare = (tree: Tree, node: number, there: Dump): void => {
      expect(relative(tree.cover[node]!, there.cover)).toBeLessThan(1e-5);
      if (there.leaf !== undefined) {
        expect(tree.feature[node]).toBe(-1);
        expect(Math.abs(tree.value[node]! - there.leaf)).toBeLessThan(1e-6);
        return;
      }
      expect(names[tree.feature[node]!]).toBe(there.split);
      expect(tree.threshold[node]).toBe(there.split_condition);
      expect(relative(tree.gain[node]!, there.gain!)).toBeLessThan(1e-5);
      compare(tree, tree.left[node]!, there.children![0]!);
      compare(tree, tree.right[node]!, there.children![1]!);
    };
    expect(model.trees).toHaveLength(3);
    model.trees.forEach((tree, at) => compare(tree, 0, known!.tiny_exact.trees[at]!));

    const ten = test.predictors.map(({ name, values }) => ({ name, values: Array.from(values).slice(0, 10) }));
    treeLogOdds(model, ten).forEach((margin, i) => {
      expect(Math.abs(margin - known!.tiny_exact.test10_margin[i]!)).toBeLessThan(1e-5);
    });
    const shap = treeShap(model, ten);
    known!.tiny_exact.test10_shap.forEach((values, i) => {
      contributionsOf(shap, i).forEach((phi, j) => expect(Math.abs(phi - values[j]!)).toBeLessThan(1e-5));
      expect(Math.abs(shap.base - values.at(-1)!)).toBeLessThan(1e-5);
    });
    const { value } = areaUnderRoc(test.y, treeProbabilities(model, test.predictors));
    expect(value).toBeCloseTo(known!.tiny_exact.test_metrics.auc, 6);
  });

  it('rank the customers held out as well as the best of them do', () => {
    const { train, test } = telco();
    const model = boostTrees(train.y, train.predictors, { depth: 3 });
    const { value } = areaUnderRoc(test.y, treeProbabilities(model, test.predictors));
    expect(value).toBeGreaterThanOrEqual(0.855);
    expect(Math.abs(value - known!.xgboost_exact_100_d3_lr01.auc)).toBeLessThan(0.01);
  });
});

describe('sums by bin', () => {
  it('are to the bit those of plain arithmetic where SIMD is used, for any part of the rows and number of columns', () => {
    const random = seededRandom(12);
    for (const columns of [1, 3, 4, 6, 30]) {
      const rows = 500;
      const simd = simdWorkspace(rows, columns, 8)!;
      const plain = plainWorkspace(rows, columns);
      const words = plain.words.map(() => random.integer(2 ** 16) * 2 ** 16 + random.integer(2 ** 16));
      const slopes = plain.slopes.map((_, at) => (at % 2 ? 0.25 * random.uniform() : random.normal()));
      const order = plain.order.map(() => random.integer(rows));
      for (const work of [simd, plain]) {
        work.words.set(words);
        work.slopes.set(slopes);
        work.order.set(order);
      }
      for (const [start, end] of [
        [0, rows],
        [17, 90],
        [0, 0],
      ] as const) {
        // prettier-ignore
        const [ours, theirs] = [takeHistogram(simd), takeHistogram(plain)];
        simd.sum(start, end, ours);
        plain.sum(start, end, theirs);
        expect(ours.sums.every((sum, at) => Object.is(sum, theirs.sums[at]))).toBe(true);
        let marks = 0;
        for (let bin = 0; bin < BINS; bin++) marks += Math.round(ours.sums[2 * bin + 1]! / ours.mark);
        expect(marks).toBe(end - start);
        simd.pool.push(ours);
      }
    }
  });
});

describe('boosted trees', () => {
  it('find steps, bends, categories and what a missing value means', () => {
    const { y, features } = simulated(6000, 1);
    const later = simulated(4000, 2);
    const model = boostTrees(y, features);
    const best = areaUnderRoc(later.y, later.odds).value;
    const { value } = areaUnderRoc(later.y, treeProbabilities(model, later.features));
    expect(value).toBeGreaterThan(best - 0.02);
    const p = treeProbabilities(model, later.features);
    const mean = (of: (i: number) => boolean): number => {
      const rows = later.y.flatMap((_, i) => (of(i) ? [i] : []));
      return rows.reduce((sum, i) => sum + p[i]! - sigmoid(later.odds[i]!), 0) / rows.length;
    };
    const [age, spend, , city] = later.features;
    for (const name of ['Gent', 'Aalst', 'Brugge', 'Ieper']) expect(Math.abs(mean((i) => city!.values[i] === name))).toBeLessThan(0.03); // prettier-ignore
    expect(Math.abs(mean((i) => spend!.values[i] === null))).toBeLessThan(0.03);
    expect(Math.abs(mean((i) => Number(age!.values[i]) > 45))).toBeLessThan(0.03);
  });

  it('give Shapley values equal to those summed over all sets of columns', () => {
    const random = seededRandom(5);
    const n = 400;
    const features = Array.from({ length: 6 }, (_, j) => ({
      name: `x${j}`,
      values: Array.from({ length: n }, () => Math.round(8 * random.normal())),
    }));
    const y = Array.from({ length: n }, (_, i) => {
      const [a, b, c] = features.map(({ values }) => values[i]!);
      return Number(random.uniform() < sigmoid(0.2 * a! * Math.sign(b!) + 0.1 * c!));
    });
    const model = boostTrees(y, features, { rounds: 6, leaves: 12, minRows: 5 });
    const shap = treeShap(model, features);
    const scores = treeLogOdds(model, features);
    for (let i = 0; i < 12; i++) {
      const byHand = shapleyByHand(model, features.map(({ values }) => values[i]!), 6); // prettier-ignore
      contributionsOf(shap, i).forEach((phi, j) => expect(phi).toBeCloseTo(byHand[j]!, 10));
    }
    for (let i = 0; i < n; i++) {
      const sum = contributionsOf(shap, i).reduce((total, phi) => total + phi, shap.base);
      expect(sum).toBeCloseTo(scores[i]!, 10);
    }
  });

  it('add up to the score for missing values and categories too', () => {
    const { y, features } = simulated(800, 3);
    const model = boostTrees(y, features, { rounds: 30, leaves: 10 });
    const shap = treeShap(model, features);
    treeLogOdds(model, features).forEach((score, i) => {
      expect(contributionsOf(shap, i).reduce((total, phi) => total + phi, shap.base)).toBeCloseTo(score, 9);
    });
  });

  it.each([1, -1] as const)('never turn back along a column that is monotone (%d)', (sign) => {
    const { y, features } = simulated(3000, 4);
    const model = boostTrees(y, features, { monotone: { age: sign, spend: sign }, rounds: 60 });
    const random = seededRandom(6);
    for (let trial = 0; trial < 60; trial++) {
      const i = random.integer(3000);
      for (const [place, grid] of [
        [0, (k: number) => 20 + k],
        [1, (k: number) => k / 10],
      ] as const) {
        const along = features.map(({ name, values }, j) => ({
          name,
          values: Array.from({ length: 60 }, (_, k) => (j === place ? grid(k) : values[i])),
        }));
        const scores = treeLogOdds(model, along);
        for (let k = 1; k < 60; k++) expect(sign * (scores[k]! - scores[k - 1]!)).toBeGreaterThanOrEqual(-1e-12);
      }
    }
  });

  it('stop when later rows are no longer predicted better', () => {
    const { y, features } = simulated(600, 7);
    const validation = simulated(600, 8);
    const model = boostTrees(y, features, { rounds: 400, leaves: 31, minRows: 5, validation, patience: 10 });
    const losses = Array.from(model.validationLoss);
    expect(model.trees.length).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(losses.length).toBe(model.trees.length + 10);
    const whole = boostTrees(y, features, { rounds: 400, leaves: 31, minRows: 5 });
    const loss = (trees: BoostedTrees): number =>
      treeProbabilities(trees, validation.features).reduce(
        (sum, p, i) => sum - Math.log(validation.y[i] ? p : 1 - p),
        0,
      );
    expect(loss(model)).toBeLessThan(loss(whole));
    expect(loss(model) / 600).toBeCloseTo(Math.min(...losses), 10);
  });

  it('keep to the bounds of leaves, depth and rows, and lower the loss with each tree', () => {
    const { y, features } = simulated(2000, 9);
    const model = boostTrees(y, features, { leaves: 7, depth: 3, minRows: 50, rounds: 40 });
    for (const tree of model.trees) {
      const leaves = Array.from(tree.feature).flatMap((feature, node) => (feature < 0 ? [node] : []));
      expect(leaves.length).toBeLessThanOrEqual(7);
      expect(leaves.reduce((sum, node) => sum + tree.rows[node]!, 0)).toBe(2000);
      for (const node of leaves) expect(tree.rows[node]).toBeGreaterThanOrEqual(50);
      const depth = (node: number): number =>
        tree.feature[node]! < 0 ? 0 : 1 + Math.max(depth(tree.left[node]!), depth(tree.right[node]!));
      expect(depth(0)).toBeLessThanOrEqual(3);
    }
    model.trainingLoss.forEach((loss, k) => k > 0 && expect(loss).toBeLessThan(model.trainingLoss[k - 1]!));
  });

  it('give the same for rows and columns in another sequence, and for other units and names of categories', () => {
    const { y, features } = simulated(1500, 10);
    const p = treeProbabilities(boostTrees(y, features), features);
    const turned = y.map((_, i) => (i * 7) % 1500).map((i) => i);
    const shuffled = features.map(({ name, values }) => ({ name, values: turned.map((i) => values[i]) })).toReversed();
    const again = treeProbabilities(boostTrees(turned.map((i) => y[i]!), shuffled), shuffled); // prettier-ignore
    turned.forEach((i, k) => i < 300 && expect(again[k]).toBeCloseTo(p[i]!, 8));
    const other = features.map(({ name, values }) => ({
      name,
      values: Array.from(values, (value) => (typeof value === 'string' ? `city of ${value}` : value == null ? NaN : 8 * Number(value))), // prettier-ignore
    }));
    treeProbabilities(boostTrees(y, other), other).forEach((value, i) => expect(value).toBeCloseTo(p[i]!, 8));
  });

  it('put each value into the bin that counting edges gives, however uneven the values', () => {
    const random = seededRandom(12);
    const draws: (() => number)[] = [
      () => random.normal(),
      () => Math.exp(12 * random.normal()),
      () => Math.round(20 * random.uniform()),
      () => (random.uniform() < 0.5 ? 1e-300 * random.normal() : 1e308 * random.normal()),
      () => 5 + 1e-15 * random.integer(40),
    ];
    for (const draw of draws) {
      const values = Float64Array.from({ length: 3000 }, draw).filter(Number.isFinite);
      const binning = binningOf({ name: 'x', values }, []);
      if (binning.kind !== 'number') throw new Error('text');
      const tried = [...values.subarray(0, 500), ...binning.edges, -1.7e308, 1.7e308, 0];
      const bins = new Uint8Array(tried.length);
      binValues(binning, readFeature({ name: 'x', values: tried }), bins);
      tried.forEach((value, i) => expect(bins[i]).toBe(binning.edges.filter((edge) => edge <= value).length));
    }
  });

  it('say the contrary when yes and no change places', () => {
    const { y, features } = simulated(1500, 10);
    const p = treeProbabilities(boostTrees(y, features), features);
    const turned = boostTrees(y.map((value) => 1 - value), features); // prettier-ignore
    treeProbabilities(turned, features).forEach((value, i) => expect(value).toBeCloseTo(1 - p[i]!, 8));
  });

  it('say which columns take no part, and go on with the others', () => {
    const { y, features } = simulated(500, 11);
    const model = boostTrees(y, [
      ...features,
      { name: 'empty', values: Array.from(y, () => null) },
      { name: 'shop', values: Array.from(y, () => 'one') },
      { name: 'id', values: y.map((_, i) => `c${i}`) },
    ]);
    expect(model.warnings.map(({ code, message }) => [code, /"(\w+)"/.exec(message)![1]])).toEqual([
      ['many-categories', 'id'],
      ['empty-column', 'empty'],
      ['constant-column', 'shop'],
    ]);
    expect(boostTrees([0, 1, 0, 1], [{ name: 'x', values: [1, 2, 3, 4] }]).warnings.map(({ code }) => code)).toEqual(['no-split']); // prettier-ignore
  });

  it.each<[string, { y?: number[]; values?: (number | string)[]; options?: BoostOptions }, string]>([
    ['single-class', { y: [0, 0] }, 'The outcome is 0 in all 2 rows'],
    ['mixed-column', { values: [1, 'two'] }, 'Column "x" mixes text and numbers: in row 2'],
    ['infinite', { values: [1, Infinity] }, 'infinite in row 2'],
    ['unequal-lengths', { values: [1] }, 'has 1 rows where the others have 2'],
    ['bad-parameter', { options: { leaves: 1 } }, 'number of leaves must be a whole number of 2 or more; it is 1'],
    ['bad-parameter', { options: { learningRate: 0 } }, 'learning rate'],
    ['missing-column', { options: { monotone: { age: 1 as const } } }, 'column "age"'],
    ['bad-parameter', { values: ['a', 'b'], options: { monotone: { x: 1 as const } } }, 'is text'],
  ])('refuse bad input: %s', (code, { y = [0, 1], values = [1, 2], options = {} }, message) => {
    const run = () => boostTrees(y, [{ name: 'x', values }], options);
    expect(run).toThrow(message);
    expect(run).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
  });

  it('refuse columns of another kind than they were fitted to', () => {
    const model = boostTrees([0, 1, 0, 1], [{ name: 'x', values: [1, 2, 3, 4] }], { minRows: 1 });
    expect(() => treeLogOdds(model, [{ name: 'x', values: ['a'] }])).toThrow('Column "x" was numbers');
    expect(() => treeLogOdds(model, [{ name: 'z', values: [1] }])).toThrow('"x", which is not among those given');
  });
});

interface Dump {
  cover: number;
  leaf?: number;
  split?: string;
  split_condition?: number;
  gain?: number;
  children?: Dump[];
}
interface Case12 {
  tiny_exact: { trees: Dump[]; test10_margin: number[]; test10_shap: number[][]; test_metrics: { auc: number } };
  xgboost_exact_100_d3_lr01: { auc: number };
}
