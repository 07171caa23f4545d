import { seededRandom, type Random } from '../../../src/base/random';
import {
  adstockParameters,
  saturationParameters,
  type AdstockKind,
  type MixChannel,
  type MixModel,
  type Prior,
  type SaturationKind,
} from '../../../src/stats/mix/model';

/** Weak priors that suit each parameter of a transform, for media between 0 and 1 and windows of 8 rows. */
const PRIORS: Record<string, Prior> = {
  alpha: { kind: 'beta', a: 1, b: 3 },
  theta: { kind: 'uniform', low: 0, high: 4 },
  shape: { kind: 'gamma', shape: 4, rate: 2 },
  scale: { kind: 'gamma', shape: 4, rate: 2 },
  lambda: { kind: 'gamma', shape: 3, rate: 1 },
  slope: { kind: 'gamma', shape: 6, rate: 4 },
  kappa: { kind: 'gamma', shape: 4, rate: 8 },
  c: { kind: 'gamma', shape: 4, rate: 8 },
};

/** A channel of media between 0 and 1, off in some rows. */
export function simulatedChannel(
  name: string,
  rows: number,
  random: Random,
  {
    adstock = 'geometric' as AdstockKind,
    saturation = 'logistic' as SaturationKind,
    on = 'coefficient' as 'coefficient' | 'roi',
  } = {},
): MixChannel {
  const media = Float64Array.from({ length: rows }, () => (random.uniform() < 0.15 ? 0 : random.uniform()));
  return {
    name,
    media,
    mediaScale: 1,
    spend: media.map((value) => 100 * value),
    adstock: { kind: adstock, maxLag: 8 },
    saturation: { kind: saturation },
    priors: {
      adstock: adstockParameters(adstock).map((parameter) => PRIORS[parameter]!),
      saturation: saturationParameters(saturation).map((parameter) => PRIORS[parameter]!),
      effect:
        on === 'roi'
          ? { on, prior: { kind: 'log-normal', location: 0.2, scale: 0.7 } }
          : { on, prior: { kind: 'half-normal', scale: 0.5 } },
    },
  };
}

/** A weekly model without an outcome yet: intercept, trend, two yearly harmonics, and the channels given. */
export function simulatedModel(rows: number, channels: readonly MixChannel[]): MixModel {
  const column = (f: (t: number) => number): Float64Array => Float64Array.from({ length: rows }, (_, t) => f(t));
  const year = (2 * Math.PI) / 52;
  return {
    outcome: column((t) => 1 + 0.2 * Math.sin(year * t) + 0.05 * Math.cos(7 * t * t)),
    outcomeScale: 200,
    baseline: {
      names: ['intercept', 'trend', 'sin 1', 'cos 1', 'sin 2', 'cos 2'],
      columns: [
        column(() => 1),
        column((t) => t / (rows - 1)),
        column((t) => Math.sin(year * t)),
        column((t) => Math.cos(year * t)),
        column((t) => Math.sin(2 * year * t)),
        column((t) => Math.cos(2 * year * t)),
      ],
      variance: Float64Array.of(1, 0.25, 0.04, 0.04, 0.04, 0.04),
    },
    channels,
    sigmaPrior: { kind: 'half-normal', scale: 0.3 },
    liftTests: [],
  };
}

/** A model of as many like channels, with the seed that makes their media. */
export function modelOf(rows: number, channels: number, seed: number): MixModel {
  const random = seededRandom(seed);
  return simulatedModel(
    rows,
    Array.from({ length: channels }, (_, c) => simulatedChannel(`channel ${c + 1}`, rows, random)),
  );
}
