import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { centred } from '../../../src/stats/mix/fast/columns';
import { createEvaluator } from '../../../src/stats/mix/fast/evaluator';
import { fitFast } from '../../../src/stats/mix/fast/fit';
import { foldEdges } from '../../../src/stats/mix/fast/folds';
import { boundedRidge } from '../../../src/stats/mix/fast/ridge';
import { searchSpace } from '../../../src/stats/mix/fast/space';
import type { MixModel } from '../../../src/stats/mix/model';
import { adstockTransform } from '../../../src/stats/mix/transforms/adstock';
import { saturationTransform } from '../../../src/stats/mix/transforms/saturation';

interface Truth {
  readonly alpha: number;
  readonly slope: number;
  readonly kappa: number;
  readonly beta: number;
}

const TRUTH: readonly Truth[] = [
  { alpha: 0.6, slope: 1.2, kappa: 0.4, beta: 0.5 },
  { alpha: 0.2, slope: 1, kappa: 0.3, beta: 0.25 },
  { alpha: 0.4, slope: 1.5, kappa: 0.5, beta: 0 },
];

/** Weeks of bursts of media, a season and a trend, from known parameters; contributions on the model's scale. */
function simulate(seed: number, { rows = 208, noise = 0.02 } = {}): { model: MixModel; contributions: number[] } {
  const random = seededRandom(seed);
  const outcome = Float64Array.from({ length: rows }, (_, t) => 1 + 0.3 * (t / rows) + noise * random.normal());
  const season = Float64Array.from({ length: rows }, (_, t) => Math.sin((2 * Math.PI * t) / 52));
  for (let t = 0; t < rows; t++) outcome[t]! += 0.1 * season[t]!;
  const contributions: number[] = [];
  const channels = TRUTH.map(({ alpha, slope, kappa, beta }, c): MixModel['channels'][number] => {
    const raw = Float64Array.from({ length: rows }, () => (random.uniform() < 0.6 ? random.uniform() : 0));
    const largest = Math.max(...raw);
    const media = raw.map((value) => value / largest);
    const saturated = new Float64Array(rows);
    adstockTransform({ kind: 'geometric', maxLag: 13 }).apply(media, [alpha], saturated);
    saturationTransform('hill').apply(saturated, [slope, kappa], saturated);
    contributions.push(saturated.reduce((total, value) => total + beta * value, 0));
    for (let t = 0; t < rows; t++) outcome[t]! += beta * saturated[t]!;
    return {
      name: `channel ${c + 1}`,
      media,
      mediaScale: 100,
      spend: media.map((value) => value * 100),
      adstock: { kind: 'geometric', maxLag: 13 },
      saturation: { kind: 'hill' },
      priors: { adstock: [], saturation: [], effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 1 } } },
    };
  });
  const trend = Float64Array.from({ length: rows }, (_, t) => t / rows);
  const ones = new Float64Array(rows).fill(1);
  const baseline = {
    names: ['intercept', 'trend', 'season'],
    columns: [ones, trend, season],
    variance: Float64Array.of(1, 1, 1),
  };
  const model: MixModel = {
    outcome,
    outcomeScale: 1000,
    baseline,
    channels,
    sigmaPrior: { kind: 'half-normal', scale: 1 },
    liftTests: [],
  };
  return { model, contributions };
}

describe('createEvaluator', () => {
  it('has the fits and the errors of the plain ridge, fold by fold, for 40 candidates in a row', () => {
    const { model } = simulate(1);
    const edges = foldEdges(208, 3);
    const fixed = model.baseline.columns.slice(1).map(centred);
    const evaluator = createEvaluator(model, fixed, edges);
    const outcome = centred(model.outcome);
    evaluator.setOutcome(outcome);
    const { lower, upper } = searchSpace(model);
    const random = seededRandom(5);
    for (let candidate = 0; candidate < 40; candidate++) {
      const point = lower.map((low, i) => low + random.uniform() * (upper[i]! - low));
      evaluator.setCandidate(point);
      const error = evaluator.score();
      const { columns } = evaluator;
      const fitOf = (rows: number) => {
        const y = outcome.subarray(0, rows);
        const mean = y.reduce((total, value) => total + value, 0) / rows;
        const spread = Math.sqrt(y.reduce((total, value) => total + (value - mean) ** 2, 0) / rows);
        return boundedRidge(
          columns.map((column) => column.subarray(0, rows)),
          y,
          { lambda: Math.exp(point.at(-1)!) * spread, signs: [0, 0, 1, 1, 1] },
        );
      };
      let squares = 0;
      for (let k = 1; k < edges.length - 1; k++) {
        const { intercept, coefficients } = fitOf(edges[k]!);
        for (let t = edges[k]!; t < edges[k + 1]!; t++) {
          const foretold = columns.reduce((total, column, i) => total + coefficients[i]! * column[t]!, intercept);
          squares += (outcome[t]! - foretold) ** 2;
        }
      }
      expect(error / Math.sqrt(squares / (208 - edges[1]!)) - 1).toBeCloseTo(0, 7);
      const all = fitOf(208);
      let left = 0;
      for (let t = 0; t < 208; t++) {
        const fitted = columns.reduce((total, column, i) => total + all.coefficients[i]! * column[t]!, all.intercept);
        left += (outcome[t]! - fitted) ** 2;
      }
      expect(evaluator.squares() / left - 1).toBeCloseTo(0, 7);
      for (const [i, value] of all.coefficients.entries()) expect(evaluator.coefficients[i]).toBeCloseTo(value, 9);
    }
  });

  it('gives what has not happened before a fold no part in foretelling it', () => {
    const { model } = simulate(2);
    const event = new Float64Array(208);
    event[206] = 1;
    const evaluator = createEvaluator(model, [centred(event)], foldEdges(208, 3));
    evaluator.setOutcome(centred(model.outcome));
    evaluator.setCandidate(searchSpace(model).lower);
    expect(Number.isFinite(evaluator.score())).toBe(true);
    expect(evaluator.coefficients[0]).not.toBe(0);
  });
});

describe('fitFast', () => {
  it('recovers contributions it was simulated from, and finds that one channel does nothing', () => {
    const { model, contributions } = simulate(11, { noise: 0.005 });
    const fit = fitFast(model, { candidates: 6000, resamples: 100 });
    for (const [c, channel] of fit.channels.entries()) {
      const truth = contributions[c]! * 1000;
      const scale = Math.max(...contributions) * 1000;
      expect(Math.abs(channel.contribution.value - truth)).toBeLessThan(0.15 * scale);
      expect(channel.roi!.value).toBeCloseTo(
        channel.contribution.value / model.channels[c]!.spend.reduce((a, b) => a + b),
        9,
      );
    }
    expect(fit.channels[0]!.parameters['alpha']).toBeCloseTo(0.6, 0);
    expect(fit.quality.r2).toBeGreaterThan(0.9);
    expect(fit.validationNrmse).toBeLessThan(0.06);
  });

  it('holds the truth in most of its intervals', { timeout: 60_000 }, () => {
    let held = 0;
    for (let seed = 100; seed < 105; seed++) {
      const { model, contributions } = simulate(seed, { noise: 0.05 });
      const fit = fitFast(model, { candidates: 3000, resamples: 100 });
      for (const [c, { contribution }] of fit.channels.entries()) {
        const truth = contributions[c]! * 1000;
        if (contribution.lower <= truth && truth <= contribution.upper) held++;
        // An interval over everything would hold it too.
        expect(contribution.upper - contribution.lower).toBeLessThan(1.2 * Math.max(...contributions) * 1000);
      }
    }
    expect(held).toBeGreaterThanOrEqual(11);
  });

  it('adds up: baseline, channels and residuals are the outcome', () => {
    const { model } = simulate(12);
    const fit = fitFast(model, { candidates: 500, resamples: 100 });
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    const baseline = model.baseline.names.reduce(
      (sum, name, k) => sum + fit.baseline[name]! * total(model.baseline.columns[k]!),
      208 * fit.intercept,
    );
    const media = fit.channels.reduce((sum, channel) => sum + channel.contribution.value, 0);
    expect((baseline + media) / (1000 * total(model.outcome))).toBeCloseTo(1, 9);
    expect(total(fit.residuals)).toBeCloseTo(0, 6);
    expect(fit.residuals[7]! + fit.fitted[7]!).toBeCloseTo(1000 * model.outcome[7]!, 9);
    expect(fit.channels.reduce((sum, { effectShare }) => sum + effectShare!.value, 0)).toBeCloseTo(1, 12);
    expect(fit.channels.reduce((sum, { spendShare }) => sum + spendShare, 0)).toBeCloseTo(1, 12);
  });

  it('is the same for the same seed and in another currency', () => {
    const { model } = simulate(13);
    const options = { candidates: 400, resamples: 100 };
    const fit = fitFast(model, options);
    expect(fitFast(model, options)).toEqual(fit);
    const dearer = fitFast(
      {
        ...model,
        outcomeScale: model.outcomeScale * 7,
        channels: model.channels.map((channel) => ({ ...channel, spend: channel.spend.map((value) => value * 7) })),
      },
      options,
    );
    for (const [c, channel] of fit.channels.entries()) {
      expect(dearer.channels[c]!.roi!.value).toBeCloseTo(channel.roi!.value, 9);
      expect(dearer.channels[c]!.contribution.upper / 7).toBeCloseTo(channel.contribution.upper, 6);
    }
    expect(fitFast(model, { ...options, seed: 2 }).validationNrmse).not.toBe(fit.validationNrmse);
  });

  it('minimises what it foretells wrongly, whatever that does to RSSD, and shows the front of both', () => {
    const fit = fitFast(simulate(14).model, { candidates: 1000, resamples: 100 });
    const { validation, rssd, front } = fit.candidates;
    expect(validation.length).toBeGreaterThan(900);
    expect(fit.validationNrmse).toBe(Math.min(...validation));
    expect(validation[front[0]!]).toBe(fit.validationNrmse);
    expect(rssd[front[0]!]).toBeCloseTo(fit.rssd, 9);
    for (let k = 1; k < front.length; k++) expect(rssd[front[k]!]).toBeLessThan(rssd[front[k - 1]!]!);
    for (const i of validation.keys()) {
      expect(front.some((k) => validation[k]! <= validation[i]! && rssd[k]! <= rssd[i]!)).toBe(true);
    }
  });

  it('stops when asked, with the best so far', () => {
    const shares: number[] = [];
    const fit = fitFast(simulate(15).model, {
      candidates: 2000,
      resamples: 100,
      onProgress: (share) => {
        shares.push(share);
        return shares.length < 3;
      },
    });
    expect(shares).toHaveLength(3);
    expect(fit.candidates.validation.length).toBeLessThan(300);
  });

  it('says what it cannot fit', () => {
    const { model } = simulate(16);
    const broken = (change: Partial<MixModel>) => () => fitFast({ ...model, ...change });
    expect(broken({ channels: [] })).toThrow('at least one channel');
    expect(broken({ outcome: new Float64Array(208).fill(3) })).toThrow('The outcome is 3 in every row');
    expect(broken({ outcome: model.outcome.with(4, NaN) })).toThrow('outcome is NaN in row 5.');
    const short = model.channels.map((channel) => ({ ...channel, media: channel.media.subarray(1) }));
    expect(broken({ channels: short })).toThrow('channel 1 has 207 rows and the outcome 208.');
    expect(() => fitFast(model, { candidates: 5 })).toThrow(
      'The number of candidates must be a whole number, at least 20',
    );
    expect(() => fitFast(model, { folds: 0 })).toThrow('The number of folds');
    expect(() => fitFast(model, { folds: 6 })).toThrow('at most 5 folds');
    expect(() => fitFast(model, { confidence: 90 })).toThrow('The confidence must be between');
  });
});

const data = resolve(import.meta.dirname, '../../../../shared/data/mmm/robyn_dt_simulated_weekly.csv');

describe.skipIf(!existsSync(data))('fitFast on Robyn’s weekly data (shared/data/mmm)', () => {
  it('runs end to end with every figure a number', () => {
    const [head, ...rows] = readFileSync(data, 'utf8').replaceAll('"', '').trim().split('\n');
    const names = head!.split(',');
    const column = (name: string) => Float64Array.from(rows, (row) => Number(row.split(',')[names.indexOf(name)]));
    const scaled = (name: string) => {
      const values = column(name);
      const largest = Math.max(...values);
      return values.map((value) => value / largest);
    };
    const wave = (of: (x: number) => number) => Float64Array.from(rows, (_, t) => of((2 * Math.PI * t) / 52.18));
    const media = ['tv_S', 'ooh_S', 'print_S', 'facebook_I', 'search_clicks_P', 'newsletter'];
    const spends = ['tv_S', 'ooh_S', 'print_S', 'facebook_S', 'search_S', undefined];
    const outcome = column('revenue');
    const largest = Math.max(...outcome);
    const columns = [wave(Math.sin), wave(Math.cos), scaled('competitor_sales_B')];
    const model: MixModel = {
      outcome: outcome.map((value) => value / largest),
      outcomeScale: largest,
      baseline: { names: ['sin', 'cos', 'competitor'], columns, variance: Float64Array.of(1, 1, 1) },
      channels: media.map((name, c) => ({
        name,
        media: scaled(name),
        mediaScale: 1,
        spend: spends[c] ? column(spends[c]) : new Float64Array(rows.length),
        adstock: { kind: 'geometric', maxLag: 208 },
        saturation: { kind: 'hill' },
        priors: {
          adstock: [],
          saturation: [],
          effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 1 } },
        },
      })),
      sigmaPrior: { kind: 'half-normal', scale: 1 },
      liftTests: [],
    };
    const fit = fitFast(model, { candidates: 2000, resamples: 100 });
    expect(fit.quality.r2).toBeGreaterThan(0.8);
    expect(fit.validationNrmse).toBeLessThan(0.15);
    expect(fit.quality.mape).toBeLessThan(0.15);
    for (const { contribution } of fit.channels) {
      expect(contribution.value).toBeGreaterThanOrEqual(0);
      expect(contribution.lower).toBeLessThanOrEqual(contribution.upper);
    }
    expect(fit.channels[5]).toMatchObject({ spendShare: 0, roi: undefined, effectShare: undefined });
  });
});
