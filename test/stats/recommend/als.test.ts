import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { dot } from '../../../src/stats/linear/blas';
import { column, fromColumns, type Matrix } from '../../../src/stats/linear/matrix';
import { fitAls, type Als } from '../../../src/stats/recommend/als';
import { alsLoss, type Side } from '../../../src/stats/recommend/als-side';
import { interactionsOf, type Interactions } from '../../../src/stats/recommend/interactions';
import { offers } from '../../../src/stats/recommend/offers';
import { explainer } from '../../../src/stats/recommend/reasons';
import { shuffled } from './baskets';

interface Line {
  row: number;
  item: string;
  weight: number;
}

const of = (lines: readonly Line[]): Interactions =>
  interactionsOf({
    row: lines.map(({ row }) => row),
    item: lines.map(({ item }) => item),
    weight: lines.map(({ weight }) => weight),
  });

/** Rows by items; the items are named by their place. */
const linesOf = (matrix: readonly (readonly number[])[]): Line[] =>
  matrix.flatMap((values, row) =>
    values.flatMap((weight, i) => (weight > 0 ? [{ row, item: String.fromCharCode(97 + i), weight }] : [])),
  );

const sideOf = ({ starts, columns, weights }: Interactions): Side => ({ starts, others: columns, weights });
const scoresOf = ({ rowFactors, itemFactors }: Als): number[][] =>
  Array.from({ length: rowFactors.columns }, (_, u) =>
    Array.from({ length: itemFactors.columns }, (__, i) => dot(column(rowFactors, u), column(itemFactors, i))),
  );

/** The loss as it is written, over every pair. */
function lossByPairs(
  matrix: readonly (readonly number[])[],
  x: Matrix,
  y: Matrix,
  alpha: number,
  lambda: number,
): number {
  let loss = lambda * (dot(x.values, x.values) + dot(y.values, y.values));
  matrix.forEach((weights, u) =>
    weights.forEach((weight, i) => {
      const missed = (weight > 0 ? 1 : 0) - dot(column(x, u), column(y, i));
      loss += (1 + alpha * weight) * missed ** 2;
    }),
  );
  return loss;
}

// Case 29 of shared/reference/customers (numpy): eight customers, six products, three factors.
const MATRIX = [
  [5, 3, 0, 1, 0, 0],
  [4, 0, 0, 1, 0, 2],
  [1, 1, 0, 5, 0, 0],
  [1, 0, 0, 4, 3, 0],
  [0, 1, 5, 4, 0, 0],
  [0, 0, 4, 0, 2, 1],
  [3, 0, 0, 0, 4, 0],
  [0, 2, 0, 0, 5, 3],
];
const start = fromColumns(
  Array.from({ length: 6 }, (_, i) => [0, 1, 2].map((k) => (((i * 5 + k * 4 + 2) % 13) - 6) / 20)),
);
const settings = { factors: 3, alpha: 2, regularization: 0.1, tolerance: 0, start };

describe('fitAls on the published case', () => {
  it('has the loss of each round', () => {
    const { losses } = fitAls(of(linesOf(MATRIX)), { ...settings, iterations: 50 });
    const expected: [number, number][] = [
      [1, 37.4109776601],
      [2, 17.9118770949],
      [5, 11.7903600583],
      [10, 9.84435733616],
      [20, 8.429030379],
      [50, 7.38265061798],
    ];
    for (const [round, loss] of expected) expect(losses[round - 1]! / loss - 1).toBeCloseTo(0, 10);
    const first = fromColumns(
      Array.from({ length: 8 }, (_, u) => [0, 1, 2].map((k) => (((u * 7 + k * 3) % 11) - 5) / 20)),
    );
    expect(alsLoss(sideOf(of(linesOf(MATRIX))), first, start, settings)).toBeCloseTo(153.2568625, 9);
  });

  it('has its scores, and offers the same products', () => {
    const model = fitAls(of(linesOf(MATRIX)), { ...settings, iterations: 50 });
    const expected = [
      [0.983675529097, 0.955371510733, -0.0284454808579, 1.12544475334, 0.00382801125813, 0.0241130469143],
      [0.988697073318, 0.578834117335, 0.116229482792, 0.866550903231, 0.980609870853, 0.752580084569],
      [0.918721846664, 0.881148502179, -0.0343998317887, 1.04252571471, 0.00613940329257, 0.0212466973633],
      [1.14540727298, 0.549107064094, -0.0620553635608, 0.901983184936, 0.924490592926, 0.64997611594],
      [-0.0124402677479, 1.20934942644, 0.961081614413, 0.936690806534, -0.0621636995043, 0.32966020652],
      [-0.337961969133, 0.251838038772, 0.947210407875, 0.0998822688782, 1.00479243492, 1.04774755429],
      [0.9516351034, -0.0791129864666, -0.393446562188, 0.3383731823, 0.9657152474, 0.543377576889],
      [0.340257344046, 0.752369742222, 0.782791749666, 0.751224178469, 0.971580926666, 0.983524804077],
    ];
    scoresOf(model).forEach((scores, u) =>
      scores.forEach((score, i) => expect(score).toBeCloseTo(expected[u]![i]!, 8)),
    );
    const chosen = offers(model, { count: 2 });
    const letters = Array.from({ length: 8 }, (_, u) =>
      chosen.filter(({ row }) => row === u).map(({ item }) => item.charCodeAt(0) - 97),
    );
    expect(letters).toEqual([[5, 4], [4, 1], [5, 4], [5, 1], [5, 0], [1, 3], [5, 3], [2, 3]]); // prettier-ignore
  });
});

/** Customers of two tastes, eight products each, of which they buy half. */
function twoTastes(customers: number, seed: number): Line[] {
  const random = seededRandom(seed);
  return Array.from({ length: customers }, (_, row) => {
    const items = shuffled(Array.from({ length: 8 }, (__, i) => i), random).slice(0, 4); // prettier-ignore
    return items.map((i) => ({ row, item: `${row % 2 ? 'bread' : 'cake'} ${i}`, weight: 1 + random.integer(3) }));
  }).flat();
}

describe('fitAls', () => {
  it('has the loss of the formula, which never rises and at the end is at a minimum', () => {
    const random = seededRandom(4);
    const matrix = Array.from({ length: 14 }, () =>
      Array.from({ length: 9 }, () => (random.uniform() < 0.3 ? 1 + random.integer(4) : 0)),
    ).map((row) => (row.every((value) => value === 0) ? [1, ...row.slice(1)] : row));
    for (let i = 0; i < 9; i++) matrix[i]![i] = 1;
    const [alpha, regularization] = [3, 0.5];
    const model = fitAls(of(linesOf(matrix)), { factors: 3, alpha, regularization, iterations: 3000, tolerance: 0 });
    const { rowFactors, itemFactors, losses } = model;
    const loss = (): number => lossByPairs(matrix, rowFactors, itemFactors, alpha, regularization);
    expect(losses.at(-1)! / loss()).toBeCloseTo(1, 12);
    for (let i = 1; i < losses.length; i++) expect(losses[i]!).toBeLessThanOrEqual(losses[i - 1]! * (1 + 1e-12));
    for (const values of [rowFactors.values, itemFactors.values]) {
      for (let at = 0; at < values.length; at++) {
        const kept = values[at]!;
        values[at] = kept + 1e-5;
        const up = loss();
        values[at] = kept - 1e-5;
        const slope = (up - loss()) / 2e-5;
        values[at] = kept;
        expect(Math.abs(slope)).toBeLessThan(1e-3);
      }
    }
  });

  it('recovers two tastes: offers are of one’s own taste', () => {
    for (const seed of [1, 2, 3]) {
      const model = fitAls(of(twoTastes(80, seed)), { factors: 2, seed });
      const chosen = offers(model, { count: 4 });
      expect(chosen.length).toBe(320);
      for (const { row, item } of chosen) expect(item).toMatch(Number(row) % 2 ? /^bread/ : /^cake/);
      expect(model.warnings).toEqual([]);
    }
  });

  it('does not mind the sequence of the lines, nor the unit of the weights where α makes up for it', () => {
    const lines = twoTastes(40, 8);
    const straight = fitAls(of(lines), { factors: 3 });
    expect(fitAls(of(shuffled(lines, seededRandom(1))), { factors: 3 })).toEqual(straight);
    const cents = fitAls(of(lines.map((line) => ({ ...line, weight: 100 * line.weight }))), {
      factors: 3,
      alpha: 0.01,
    });
    scoresOf(cents).forEach((scores, u) =>
      scores.forEach((score, i) => expect(score).toBeCloseTo(scoresOf(straight)[u]![i]!, 9)),
    );
  });

  it('gives the same scores where products have other names and the start moves with them', () => {
    const lines = linesOf(MATRIX);
    const turned = lines.map((line) => ({ ...line, item: String.fromCharCode(97 + 102 - line.item.charCodeAt(0)) }));
    const turnedStart = fromColumns([5, 4, 3, 2, 1, 0].map((i) => column(start, i)));
    const [one, other] = [fitAls(of(lines), settings), fitAls(of(turned), { ...settings, start: turnedStart })];
    scoresOf(one).forEach((scores, u) =>
      scores.forEach((score, i) => expect(score).toBeCloseTo(scoresOf(other)[u]![5 - i]!, 9)),
    );
  });

  it('explains an offer by what was bought: the parts add up to the score', () => {
    const model = fitAls(of(twoTastes(60, 5)), { factors: 2, iterations: 500, tolerance: 1e-13 });
    const explain = explainer(model);
    const scores = scoresOf(model);
    for (const row of [0, 1, 17]) {
      for (let item = 0; item < 16; item++) {
        const sum = explain(row, item).reduce((total, { part }) => total + part, 0);
        expect(sum).toBeCloseTo(scores[row]![item]!, 4);
      }
    }
    for (const { item, reasons } of offers(model, { rows: [0, 1] })) {
      expect(reasons[0]!.item.split(' ')[0]).toBe(item.split(' ')[0]);
    }
  });

  it('says when it has more factors than there is to learn, when it has not settled, and when nothing was learnt', () => {
    const data = of(linesOf(MATRIX));
    const codes = (options: object) => fitAls(data, options).warnings.map(({ code }) => code);
    expect(codes({ factors: 6, iterations: 1 })).toEqual(['many-factors', 'not-converged']);
    expect(codes({ factors: 3, iterations: 2000 })).toEqual([]);
    expect(codes({ factors: 3, regularization: 100 })).toEqual(['nothing-learnt']);
  });

  it('fits a single customer', () => {
    const model = fitAls(of([{ row: 1, item: 'a', weight: 1 }]), { factors: 1 });
    expect(Number.isFinite(model.losses.at(-1)!)).toBe(true);
    expect(offers(model)).toEqual([]);
  });

  it.each([
    [{ factors: 0 }, /number of factors must be a whole number/],
    [{ alpha: 0 }, /alpha of a factorisation must be above 0; it is 0/],
    [{ regularization: -1 }, /regularization of a factorisation must be above 0/],
    [{ iterations: 1.5 }, /number of rounds/],
    [{ factors: 2, start }, /first factors must be 2 × 6; they are 3 × 6/],
    [{ seed: 0.5 }, /seed must be a whole number/],
  ])('refuses %j', (options, message) => {
    expect(() => fitAls(of(linesOf(MATRIX)), options)).toThrow(message);
  });
});
