import { LevainError } from '../../../base/problem';
import { adstockParameters, type Adstock } from '../model';
import { convolve } from './convolve';
import { geometricAdstock, geometricAdstockWithTangent } from './geometric';
import { LAG_WEIGHTS, normaliseWeights } from './weights';

/** An adstock ready to be applied many times. It checks nothing and allocates nothing. */
export interface AdstockTransform {
  /** Names of the parameters, in order. */
  readonly parameters: readonly string[];
  /** Writes the adstocked media to `out`, which is as long as `media` and another array. */
  apply(media: Float64Array, parameters: ArrayLike<number>, out: Float64Array): void;
  /** As `apply`, and writes ∂out/∂parameter to one tangent a parameter, each as long as `media`. */
  applyWithTangents(
    media: Float64Array,
    parameters: ArrayLike<number>,
    out: Float64Array,
    tangents: readonly Float64Array[],
  ): void;
}

/**
 * Prepares an adstock: exposure that goes on working, a_t = Σ_l w_l x_{t−l} over the lags 0 … maxLag − 1.
 *
 * - `none`: a = x.
 * - `geometric` (α): w_l = α^l.
 * - `delayed` (α, θ): w_l = α^((l−θ)²).
 * - `weibull-pdf` (shape k, scale λ in rows): the Weibull density at l + 1, stretched to run from 0 to 1.
 * - `weibull-cdf` (shape k, scale λ in rows): w_l = Π_{t=1…l} exp(−(t/λ)^k).
 * - `binomial` (α): w_l = (1 − l/maxLag)^(1/α−1).
 *
 * Normalised, the default, weights are divided by their sum, so that a constant exposure keeps its level once the window
 * is full. The geometric one costs O(n) for any window, the others O(n · maxLag).
 *
 * Source: the parameterisations of PyMC-Marketing (`geometric_adstock`, `delayed_adstock`, `weibull_adstock`), Robyn
 * (`adstock_geometric`, `adstock_weibull`) and Meridian (`binomial`); Jin et al. (2017), "Bayesian methods for media mix
 * modeling with carryover and shape effects", for the delayed one.
 *
 * @param adstock the kind, and the number of lags ≥ 1
 * @throws LevainError `bad-parameter` when the number of lags is not a whole number from 1 up
 * @example adstockTransform({ kind: 'delayed', maxLag: 8 }).parameters // => ['alpha', 'theta']
 */
export function adstockTransform(adstock: Adstock, options: { normalised?: boolean } = {}): AdstockTransform {
  const { normalised = true } = options;
  const { kind, maxLag } = adstock;
  const parameters = adstockParameters(kind);
  if (!Number.isInteger(maxLag) || maxLag < 1) {
    const message = `An adstock lasts a whole number of rows, at least 1; maxLag is ${maxLag}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  if (kind === 'none') {
    const copy = (media: Float64Array, _: ArrayLike<number>, out: Float64Array): void => out.set(media);
    return { parameters, apply: copy, applyWithTangents: copy };
  }
  if (kind === 'geometric') {
    return {
      parameters,
      apply: (media, at, out) => geometricAdstock(media, at[0]!, maxLag, normalised, out),
      applyWithTangents: (media, at, out, tangents) =>
        geometricAdstockWithTangent(media, at[0]!, maxLag, normalised, out, tangents[0]!),
    };
  }
  const weigh = LAG_WEIGHTS[kind];
  const weights = new Float64Array(maxLag);
  const slopes = parameters.map(() => new Float64Array(maxLag));
  const prepare = (at: ArrayLike<number>): void => {
    weigh(at, weights, slopes);
    if (normalised) normaliseWeights(weights, slopes);
  };
  return {
    parameters,
    apply(media, at, out) {
      prepare(at);
      convolve(media, weights, out);
    },
    applyWithTangents(media, at, out, tangents) {
      prepare(at);
      convolve(media, weights, out);
      for (let p = 0; p < tangents.length; p++) convolve(media, slopes[p]!, tangents[p]!);
    },
  };
}

/**
 * The weights themselves, by lag: what one unit of exposure leaves in the row it comes in, the next, and so on.
 *
 * @returns maxLag numbers, which add up to 1 when normalised
 * @throws LevainError as {@link adstockTransform}
 * @example Array.from(adstockWeights({ kind: 'geometric', maxLag: 3 }, [0.5], { normalised: false })) // => [1, 0.5, 0.25]
 */
export function adstockWeights(
  adstock: Adstock,
  parameters: ArrayLike<number>,
  options: { normalised?: boolean } = {},
): Float64Array {
  const impulse = new Float64Array(adstock.maxLag);
  const weights = new Float64Array(adstock.maxLag);
  const transform = adstockTransform(adstock, options);
  impulse[0] = 1;
  transform.apply(impulse, parameters, weights);
  return weights;
}
