import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { crps } from '../../../src/stats/mix/evaluate/crps';
import { diagnoseMix } from '../../../src/stats/mix/evaluate/diagnose';
import { firstRows, predict, seasonalNaive } from '../../../src/stats/mix/evaluate/forecast';
import { priorDraws } from '../../../src/stats/mix/evaluate/prior-draws';
import { decompRssd, fitQuality } from '../../../src/stats/mix/evaluate/quality';
import { rollingOrigin } from '../../../src/stats/mix/evaluate/rolling-origin';
import { inseparableChannels } from '../../../src/stats/mix/evaluate/separability';
import { varianceInflation } from '../../../src/stats/mix/evaluate/vif';
import { fitMix } from '../../../src/stats/mix/fit';
import type { MixDraws } from '../../../src/stats/mix/model';
import { channelReturns } from '../../../src/stats/mix/results/returns';
import { essBulk, essTail } from '../../../src/stats/sampling/ess';
import { mcseMean } from '../../../src/stats/sampling/mcse';
import { rhat } from '../../../src/stats/sampling/rhat';
import { simulatedWeeks } from './simulated';

const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix');

describe('the quality of a fit', () => {
  it('by hand', () => {
    const { r2, rmse, nrmse, mape, durbinWatson } = fitQuality([1, 2, 4, 0], [1, 3, 3, 1]);
    expect(r2).toBeCloseTo(1 - 3 / 8.75, 12);
    expect([rmse, nrmse]).toEqual([Math.sqrt(3 / 4), Math.sqrt(3 / 4) / 4]);
    expect(mape).toBeCloseTo((0 + 0.5 + 0.25) / 3, 12);
    expect(durbinWatson).toBeCloseTo((1 + 4 + 4) / 3, 12);
  });

  it('of a constant or a perfect fit says what has no value', () => {
    expect(fitQuality([2, 2], [2, 2])).toEqual({
      r2: undefined,
      rmse: 0,
      nrmse: undefined,
      mape: 0,
      durbinWatson: undefined,
    });
    expect(fitQuality([0, 0], [1, 0]).mape).toBe(undefined);
    expect(() => fitQuality([1, 2], [1])).toThrow(/2 actual values and 1 fitted/);
    expect(() => fitQuality([1], [1])).toThrow(/at least 2 rows/);
  });

  it.skipIf(!existsSync(reference))('is the published one: R², NRMSE, the distance of effect from spend', () => {
    const read = (name: string): string => readFileSync(resolve(reference, name), 'utf8');
    const { model, ...published } = JSON.parse(read('case03_robyn_decomp.json')) as {
      model: { coef: Record<string, number>; rsq: number; nrmse: number };
      effect_share: Record<string, number>;
      spend_share: Record<string, number>;
      decomp_rssd: number;
    };
    const [header, ...lines] = read('case02_design.csv').trim().split('\n');
    const names = header!.replaceAll('"', '').split(',');
    const rows = lines.map((line) => line.split(',').map(Number));
    const fitted = rows.map((row) =>
      row.slice(1).reduce((sum, value, j) => sum + value * model.coef[names[j + 1]!]!, model.coef['(Intercept)']!),
    );
    const quality = fitQuality(
      rows.map((row) => row[0]!),
      fitted,
    );
    expect(quality.r2).toBeCloseTo(model.rsq, 10);
    expect(quality.nrmse).toBeCloseTo(model.nrmse, 10);
    const spend = Object.values(published.spend_share);
    const shares = Object.values(published.effect_share).map((value, c) => ({
      effectShare: { value, standardError: 0, lower: value, upper: value, confidence: 0.9 },
      spendShare: spend[c]!,
    }));
    expect(decompRssd(shares)).toBeCloseTo(published.decomp_rssd, 12);
  });
});

describe('CRPS', () => {
  it.skipIf(!existsSync(reference))('is the published one', () => {
    const { crps: published } = JSON.parse(
      readFileSync(resolve(reference, 'case11_bayes_closed_form.json'), 'utf8'),
    ) as {
      crps: { draws: number[][]; obs: number[]; crps_empirical: number[]; bruteforce: number[] };
    };
    published.obs.forEach((observed, j) => {
      const score = crps(
        published.draws.map((row) => row[j]!),
        observed,
      );
      expect(score).toBeCloseTo(published.crps_empirical[j]!, 12);
      expect(score).toBeCloseTo(published.bruteforce[j]!, 12);
    });
  });

  it('is the double sum, in any order of draws, and the absolute error of one draw', () => {
    const random = seededRandom(4);
    const draws = Array.from({ length: 37 }, () => random.normal());
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const plain =
      mean(draws.map((x) => Math.abs(x - 0.4))) - 0.5 * mean(draws.flatMap((x) => draws.map((z) => Math.abs(x - z))));
    expect(crps(draws, 0.4)).toBeCloseTo(plain, 13);
    expect(crps([3], 5)).toBe(2);
    expect(() => crps([], 5)).toThrow(/at least one draw/);
  });

  it('of a standard normal comes to its closed form', () => {
    const random = seededRandom(9);
    const draws = Float64Array.from({ length: 200_000 }, () => random.normal());
    expect(crps(draws, 0.3)).toBeCloseTo(0.2693329, 2);
  });
});

describe('variance inflation', () => {
  const random = seededRandom(6);
  const column = (): Float64Array => Float64Array.from({ length: 50 }, () => random.normal());

  it('of two columns is 1/(1 − r²)', () => {
    const [x, e] = [column(), column()];
    const y = x.map((value, t) => value + 0.5 * e[t]!);
    const centre = (v: Float64Array): Float64Array => v.map((value) => value - v.reduce((a, b) => a + b, 0) / 50);
    const [cx, cy] = [centre(x), centre(y)];
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, t) => sum + value * b[t]!, 0);
    const r2 = dot(cx, cy) ** 2 / (dot(cx, cx) * dot(cy, cy));
    for (const factor of varianceInflation([x, y])) expect(factor).toBeCloseTo(1 / (1 - r2), 8);
  });

  it.skipIf(!existsSync(reference))('is the published one of a regression, and so is its Durbin-Watson', () => {
    const read = (name: string): string => readFileSync(resolve(reference, name), 'utf8');
    const published = JSON.parse(read('case04_ols_statsmodels.json')) as {
      vif: Record<string, number>;
      durbin_watson: number;
      fitted: number[];
    };
    const [header, ...lines] = read('case02_design.csv').trim().split('\n');
    const names = header!.replaceAll('"', '').split(',').slice(1);
    const rows = lines.map((line) => line.split(',').map(Number));
    const factors = varianceInflation(names.map((_, j) => Float64Array.from(rows, (row) => row[j + 1]!)));
    names.forEach((name, j) => expect(factors[j]! / published.vif[name]!).toBeCloseTo(1, 9));
    const { durbinWatson } = fitQuality(
      rows.map((row) => row[0]!),
      published.fitted,
    );
    expect(durbinWatson).toBeCloseTo(published.durbin_watson, 8);
  });

  it('names the columns that are combinations of each other, and passes over constants', () => {
    const [a, b, c] = [column(), column(), column()];
    const sum = a.map((value, t) => 2 * value - b[t]!);
    const [ofA, ofB, ofC, ofSum, flat] = varianceInflation([a, b, c, sum, new Float64Array(50).fill(3)]);
    expect([ofA, ofB, ofSum, flat]).toEqual([Infinity, Infinity, Infinity, undefined]);
    expect(ofC).toBeLessThan(2);
    expect(varianceInflation([])).toEqual([]);
  });
});

describe('a seasonal-naive forecast', () => {
  it('repeats the last season with its own past errors', () => {
    const past = Float64Array.of(10, 20, 11, 22, 12, 24);
    const forecast = seasonalNaive(past, 2, 3);
    expect(forecast.map((draws) => Array.from(draws))).toEqual([
      [13, 14, 13, 14],
      [25, 26, 25, 26],
      [13, 14, 13, 14],
    ]);
  });

  it('of a short past repeats the last value', () => {
    expect(Array.from(seasonalNaive(Float64Array.of(1, 3, 4), 52, 1)[0]!)).toEqual([6, 5]);
  });
});

describe('draws from the priors', () => {
  it('have the priors’ means and a return on investment that is the prior’s where the prior is on it', () => {
    const { model } = simulatedWeeks(60, 3);
    const roi = { on: 'roi', prior: { kind: 'log-normal', location: 0.2, scale: 0.5 } } as const;
    const channels = model.channels.map((channel, c) =>
      c === 1 ? { ...channel, priors: { ...channel.priors, effect: roi } } : channel,
    );
    const before = priorDraws({ ...model, channels }, 1000);
    const { columns } = before.chains[0]!;
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(columns['search: alpha']!)).toBeCloseTo(0.25, 1);
    expect(Math.abs(mean(columns['search: lambda']!) - 3)).toBeLessThan(0.2);
    const returns = channelReturns({ ...model, channels }, before)[1]!;
    expect(returns.roi!.value).toBeCloseTo(mean(columns['social: roi']!), 10);
    expect(priorDraws(model, 50, 2)).toEqual(priorDraws(model, 50, 2));
  });
});

describe('a fit to weeks made from known parameters', () => {
  const weeks = simulatedWeeks(130, 21);
  let draws: MixDraws;
  beforeAll(async () => {
    draws = await fitMix(weeks.model, { chains: 2, warmup: 300, draws: 300, seed: 5 });
  }, 60_000);

  it('holds the true contributions in its intervals', () => {
    for (const { name, contribution } of channelReturns(weeks.model, draws, { confidence: 0.98 })) {
      const truth = weeks.truth.contribution[name]!;
      expect(contribution.lower).toBeLessThan(truth);
      expect(contribution.upper).toBeGreaterThan(truth);
      expect(Math.abs(contribution.value - truth) / truth).toBeLessThan(0.25);
    }
  });

  it('is diagnosed as sound', () => {
    const found = diagnoseMix(weeks.model, draws);
    const { convergence } = found;
    expect(convergence.parameters.map(({ parameter }) => parameter)).toEqual(draws.parameters);
    const chains = draws.chains.map(({ columns }) => columns['social: alpha']!);
    expect(convergence.parameters.find(({ parameter }) => parameter === 'social: alpha')).toEqual({
      parameter: 'social: alpha',
      rhat: rhat(chains),
      bulkEss: essBulk(chains),
      tailEss: essTail(chains),
      mcse: mcseMean(chains),
    });
    expect(convergence.rhat).toBe(Math.max(...convergence.parameters.map((one) => one.rhat)));
    expect(convergence.rhat).toBeLessThan(1.03);
    expect([convergence.divergences, convergence.treeDepthReached]).toEqual([0, 0]);
    expect(convergence.energyFraction).toBeGreaterThan(0.6);
    expect(found.quality.r2).toBeGreaterThan(0.9);
    expect(found.quality.durbinWatson).toBeGreaterThan(1.5);
    expect([found.collinear, found.negativeBaseline]).toEqual([[], 0]);
    expect(found.inflation.map(({ channel }) => channel)).toEqual(['search', 'social']);
    for (const { vif } of found.inflation) expect(vif).toBeLessThan(2);
    for (const { p } of found.predictive) expect(p > 0.02 && p < 0.98).toBe(true);
    const learnt = new Map(found.learnt.map((one) => [one.parameter, one]));
    expect(learnt.get('sigma')!.contraction).toBeGreaterThan(0.99);
    expect(learnt.get('baseline: intercept')!.contraction).toBeGreaterThan(0.9);
  });

  it('is told from data that its model does not make', () => {
    const { model } = weeks;
    const walk = model.outcome.map((value, t) => value + 0.15 * Math.sin(t / 4));
    const checks = diagnoseMix({ ...model, outcome: walk }, draws).predictive;
    expect(checks.find(({ name }) => name === 'following residuals')!.p).toBeLessThan(0.05);
  });

  it('forecasts rows it has not seen better than without media and than last year', async () => {
    const { folds, overall } = await rollingOrigin(weeks.model, {
      frequency: weeks.calendar.frequency,
      folds: 2,
      horizon: 10,
      fit: (model) => fitMix(model, { chains: 1, warmup: 200, draws: 200, seed: 3 }),
    });
    expect(folds.map(({ from, until }) => [from, until])).toEqual([
      [110, 120],
      [120, 130],
    ]);
    expect(overall.model).toBeLessThan(0.6 * overall.withoutMedia);
    expect(overall.model).toBeLessThan(0.6 * overall.seasonalNaive);
    expect(overall.skill).toBeCloseTo(1 - overall.model / overall.withoutMedia, 12);
    expect(overall.coverage).toBeGreaterThan(0.7);
  }, 60_000);

  it('refuses to hold out more than half', async () => {
    const fit = (): Promise<MixDraws> => Promise.reject(new Error('not reached'));
    await expect(rollingOrigin(weeks.model, { frequency: 'weekly', folds: 7, horizon: 10, fit })).rejects.toThrow(
      /7 × 10 of 130 rows/,
    );
  });

  it('of the first rows leaves out channels that had not begun and tests not yet over', () => {
    const { model } = weeks;
    const late = { ...model.channels[1]!, media: model.channels[1]!.media.map((x, t) => (t < 70 ? 0 : x)) };
    const test = { channel: 'search', from: 60, to: 65, until: 75, outcome: 1, standardError: 1 };
    const early = firstRows({ ...model, channels: [model.channels[0]!, late], liftTests: [test] }, 70);
    expect(early.channels.map(({ name }) => name)).toEqual(['search']);
    expect([early.liftTests, early.outcome.length, early.baseline.columns[0]!.length]).toEqual([[], 70, 70]);
    expect(predict(model, priorDraws(early, 30), 70, 74, 1).map((row) => row.length)).toEqual([30, 30, 30, 30]);
  });
});

describe('channels that cannot be told apart', () => {
  it('are named: one channel under two names', async () => {
    const { model } = simulatedWeeks(80, 8);
    const [search] = model.channels;
    const twins = { ...model, channels: [search!, { ...search!, name: 'twin' }] };
    const draws = await fitMix(twins, { chains: 1, warmup: 300, draws: 400, seed: 2 });
    const [pair] = inseparableChannels(twins, draws);
    expect(pair!.channels).toEqual(['search', 'twin']);
    expect(pair!.correlation).toBeLessThan(-0.8);
    expect(diagnoseMix(twins, draws).inflation.map(({ vif }) => vif)).toEqual([Infinity, Infinity]);
  }, 60_000);
});
