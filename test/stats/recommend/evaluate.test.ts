import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { fitAls } from '../../../src/stats/recommend/als';
import { evaluateOffers, type RankingScore } from '../../../src/stats/recommend/evaluate';
import { interactionsOf, type Interactions } from '../../../src/stats/recommend/interactions';
import { offers } from '../../../src/stats/recommend/offers';
import { averagePrecision, ndcg } from '../../../src/stats/recommend/ranking';
import { itemNeighbours, popularity } from '../../../src/stats/recommend/recommenders';

describe('ranking metrics', () => {
  // Case 29 of shared/reference/customers.
  it('are those of the published case', () => {
    expect(ndcg([3, 1, 0, 0, 2], 3)).toBeCloseTo(0.812424248193, 11);
    expect(ndcg([0, 1, 0, 1, 0], 3)).toBeCloseTo(0.386852807235, 11);
    expect(ndcg([3, 1, 0, 0, 2], 5)).toBeCloseTo(0.935982691749, 11);
    expect(ndcg([0, 1, 0, 1, 0], 5)).toBeCloseTo(0.650920929807, 11);
    expect(averagePrecision([3, 1, 0, 0, 2], 5)).toBeCloseTo(0.866666666667, 11);
    expect(averagePrecision([0, 1, 0, 1, 0], 5)).toBe(0.5);
  });

  it('are 1 for the best list there can be and 0 without a hit', () => {
    expect([ndcg([1, 1, 0], 3, [1, 1]), averagePrecision([1, 1, 0], 3, 2)]).toEqual([1, 1]);
    expect([ndcg([1, 1], 2, [1, 1, 1, 1]), averagePrecision([1, 1], 2, 4)]).toEqual([1, 1]);
    expect([ndcg([0, 0], 2, [1]), averagePrecision([0, 0], 2, 1)]).toEqual([0, 0]);
    expect([ndcg([0], 2), averagePrecision([], 2)]).toEqual([0, 0]);
  });

  it('count what was wanted and is not in the list', () => {
    expect(averagePrecision([1, 0, 0], 3, 2)).toBe(0.5);
    expect(ndcg([1, 0, 0], 3, [1, 1])).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  });

  it('refuse what cannot be', () => {
    expect(() => ndcg([1], 0)).toThrow(/whole number of places/);
    expect(() => ndcg([-1], 2)).toThrow(/relevance in place 1 is -1/);
    expect(() => averagePrecision([1, 1], 2, 1)).toThrow(/2 wanted items are in the list/);
  });
});

type Bought = readonly (readonly [customer: number | string, item: string])[];
const of = (lines: Bought): Interactions =>
  interactionsOf({ row: lines.map(([row]) => row), item: lines.map(([, item]) => item) });

/** Customers of three tastes with ten products each, who buy some before and some after; all like bread as well. */
function shop(customers: number, seed: number): { before: Interactions; later: Interactions } {
  const random = seededRandom(seed);
  const bought = Array.from({ length: customers }, (_, customer) => {
    const products = Array.from({ length: 5 }, () => `${'xyz'[customer % 3]!}${random.integer(10)}`);
    return [...products, ...(random.uniform() < 0.5 ? ['bread'] : [])].map((item): [number, string] => [
      customer,
      item,
    ]);
  });
  const later = bought.map((lines) => lines.slice(3));
  return { before: of(bought.flatMap((lines) => lines.slice(0, 3))), later: of(later.flat()) };
}

describe('evaluateOffers', () => {
  it('counts by hand: popularity offers what most bought', () => {
    // All have a; b is more popular than c, c than d.
    const before = of([...'1234'].flatMap((customer): [string, string][] => [[customer, 'a'], ...(customer < '4' ? ([[customer, customer === '3' ? 'c' : 'b']] as [string, string][]) : [])])); // prettier-ignore
    const later = of([
      ['1', 'c'],
      ['3', 'b'],
      ['4', 'c'],
      ['4', 'd'],
      ['2', 'a'],
      ['9', 'a'],
    ]);
    const { customers, newCustomers, scores } = evaluateOffers({ popular: popularity(before) }, later, { count: 1 });
    // 1 is offered c: a hit. 3 is offered b: a hit. 4 is offered b: none. 2 bought only what they had. 9 is new.
    expect([customers, newCustomers]).toEqual([3, 1]);
    expect(scores[0]!.hitRate.value).toBeCloseTo(2 / 3, 12);
    expect(scores[0]!.map.value).toBeCloseTo(2 / 3, 12);
    expect(scores[0]!.gain).toMatchObject({ value: 0, lower: 0, upper: 0 });
    const repeats = evaluateOffers({ popular: popularity(before) }, later, { count: 1, again: true });
    // All four are offered a; 2 takes it.
    expect([repeats.customers, repeats.scores[0]!.hitRate.value]).toEqual([4, 0.25]);
  });

  it('recovers that customers have tastes: both models beat popularity, beyond their intervals', () => {
    const { before, later } = shop(600, 1);
    const models = {
      popularity: popularity(before),
      together: itemNeighbours(before, { similarity: 'cosine' }),
      factors: fitAls(before, { factors: 3 }),
    };
    const { scores } = evaluateOffers(models, later);
    expect(scores.map(({ name }) => name)).toEqual(['popularity', 'together', 'factors']);
    for (const { gain, hitRate, ndcg, map } of scores.slice(1)) {
      expect(gain.lower).toBeGreaterThan(0.03);
      for (const { lower, value, upper } of [hitRate, ndcg, map]) {
        expect(0 < lower && lower < value && value < upper && upper < 1).toBe(true);
      }
    }
  });

  it('finds no gain where nobody has a taste', () => {
    const random = seededRandom(12);
    const lines = (n: number) =>
      Array.from({ length: n }, (): [number, string] => [random.integer(300), `p${random.integer(20)}`]);
    const [before, later] = [of(lines(1500)), of(lines(900))];
    const { scores } = evaluateOffers({ base: popularity(before), together: itemNeighbours(before) }, later);
    expect(scores[1]!.gain.lower).toBeLessThan(0.01);
    expect(scores[1]!.gain.upper).toBeGreaterThan(-0.01);
  });

  it('has intervals that hold the true hit rate in about 90 of 100 samples of customers', () => {
    // The offers are p, q and r to everybody; half of the customers take one with chance 0.2, half with 0.5.
    let held = 0;
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const fans = [1, 2, 3].flatMap((fan) => ['p', 'q', 'r'].map((item): [string, string] => [`fan ${fan}`, item]));
      const customers = Array.from({ length: 120 }, (_, customer) => customer);
      const before = of([...fans, ...customers.map((customer): [number, string] => [customer, 'tea'])]);
      const later = of(
        customers.map((customer) => [customer, random.uniform() < (random.uniform() < 0.5 ? 0.2 : 0.5) ? 'q' : 'new']),
      );
      const [{ hitRate }] = evaluateOffers({ base: popularity(before) }, later, { resamples: 300 }).scores as [
        RankingScore,
      ];
      if (hitRate.lower <= 0.35 && 0.35 <= hitRate.upper) held++;
    }
    // Of 300 at 0.9, within three standard deviations (16).
    expect(held).toBeGreaterThan(254);
    expect(held).toBeLessThan(286);
  });

  it('is the same for the same seed', () => {
    const { before, later } = shop(100, 3);
    const run = () => evaluateOffers({ base: popularity(before) }, later, { resamples: 100 });
    expect(run()).toEqual(run());
  });

  it('refuses models of different purchases, and too few customers', () => {
    const { before, later } = shop(50, 2);
    const other = popularity(shop(50, 4).before);
    expect(() => evaluateOffers({ a: popularity(before), b: other }, later)).toThrow(/made of different purchases/);
    expect(() => evaluateOffers({}, later)).toThrow(/no model/);
    expect(() => evaluateOffers({ a: popularity(before) }, of([[7000, 'x1']]))).toThrow(
      /No customer of before the split bought something they had not bought before/,
    );
  });
});

describe('offers', () => {
  const before = of([
    [1, 'tea'],
    [1, 'scone'],
    [2, 'tea'],
    [2, 'scone'],
    [2, 'jam'],
    [3, 'tea'],
    [3, 'jam'],
    [3, 'scone'],
    [4, 'jam'],
  ]);

  it('offer what goes with what one has, with the reason', () => {
    const chosen = offers(itemNeighbours(before), { rows: [4], count: 2 });
    expect(chosen.map(({ item, rank }) => [item, rank])).toEqual([
      ['scone', 1],
      ['tea', 2],
    ]);
    expect(chosen[0]!.reasons).toEqual([{ item: 'jam', part: 2 / 3 }]);
    expect(chosen[0]!.score).toBe(chosen[0]!.reasons[0]!.part);
  });

  it('offer nothing to those who have everything, unless again', () => {
    expect(offers(popularity(before), { rows: [2] })).toEqual([]);
    expect(offers(popularity(before), { rows: [2], again: true }).length).toBe(3);
    expect(offers(popularity(before)).every(({ reasons }) => reasons.length === 0)).toBe(true);
  });

  it('refuse a customer whom the model does not know', () => {
    expect(() => offers(popularity(before), { rows: [8] })).toThrow('The customer 8 is not among the 4 of the model.');
  });
});
