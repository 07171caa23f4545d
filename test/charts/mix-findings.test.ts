import { expect, it } from 'vitest';
import {
  contributionFinding,
  fadingFinding,
  marginFinding,
  returnFinding,
  shareFinding,
} from '../../src/charts/mix-findings';
import type { Decomposition } from '../../src/stats/mix/results/decomposition';
import type { AdstockCurve } from '../../src/stats/mix/results/curves';
import type { ChannelReturn } from '../../src/stats/mix/results/returns';
import { wordingOf } from '../../src/stats/mix/verdict/wording';

const estimate = (lower: number, upper: number) => ({
  value: (lower + upper) / 2,
  lower,
  upper,
  standardError: 1,
  confidence: 0.9,
});

/** Channels by their returns, each with a third of the money and of the effect but for the share given. */
function channels(roi: Record<string, readonly [number, number]>, share: readonly [number, number] = [0.2, 0.5]) {
  return Object.entries(roi).map(([name, [lower, upper]], c): ChannelReturn => ({
    name,
    contribution: estimate(lower, upper),
    immediate: estimate(lower, upper),
    carryover: estimate(0, 0),
    spend: 1,
    spendShare: 1 / 3,
    effectShare: c === 0 ? estimate(...share) : estimate(0.2, 0.5),
    roi: estimate(lower, upper),
    marginalRoi: estimate(lower / 2, upper / 2),
    cost: undefined,
  }));
}

const euros = wordingOf({ currency: 'EUR', breakEven: 1.5 });

it('a report says of more than everything that it cannot be', () => {
  const of = (share: number) =>
    contributionFinding({ baseline: { share: estimate(share, share) } } as Decomposition, 'sales', euros);
  expect(of(0.8)).toBe('Advertising brought 20 % of sales');
  expect(of(-0.11)).toBe('The model gives advertising more than there was of sales: do not act on it');
});

it('a report says which channels paid for themselves, and of which that is open', () => {
  expect(returnFinding(channels({ search: [2, 3], radio: [0.2, 1], social: [1, 2], tv: [0.1, 4] }), euros)).toBe(
    'Search paid for itself, radio did not; of social and tv it is open',
  );
  expect(returnFinding(channels({ search: [2, 3], radio: [1.5, 3] }), euros)).toBe(
    'Search and radio paid for themselves',
  );
  expect(returnFinding(channels({ search: [0, 1], radio: [0, 1.4] }), euros)).toBe(
    'Search and radio did not pay for themselves',
  );
  expect(returnFinding(channels({ search: [0, 2] }), euros)).toBe('Whether any channel paid for itself is open');
  expect(returnFinding(channels({ search: [0, 2] }), wordingOf({ outcomeUnit: 'order' }))).toBe(
    'What each channel brought for its money',
  );
});

it('a report says whose share of the effect surely is not its share of the money, and where more money brings most', () => {
  const two = { search: [2, 3], radio: [0.2, 1] } as const;
  expect(shareFinding(channels(two))).toBe('No channel surely brought more or less than its share of the money');
  expect(shareFinding(channels(two, [0.4, 0.6]))).toBe('Search brought more than its share of the money');
  expect(shareFinding(channels(two, [0.1, 0.3]))).toBe('Search brought less than its share of the money');
  expect(marginFinding(channels(two), euros)).toBe('One more euro is expected to bring most in search: about €1.25');
});

it('a report says how soon effects come', () => {
  const curve = (name: string, ...mean: number[]): AdstockCurve => {
    const weights = Float64Array.from(mean);
    return { name, weights: { mean: weights, lower: weights, upper: weights }, meanLag: estimate(0, 1) };
  };
  expect(fadingFinding([curve('search', 0.7, 0.3), curve('tv', 0.5, 0.3, 0.2)], 'week')).toBe(
    'Most of each effect comes in the same week',
  );
  expect(fadingFinding([curve('search', 0.7, 0.3), curve('tv', 0.3, 0.3, 0.2, 0.2)], 'day')).toBe(
    'Tv works longest: half of its effect comes within 2 days',
  );
});
