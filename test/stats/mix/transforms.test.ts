import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import type { AdstockKind, SaturationKind } from '../../../src/stats/mix/model';
import { adstockTransform, adstockWeights } from '../../../src/stats/mix/transforms/adstock';
import { saturationTransform } from '../../../src/stats/mix/transforms/saturation';

const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix');
const data = resolve(import.meta.dirname, '../../../../shared/data/mmm');

/** Each value within `tolerance` of its own size, or of the largest where rounding of sums is all there is. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    const allowed = tolerance * Math.max(Math.abs(expected[i]!), 1e-3 * largest);
    if (!(Math.abs(actual[i]! - expected[i]!) <= allowed)) {
      throw new Error(`value ${i + 1} is ${actual[i]}, expected ${expected[i]}`);
    }
  }
}

function adstocked(
  kind: AdstockKind,
  maxLag: number,
  media: ArrayLike<number>,
  parameters: number[],
  normalised: boolean,
): Float64Array {
  const out = new Float64Array(media.length);
  adstockTransform({ kind, maxLag }, { normalised }).apply(Float64Array.from(media), parameters, out);
  return out;
}

function saturated(kind: SaturationKind, input: ArrayLike<number>, parameters: number[]): Float64Array {
  const out = new Float64Array(input.length);
  saturationTransform(kind).apply(Float64Array.from(input), parameters, out);
  return out;
}

function readColumns(path: string): Record<string, Float64Array> {
  const [header, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  return Object.fromEntries(header!.map((name, j) => [name, Float64Array.from(rows, (row) => Number(row[j]))]));
}

describe.skipIf(!existsSync(reference))('transforms of PyMC-Marketing, Meridian and LightweightMMM', () => {
  interface Case {
    readonly name: string;
    readonly params: Record<string, number>;
    readonly weights?: number[];
    readonly y: number[];
  }
  const { x, adstock, saturation } = existsSync(reference)
    ? (JSON.parse(readFileSync(resolve(reference, 'case06_transforms_other.json'), 'utf8')) as {
        x: number[];
        adstock: Case[];
        saturation: Case[];
      })
    : { x: [], adstock: [], saturation: [] };

  const ADSTOCKS: Record<string, (p: Record<string, number>) => [AdstockKind, number, number[], boolean]> = {
    pymc_geometric_raw: (p) => ['geometric', p.l_max!, [p.alpha!], false],
    pymc_geometric_normalised: (p) => ['geometric', p.l_max!, [p.alpha!], true],
    pymc_delayed_normalised: (p) => ['delayed', p.l_max!, [p.alpha!, p.theta!], true],
    pymc_weibull_pdf: (p) => ['weibull-pdf', p.l_max!, [p.k!, p.lam!], false],
    pymc_weibull_cdf: (p) => ['weibull-cdf', p.l_max! + 1, [p.k!, p.lam!], false],
    meridian_binomial: (p) => ['binomial', p.window!, [p.alpha!], true],
    'recursive_geometric_infinite (Robyn)': (p) => ['geometric', x.length, [p.theta!], false],
  };

  it.each(adstock.filter(({ name }) => name in ADSTOCKS).map((c) => [`${c.name} ${JSON.stringify(c.params)}`, c]))(
    '%s',
    (_, c) => {
      const [kind, maxLag, parameters, normalised] = ADSTOCKS[(c as Case).name]!((c as Case).params);
      expectClose(adstocked(kind, maxLag, x, parameters, normalised), (c as Case).y);
      const { weights } = c as Case;
      if (weights) expectClose(adstockWeights({ kind, maxLag }, parameters, { normalised }), weights);
    },
  );

  it('lmmm_adstock_normalised is the endless geometric one times 1 − w', () => {
    const cases = adstock.filter(({ name }) => name === 'lmmm_adstock_normalised');
    expect(cases).toHaveLength(2);
    for (const { params, y } of cases) {
      const w = params.lag_weight!;
      expectClose(
        adstocked('geometric', x.length, x, [w], false).map((a) => (1 - w) * a),
        y,
      );
    }
  });

  /** The kind, its parameters, and the factor that is the effect β here. */
  const SATURATIONS: Record<string, (p: Record<string, number>) => [SaturationKind, number[], number]> = {
    logistic: (p) => ['logistic', [p.lam!], 1],
    inverse_scaled_logistic: (p) => ['logistic', [Math.log(3) / p.lam!], 1],
    tanh: (p) => ['tanh', [p.b! * p.c!], p.b!],
    michaelis_menten: (p) => ['michaelis-menten', [p.lam!], p.alpha!],
    hill: (p) => ['hill', [p.slope!, p.kappa!], 1],
  };

  it.each(
    saturation.filter(({ name }) => name in SATURATIONS).map((c) => [`${c.name} ${JSON.stringify(c.params)}`, c]),
  )('%s', (_, c) => {
    const [kind, parameters, effect] = SATURATIONS[(c as Case).name]!((c as Case).params);
    expectClose(
      saturated(kind, x, parameters).map((s) => effect * s),
      (c as Case).y,
    );
  });
});

describe.skipIf(!existsSync(reference) || !existsSync(data))('transforms of Robyn on its weekly data', () => {
  const ready = existsSync(reference) && existsSync(data);
  const weekly = ready ? readColumns(resolve(data, 'robyn_dt_simulated_weekly.csv')) : {};
  const read = <T>(name: string): T => JSON.parse(readFileSync(resolve(reference, name), 'utf8')) as T;

  it('gives the geometric adstock, Hill saturation and carryover of every channel', () => {
    interface Parameters {
      readonly window: [number, number];
      readonly hyper: Record<string, { theta: number; alpha: number; gamma: number }>;
      readonly inflexion: Record<string, number>;
    }
    const { window, hyper, inflexion } = read<Parameters>('case01_robyn_params.json');
    const full = readColumns(resolve(reference, 'case01_robyn_adstocked_full208.csv'));
    const expected = readColumns(resolve(reference, 'case01_robyn_saturated_window157.csv'));
    const carryover = readColumns(resolve(reference, 'case01_robyn_carryover_window157.csv'));
    expect(Object.keys(hyper)).toHaveLength(6);
    for (const [channel, { theta, alpha, gamma }] of Object.entries(hyper)) {
      const media = weekly[channel]!;
      const lasting = adstocked('geometric', media.length, media, [theta], false);
      expectClose(lasting, full[channel]!);
      const inWindow = lasting.slice(window[0] - 1, window[1]);
      const kappa = gamma * Math.max(...inWindow);
      expectClose([kappa], [inflexion[channel]!]);
      expectClose(saturated('hill', inWindow, [alpha, kappa]), expected[channel]!);
      const later = inWindow.map((a, t) => a - media[window[0] - 1 + t]!);
      expectClose(saturated('hill', later, [alpha, kappa]), carryover[channel]!);
    }
  });

  it('gives the Weibull adstocks, whose scale is there a quantile of the window', () => {
    interface Case {
      readonly type: 'pdf' | 'cdf';
      readonly shape: number;
      readonly scaleTrans: number;
      readonly x_decayed: number[];
      readonly thetaVecCum20: number[];
    }
    const { cases } = read<{ cases: Case[] }>('case01_robyn_weibull.json');
    expect(cases).toHaveLength(16);
    for (const { type, shape, scaleTrans, x_decayed, thetaVecCum20 } of cases) {
      const kind = `weibull-${type}` as const;
      const media = weekly.tv_S!;
      const weights = adstockWeights({ kind, maxLag: media.length }, [shape, scaleTrans], { normalised: false });
      expectClose(weights.slice(0, 20), thetaVecCum20);
      expectClose(adstocked(kind, media.length, media, [shape, scaleTrans], false), x_decayed);
    }
  });
});

/** Points inside each family, and lags that end before and after the data do. */
const ADSTOCK_POINTS: [AdstockKind, number, number[]][] = [
  ['geometric', 8, [0.4]],
  ['geometric', 8, [0.97]],
  ['geometric', 1, [0.5]],
  ['geometric', 60, [0.7]],
  ['delayed', 8, [0.6, 2.3]],
  ['delayed', 12, [0.9, 0.4]],
  ['weibull-pdf', 10, [0.7, 3]],
  ['weibull-pdf', 10, [2.6, 4.2]],
  ['weibull-cdf', 10, [0.5, 2]],
  ['weibull-cdf', 10, [2, 5]],
  ['binomial', 8, [0.3]],
  ['binomial', 8, [0.8]],
];

const SATURATION_POINTS: [SaturationKind, number[]][] = [
  ['logistic', [3]],
  ['logistic', [0.2]],
  ['hill', [0.7, 0.5]],
  ['hill', [2.4, 1.2]],
  ['michaelis-menten', [0.8]],
  ['tanh', [1.4]],
  ['none', []],
];

function media(n = 40, seed = 3): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, (_, t) => (t % 7 === 3 ? 0 : 2 * random.uniform()));
}

/** Central differences of a vector in one number. */
function differences(f: (value: number) => Float64Array, at: number): Float64Array {
  const h = 1e-5 * Math.max(1, Math.abs(at));
  const [above, below] = [f(at + h), f(at - h)];
  return above.map((value, i) => (value - below[i]!) / (2 * h));
}

describe('an adstock', () => {
  for (const normalised of [true, false]) {
    it.each(ADSTOCK_POINTS)(
      `%s over %i lags at %j has the derivatives that differences give (normalised: ${normalised})`,
      (kind, maxLag, parameters) => {
        const x = media();
        const transform = adstockTransform({ kind, maxLag }, { normalised });
        const out = new Float64Array(x.length);
        const tangents = parameters.map(() => new Float64Array(x.length).fill(NaN));
        transform.applyWithTangents(x, parameters, out, tangents);
        expectClose(out, adstocked(kind, maxLag, x, parameters, normalised), 0);
        parameters.forEach((parameter, p) => {
          const by = (value: number): Float64Array =>
            adstocked(kind, maxLag, x, Object.assign([...parameters], { [p]: value }), normalised);
          const numeric = differences(by, parameter);
          tangents[p]!.forEach((value, t) => expect(value).toBeCloseTo(numeric[t]!, 6));
        });
      },
    );
  }

  it.each(ADSTOCK_POINTS)(
    '%s over %i lags at %j keeps the level of a constant exposure',
    (kind, maxLag, parameters) => {
      const level = adstocked(kind, maxLag, new Float64Array(80).fill(3), parameters, true);
      expectClose(level.slice(maxLag), new Float64Array(80).fill(3).slice(maxLag));
    },
  );

  it('by the geometric recursion is the convolution with its weights', () => {
    const x = media(300, 8);
    const weights = Array.from({ length: 13 }, (_, l) => 0.83 ** l);
    const plain = x.map((_, t) => weights.reduce((sum, w, l) => sum + (t >= l ? w * x[t - l]! : 0), 0));
    expectClose(adstocked('geometric', 13, x, [0.83], false), plain);
  });

  it('never falls below nothing by rounding, which a power could not take', () => {
    const x = Float64Array.from({ length: 5000 }, (_, t) => (t % 97 === 0 ? 1e9 * (1 + (t % 11)) : 0));
    expect(Math.min(...adstocked('geometric', 8, x, [0.9], true))).toBeGreaterThanOrEqual(0);
  });

  it('stays finite at the ends of its parameters', () => {
    const ends: [AdstockKind, number[]][] = [
      ['geometric', [0]],
      ['geometric', [1]],
      ['delayed', [0, 2]],
      ['delayed', [1e-300, 7.5]],
      ['delayed', [0.01, 60]],
      ['weibull-pdf', [50, 0.01]],
      ['weibull-pdf', [0.01, 1e6]],
      ['weibull-cdf', [50, 0.01]],
      ['weibull-cdf', [20, 1e-9]],
      ['binomial', [1e-9]],
      ['binomial', [1]],
    ];
    for (const [kind, parameters] of ends) {
      const out = new Float64Array(40);
      const tangents = parameters.map(() => new Float64Array(40));
      adstockTransform({ kind, maxLag: 8 }).applyWithTangents(media(), parameters, out, tangents);
      for (const row of [out, ...tangents]) {
        expect([kind, parameters, Array.from(row).every(Number.isFinite)]).toEqual([kind, parameters, true]);
      }
    }
  });

  it('of no kind is the exposure', () => {
    expect(adstocked('none', 1, media(), [], true)).toEqual(media());
  });

  it('needs at least one lag', () => {
    expect(() => adstockTransform({ kind: 'geometric', maxLag: 0 })).toThrow(/at least 1; maxLag is 0/);
  });
});

describe('a saturation', () => {
  it.each(SATURATION_POINTS)('%s at %j has the derivatives that differences give', (kind, parameters) => {
    const x = media().map((value) => value || 0.01);
    const out = new Float64Array(x.length);
    const slope = new Float64Array(x.length).fill(NaN);
    const tangents = parameters.map(() => new Float64Array(x.length).fill(NaN));
    saturationTransform(kind).applyWithTangents(x, parameters, out, slope, tangents);
    expectClose(out, saturated(kind, x, parameters), 1e-15);
    x.forEach((value, t) => {
      const h = 1e-6 * value;
      const [above, below] = [saturated(kind, [value + h], parameters), saturated(kind, [value - h], parameters)];
      expectClose([slope[t]!], [(above[0]! - below[0]!) / (2 * h)], 1e-6);
    });
    parameters.forEach((parameter, p) => {
      const by = (value: number): Float64Array => saturated(kind, x, Object.assign([...parameters], { [p]: value }));
      const numeric = differences(by, parameter);
      tangents[p]!.forEach((value, t) => expect(value).toBeCloseTo(numeric[t]!, 6));
    });
  });

  it.each(SATURATION_POINTS)('%s at %j gives nothing for nothing, with finite derivatives', (kind, parameters) => {
    const [out, slope] = [new Float64Array(1), new Float64Array(1)];
    const tangents = parameters.map(() => new Float64Array(1));
    saturationTransform(kind).applyWithTangents(new Float64Array(1), parameters, out, slope, tangents);
    expect(out[0]).toBe(0);
    expect([slope, ...tangents].every((row) => Number.isFinite(row[0]))).toBe(true);
  });

  it('of a Hill curve is half at kappa, and never passes 1', () => {
    expect(saturated('hill', [0.3, 1e300], [2.2, 0.3])).toEqual(Float64Array.of(0.5, 1));
  });
});
