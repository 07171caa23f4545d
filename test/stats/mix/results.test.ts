import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import type { MixDraws, MixModel } from '../../../src/stats/mix/model';
import { adstockCurves, responseCurves } from '../../../src/stats/mix/results/curves';
import { decompose } from '../../../src/stats/mix/results/decomposition';
import { fittedValues } from '../../../src/stats/mix/results/fitted';
import { channelReturns } from '../../../src/stats/mix/results/returns';
import { channelOf, fixedDraws } from './fixed-draws';

const shared = resolve(import.meta.dirname, '../../../../shared');
const reference = resolve(shared, 'reference/mix');
const data = resolve(shared, 'data/mmm/robyn_dt_simulated_weekly.csv');

function readColumns(path: string): Record<string, Float64Array> {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  return Object.fromEntries(header!.map((name, j) => [name, Float64Array.from(rows, (row) => Number(row[j]))]));
}

/** A small model with every part, and a few hundred draws around known parameters. */
function small(rows = 60): { model: MixModel; draws: MixDraws } {
  const random = seededRandom(11);
  const media = (scale: number): Float64Array =>
    Float64Array.from({ length: rows }, () => scale * Math.max(0, random.uniform() - 0.2));
  const line = Float64Array.from({ length: rows }, (_, t) => t / (rows - 1));
  const model: MixModel = {
    outcome: Float64Array.from({ length: rows }, () => random.uniform()),
    outcomeScale: 500,
    baseline: {
      names: ['intercept', 'trend', 'season: sin 1', 'season: cos 1'],
      columns: [
        new Float64Array(rows).fill(1),
        line,
        line.map((x) => Math.sin(6 * x)),
        line.map((x) => Math.cos(6 * x)),
      ],
      variance: Float64Array.of(4, 4, 1, 1),
    },
    channels: [
      channelOf('tv', media(900), { adstock: { kind: 'geometric', maxLag: 8 }, saturation: { kind: 'logistic' } }),
      channelOf(
        'mail',
        media(20),
        { adstock: { kind: 'none', maxLag: 1 }, saturation: { kind: 'hill' } },
        new Float64Array(rows),
      ),
      channelOf(
        'search',
        media(1e5),
        { adstock: { kind: 'delayed', maxLag: 6 }, saturation: { kind: 'none' } },
        media(70),
      ),
    ],
    sigmaPrior: { kind: 'half-normal', scale: 2 },
    liftTests: [],
  };
  const around = (centre: number, spread: number): Float64Array =>
    Float64Array.from({ length: 400 }, () => centre + spread * (2 * random.uniform() - 1));
  const draws = fixedDraws(model, {
    'tv: alpha': around(0.6, 0.1),
    'tv: lambda': around(2, 0.5),
    'tv: beta': around(0.5, 0.2),
    'mail: slope': around(1.4, 0.2),
    'mail: kappa': around(0.5, 0.1),
    'mail: beta': around(0.2, 0.1),
    'search: alpha': around(0.5, 0.1),
    'search: theta': around(1, 0.3),
    'search: beta': around(0.3, 0.1),
    sigma: around(0.1, 0.02),
    'baseline: intercept': around(0.3, 0.1),
    'baseline: trend': around(0.1, 0.1),
    'baseline: season: sin 1': around(0.05, 0.02),
    'baseline: season: cos 1': around(0, 0.02),
  });
  return { model, draws };
}

describe.skipIf(!existsSync(reference) || !existsSync(data))(
  'the published decomposition from given coefficients',
  () => {
    interface Case {
      readonly model: { readonly coef: Record<string, number> };
      readonly contribution: Record<string, number>;
      readonly contribution_share: Record<string, number>;
      readonly spend: Record<string, number>;
      readonly spend_share: Record<string, number>;
      readonly effect_share: Record<string, number>;
      readonly roi: Record<string, number>;
      readonly immediate_total: Record<string, number>;
      readonly carryover_total: Record<string, number>;
    }
    interface Parameters {
      readonly window: [number, number];
      readonly hyper: Record<string, { theta: number; alpha: number; gamma: number }>;
      readonly inflexion: Record<string, number>;
    }
    const SPEND: Record<string, string> = { facebook_I: 'facebook_S', search_clicks_P: 'search_S' };

    it('comes out in totals, shares, returns, immediate and carried over', () => {
      const read = <T>(name: string): T => JSON.parse(readFileSync(resolve(reference, name), 'utf8')) as T;
      const expected = read<Case>('case03_robyn_decomp.json');
      const { window, hyper, inflexion } = read<Parameters>('case01_robyn_params.json');
      const design = readColumns(resolve(reference, 'case02_design.csv'));
      const weekly = readColumns(data);
      const [from, until] = [window[0] - 1, window[1]];
      const history = (name: string): Float64Array => weekly[name]!.slice(0, until);
      const { coef } = expected.model;
      const controls = Object.keys(coef).filter((name) => name !== '(Intercept)' && !(name in hyper));
      // The baseline is given for the window alone, media with what ran before it.
      const inWindow = (values: (t: number) => number): Float64Array =>
        Float64Array.from({ length: until }, (_, t) => (t < from ? 0 : values(t - from)));
      const model: MixModel = {
        outcome: inWindow(() => 1),
        outcomeScale: 1,
        baseline: {
          names: ['(Intercept)', ...controls],
          columns: [inWindow(() => 1), ...controls.map((name) => inWindow((t) => design[name]![t]!))],
          variance: new Float64Array(controls.length + 1).fill(1),
        },
        channels: Object.keys(hyper).map((name) =>
          channelOf(
            name,
            history(name),
            // Endless: as many lags as rows.
            { adstock: { kind: 'geometric', maxLag: until }, saturation: { kind: 'hill' } },
            name === 'newsletter' ? new Float64Array(until) : history(SPEND[name] ?? name),
          ),
        ),
        sigmaPrior: { kind: 'half-normal', scale: 1 },
        liftTests: [],
      };
      const columns: Record<string, number[]> = { sigma: [1], 'baseline: (Intercept)': [coef['(Intercept)']!] };
      for (const name of controls) columns[`baseline: ${name}`] = [coef[name]!];
      model.channels.forEach(({ name, mediaScale }) => {
        const { theta, alpha } = hyper[name]!;
        columns[`${name}: alpha`] = [theta];
        columns[`${name}: slope`] = [alpha];
        // Ours is normalised and scaled; a Hill curve keeps its shape when its half point is scaled alike.
        columns[`${name}: kappa`] = [(inflexion[name]! * (1 - theta)) / (1 - theta ** until) / mediaScale];
        columns[`${name}: beta`] = [coef[name]!];
      });
      const draws = fixedDraws(model, columns);
      const options = { period: { from, until } };

      const { components } = decompose(model, draws, options);
      const size = Math.max(...Object.values(expected.contribution));
      for (const { name, total, share } of components) {
        expect(Math.abs(total.value - expected.contribution[name]!) / size).toBeLessThan(1e-9);
        expect(share.value).toBeCloseTo(expected.contribution_share[name]!, 9);
      }
      expect(components).toHaveLength(Object.keys(expected.contribution).length);

      const returns = channelReturns(model, draws, options);
      for (const { name, immediate, carryover, spend, spendShare, effectShare, roi, cost } of returns) {
        const relative = (actual: number, wanted: number): void => expect(actual / wanted).toBeCloseTo(1, 9);
        relative(immediate.value, expected.immediate_total[name]!);
        relative(carryover.value, expected.carryover_total[name]!);
        if (name === 'newsletter') {
          expect([spend, effectShare, roi, cost]).toEqual([0, undefined, undefined, undefined]);
          continue;
        }
        relative(spend, expected.spend[SPEND[name] ?? name]!);
        relative(spendShare, expected.spend_share[SPEND[name] ?? name]!);
        relative(effectShare!.value, expected.effect_share[name]!);
        relative(roi!.value, expected.roi[name]!);
        relative(cost!.value, 1 / expected.roi[name]!);
      }
    });
  },
);

describe('results of a fit', () => {
  const { model, draws } = small();
  const n = model.outcome.length;

  it('decompose the fitted outcome: parts add up in every row and in total', () => {
    const { components, baseline, negativeBaseline } = decompose(model, draws);
    const { fitted } = fittedValues(model, draws);
    expect(components.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'baseline intercept',
      'baseline trend',
      'baseline season',
      'channel tv',
      'channel mail',
      'channel search',
    ]);
    for (let t = 0; t < n; t++) {
      const sum = components.reduce((all, { band }) => all + band.mean[t]!, 0);
      expect(sum).toBeCloseTo(fitted.mean[t]!, 8);
      for (const { band } of components) {
        expect(band.lower[t]! <= band.mean[t]! && band.mean[t]! <= band.upper[t]!).toBe(true);
      }
    }
    const total = components.reduce((all, component) => all + component.total.value, 0);
    expect(total).toBeCloseTo(
      fitted.mean.reduce((all, value) => all + value, 0),
      6,
    );
    expect(components.reduce((all, { share }) => all + share.value, 0)).toBeCloseTo(1, 10);
    expect(baseline.total.value).toBeCloseTo(
      components.slice(0, 3).reduce((all, { total }) => all + total.value, 0),
      8,
    );
    expect(negativeBaseline).toBe(0);
  });

  it('say how likely a negative baseline is', () => {
    const [chain] = draws.chains;
    const sunk = {
      ...chain!.columns,
      'baseline: intercept': chain!.columns['baseline: intercept']!.map((v, d) => (d % 4 === 0 ? -5 : v)),
    };
    expect(decompose(model, fixedDraws(model, sunk)).negativeBaseline).toBe(0.25);
  });

  it('hold intervals of the asked confidence', () => {
    const tight = decompose(model, draws, { confidence: 0.5 }).components[3]!.total;
    const wide = decompose(model, draws).components[3]!.total;
    expect([tight.confidence, wide.confidence]).toEqual([0.5, 0.9]);
    expect(wide.lower < tight.lower && tight.upper < wide.upper).toBe(true);
    expect(() => decompose(model, draws, { confidence: 90 })).toThrow(/between 0 and 1/);
    expect(() => decompose(model, draws, { period: { from: 10, until: 99 } })).toThrow(
      /among the 60 rows.*rows 11 to 99/,
    );
  });

  it('split contributions, and relate them to spend', () => {
    const returns = channelReturns(model, draws);
    const { components } = decompose(model, draws);
    const paid = returns.filter(({ spend }) => spend > 0);
    returns.forEach(({ contribution, immediate, carryover }, c) => {
      expect(contribution.value).toBeCloseTo(components[3 + c]!.total.value, 8);
      expect(immediate.value + carryover.value).toBeCloseTo(contribution.value, 8);
    });
    expect(returns[1]!.carryover.value).toBe(0);
    expect(paid.map(({ name }) => name)).toEqual(['tv', 'search']);
    expect(paid.reduce((sum, { spendShare }) => sum + spendShare, 0)).toBeCloseTo(1, 12);
    expect(paid.reduce((sum, { effectShare }) => sum + effectShare!.value, 0)).toBeCloseTo(1, 12);
    for (const { roi, cost, contribution, spend } of paid) {
      expect(roi!.value).toBeCloseTo(contribution.value / spend, 10);
      expect(cost!.upper).toBeCloseTo(1 / roi!.lower, 10);
    }
    // Without saturation the next unit brings what the others do.
    expect(paid[1]!.marginalRoi!.value).toBeCloseTo(paid[1]!.roi!.value, 10);
  });

  it('have the marginal return that a small rise of all media gives', () => {
    const rise = 1e-5;
    const raised = (factor: number): number => {
      const channels = model.channels.map((channel) => ({ ...channel, media: channel.media.map((x) => x * factor) }));
      return channelReturns({ ...model, channels }, draws)[0]!.contribution.value;
    };
    const [tv] = channelReturns(model, draws);
    const numeric = (raised(1 + rise) - raised(1 - rise)) / (2 * rise) / tv!.spend;
    expect(tv!.marginalRoi!.value).toBeCloseTo(numeric, 7);
  });

  it('draw response curves through nothing and through today, and adstocks that add up', () => {
    const [tv, mail, search] = responseCurves(model, draws);
    expect([tv!.unit, mail!.unit, search!.unit]).toEqual(['spend', 'exposure', 'spend']);
    expect(tv!.highestSeen).toBeCloseTo(Math.max(...model.channels[0]!.spend), 9);
    expect([tv!.input[0], tv!.response.mean[0]]).toEqual([0, 0]);
    expect(tv!.input.at(-1)).toBeCloseTo(1.5 * tv!.highestSeen, 9);
    expect(tv!.response.mean.every((value, i, all) => i === 0 || value > all[i - 1]!)).toBe(true);
    const near = tv!.input.findIndex((value) => value > tv!.today.input);
    expect(tv!.today.response.value).toBeGreaterThan(tv!.response.mean[near - 1]!);
    expect(tv!.today.response.value).toBeLessThan(tv!.response.mean[near]!);

    const [longer, none] = adstockCurves(model, draws);
    expect(longer!.weights.mean.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(Array.from(none!.weights.mean)).toEqual([1]);
    expect(none!.meanLag.value).toBe(0);
    expect(longer!.meanLag.value).toBeGreaterThan(0.9);
  });

  it('show actual against fitted, with room for noise around it', () => {
    const { actual, fitted, predicted, residuals } = fittedValues(model, draws);
    for (let t = 0; t < n; t++) {
      expect(actual[t]! - fitted.mean[t]!).toBe(residuals[t]);
      expect(predicted.upper[t]! - predicted.lower[t]!).toBeGreaterThan(fitted.upper[t]! - fitted.lower[t]!);
    }
    expect(fittedValues(model, draws)).toEqual(fittedValues(model, draws));
  });

  it('refuse draws of another model', () => {
    const [tv] = model.channels;
    const other = { ...model, channels: [{ ...tv!, name: 'radio' }] };
    expect(() => decompose(other, draws)).toThrow(/no “radio: alpha”/);
  });

  it('take 5,000 days in stride', () => {
    const days = small(5000);
    const start = process.cpuUsage();
    expect(decompose(days.model, days.draws).components).toHaveLength(6);
    const { user } = process.cpuUsage(start);
    expect(user / 1e6).toBeLessThan(20);
  });
});
