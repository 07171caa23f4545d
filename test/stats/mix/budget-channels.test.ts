import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { highestSpend, plannedChannels, recentSpend, type PlannedChannel } from '../../../src/stats/mix/budget/channel';
import { calendarCurve, steadyCurve } from '../../../src/stats/mix/budget/channel-curve';
import type { ResponseCurve } from '../../../src/stats/mix/budget/curve';
import { optimizeBudget } from '../../../src/stats/mix/budget/optimize';
import {
  channelParameter,
  parameterNames,
  type Adstock,
  type MixDraws,
  type MixModel,
  type Saturation,
} from '../../../src/stats/mix/model';
import { adstockTransform } from '../../../src/stats/mix/transforms/adstock';
import { saturationTransform } from '../../../src/stats/mix/transforms/saturation';

const ROWS = 60;

function channel(seed: number, adstock: Adstock, saturation: Saturation, draws = 3): PlannedChannel {
  const random = seededRandom(seed);
  const column = (low: number, high: number) =>
    Float64Array.from({ length: draws }, () => low + (high - low) * random.uniform());
  const spend = Float64Array.from({ length: ROWS }, () => 50 + 100 * random.uniform());
  return {
    name: 'tv',
    adstock,
    saturation,
    adstockDraws:
      adstock.kind === 'none' ? [] : adstock.kind === 'delayed' ? [column(0.3, 0.7), column(1, 3)] : [column(0.2, 0.8)],
    saturationDraws: saturation.kind === 'hill' ? [column(0.6, 2), column(0.5, 1)] : [column(0.5, 2)],
    effect: column(100, 300),
    media: spend.map((value) => value / 100),
    spend,
    mediaPerSpend: 0.01,
  };
}

/** The response to a calendar as the model itself would say it: simulate with the plan and without, and subtract. */
function simulated(planned: PlannedChannel, shares: readonly number[], spend: number, draw: number): number {
  const tail = planned.adstock.maxLag - 1;
  const adstock = adstockTransform(planned.adstock);
  const saturation = saturationTransform(planned.saturation.kind);
  const run = (future: readonly number[]): number => {
    const media = Float64Array.from([...planned.media, ...future, ...Array.from({ length: tail }, () => 0)]);
    const out = new Float64Array(media.length);
    adstock.apply(
      media,
      planned.adstockDraws.map((column) => column[draw]!),
      out,
    );
    saturation.apply(
      out,
      planned.saturationDraws.map((column) => column[draw]!),
      out,
    );
    return planned.effect[draw]! * out.subarray(ROWS).reduce((total, value) => total + value, 0);
  };
  return run(shares.map((share) => share * spend * planned.mediaPerSpend)) - run(shares.map(() => 0));
}

function at(curve: ResponseCurve, spend: number): { response: Float64Array; slope: Float64Array } {
  const [response, slope] = [new Float64Array(curve.draws), new Float64Array(curve.draws)];
  curve.evaluate(spend, response, slope);
  return { response, slope };
}

const KINDS: [Adstock, Saturation][] = [
  [{ kind: 'geometric', maxLag: 8 }, { kind: 'hill' }],
  [{ kind: 'delayed', maxLag: 6 }, { kind: 'logistic' }],
  [{ kind: 'none', maxLag: 1 }, { kind: 'michaelis-menten' }],
];

describe('calendarCurve', () => {
  it.each(KINDS)('adds what the model adds with carry-in and carry-out: %o, %o', (adstock, saturation) => {
    const planned = channel(3, adstock, saturation);
    const shares = [0.5, 0, 0.3, 0.2];
    const curve = calendarCurve(planned, shares);
    for (const spend of [1, 130, 900]) {
      const { response, slope } = at(curve, spend);
      const step = 1e-4 * spend;
      const [more, less] = [at(curve, spend + step).response, at(curve, spend - step).response];
      for (let d = 0; d < 3; d++) {
        expect(response[d]! / simulated(planned, shares, spend, d) - 1).toBeCloseTo(0, 10);
        expect((slope[d]! * 2 * step) / (more[d]! - less[d]!) - 1).toBeCloseTo(0, 5);
      }
    }
    expect([...at(curve, 0).response]).toEqual([0, 0, 0]);
  });

  it('brings less in a burst than laid out evenly where returns diminish', () => {
    const planned = channel(4, { kind: 'geometric', maxLag: 8 }, { kind: 'michaelis-menten' });
    const even = at(calendarCurve(planned, [0.25, 0.25, 0.25, 0.25]), 400).response;
    const burst = at(calendarCurve(planned, [1, 0, 0, 0]), 400).response;
    for (let d = 0; d < 3; d++) expect(burst[d]).toBeLessThan(even[d]!);
  });

  it('refuses shares that are not shares', () => {
    const planned = channel(5, { kind: 'none', maxLag: 1 }, { kind: 'tanh' });
    expect(() => calendarCurve(planned, [0.5, 0.4])).toThrow('The shares of tv in the calendar add up to 0.9');
    expect(() => calendarCurve(planned, [1.5, -0.5])).toThrow('The share of tv in row 1 of the calendar is 1.5');
    expect(() => calendarCurve(planned, [NaN])).toThrow('is NaN');
    expect(() => calendarCurve(planned, [])).toThrow('A plan lasts a whole number of rows');
    expect(() => steadyCurve(planned, 1.5)).toThrow('not 1.5');
  });
});

describe('steadyCurve', () => {
  it.each(KINDS)('is what a long even calendar brings a row, once it has filled up: %o, %o', (adstock, saturation) => {
    const planned = channel(6, adstock, saturation);
    const steady = at(steadyCurve(planned, 13), 13 * 120);
    const rows = (count: number) => Array.from({ length: count }, () => 1 / count);
    const empty = { ...planned, media: new Float64Array(ROWS) };
    const [long, longer] = [at(calendarCurve(empty, rows(40)), 40 * 120), at(calendarCurve(empty, rows(53)), 53 * 120)];
    for (let d = 0; d < 3; d++) {
      expect(steady.response[d]! / (longer.response[d]! - long.response[d]!) - 1).toBeCloseTo(0, 9);
    }
  });

  it('gives the first units their slope where a Hill curve is steepest', () => {
    const planned = channel(7, { kind: 'none', maxLag: 1 }, { kind: 'hill' });
    const steep = { ...planned, saturationDraws: [Float64Array.of(0.5, 0.7, 0.9), planned.saturationDraws[1]!] };
    const { response, slope } = at(steadyCurve(steep, 1), 0);
    expect([...response]).toEqual([0, 0, 0]);
    for (let d = 0; d < 3; d++) expect(slope[d]).toBeGreaterThan(at(steadyCurve(steep, 1), 1).slope[d]!);
  });
});

describe('plannedChannels', () => {
  const model: MixModel = {
    outcome: new Float64Array(4),
    outcomeScale: 1000,
    baseline: { names: ['intercept'], columns: [new Float64Array(4).fill(1)], variance: Float64Array.of(1) },
    channels: ['tv', 'search', 'newsletter'].map((name, c) => ({
      name,
      media: Float64Array.of(1, 0.5, 0, 0.5).map((value) => value * (c + 1)),
      mediaScale: 10,
      spend: c === 2 ? new Float64Array(4) : Float64Array.of(10, 5, 0, 5),
      adstock: { kind: 'geometric', maxLag: 4 },
      saturation: { kind: 'logistic' },
      priors: {
        adstock: [{ kind: 'beta', a: 1, b: 3 }],
        saturation: [{ kind: 'gamma', shape: 3, rate: 1 }],
        effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 1 } },
      },
    })),
    sigmaPrior: { kind: 'half-normal', scale: 1 },
    liftTests: [],
  };
  const chain = (first: number) => ({
    seed: first,
    columns: Object.fromEntries(
      parameterNames(model).map((name, p) => [name, Float64Array.from({ length: 5 }, (_, d) => first + d + p / 100)]),
    ),
    sampler: {
      warmup: 0,
      draws: 5,
      divergences: 0,
      treeDepthReached: 0,
      gradientEvaluations: 0,
      stepSize: 1,
      acceptance: 1,
      energy: new Float64Array(5),
    },
  });
  const draws: MixDraws = { parameters: parameterNames(model), chains: [chain(10), chain(20)] };

  it('are those with spend, with draws of every chain in the reader’s units', () => {
    const channels = plannedChannels(model, draws);
    expect(channels.map(({ name }) => name)).toEqual(['tv', 'search']);
    const beta = draws.chains.flatMap((one) => [...one.columns[channelParameter('search', 'beta')]!]);
    expect([...channels[1]!.effect]).toEqual(beta.map((value) => value * 1000));
    expect(channels[1]!.adstockDraws[0]).toHaveLength(10);
    expect(channels[1]!.mediaPerSpend).toBeCloseTo(0.2, 15);
    expect([...plannedChannels(model, draws, 5)[0]!.adstockDraws[0]!]).toEqual([10, 12, 14, 21, 23].map(Number));
    expect([...recentSpend(channels, 2)]).toEqual([5, 5]);
    expect(highestSpend(channels[0]!.spend, 2)).toBe(15);
  });

  it('make curves whose plan spends the budget', () => {
    const curves = plannedChannels(model, draws).map((one) => calendarCurve(one, [0.5, 0.5]));
    const plan = optimizeBudget(curves, { budget: 20 });
    expect(plan.totalSpend).toBeCloseTo(20, 9);
    expect(plan.totalResponse).toBeGreaterThan(0);
  });

  it('are refused without spend, or with the draws of another model', () => {
    const organic = { ...model, channels: model.channels.slice(2) };
    expect(() => plannedChannels(organic, draws)).toThrow('No channel of the model has any spend');
    const other = { ...model, channels: [{ ...model.channels[0]!, name: 'radio' }] };
    expect(() => plannedChannels(other, draws)).toThrow('The draws have no radio: alpha');
  });
});
