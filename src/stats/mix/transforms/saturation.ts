import { saturationParameters, type SaturationKind } from '../model';

/** A saturation ready to be applied many times. It checks nothing and allocates nothing. */
export interface SaturationTransform {
  /** Names of the parameters, in order. */
  readonly parameters: readonly string[];
  /** Writes the saturated input to `out`, which may be the input itself. */
  apply(input: Float64Array, parameters: ArrayLike<number>, out: Float64Array): void;
  /** As `apply`, and writes ∂out/∂input to `slope` and ∂out/∂parameter to one tangent a parameter. */
  applyWithTangents(
    input: Float64Array,
    parameters: ArrayLike<number>,
    out: Float64Array,
    slope: Float64Array,
    tangents: readonly Float64Array[],
  ): void;
}

/**
 * Prepares a saturation: returns that diminish as exposure x ≥ 0 grows. All but `none` run from 0 towards 1, so that the
 * effect β is the most a channel can bring in a row.
 *
 * - `none`: x.
 * - `logistic` (λ): (1 − e^(−λx)) / (1 + e^(−λx)), PyMC-Marketing's `logistic_saturation(lam)`.
 * - `hill` (slope s, kappa κ): x^s / (x^s + κ^s), half of the most at x = κ; S-shaped for s > 1. PyMC-Marketing's
 *   `hill_function(slope, kappa)`; Robyn's `saturation_hill` with alpha = s and inflexion = κ; Meridian's Hill with ec = κ.
 * - `michaelis-menten` (λ): x / (x + λ), PyMC-Marketing's `michaelis_menten(alpha, lam)` with its alpha in β.
 * - `tanh` (c): tanh(x / c), PyMC-Marketing's `tanh_saturation(b, c)` with its b in β and our c its b·c.
 *
 * At x = 0 the slope of a Hill curve with s < 1 has no bound; it is given as 0, since nothing yet works there.
 *
 * @example saturationTransform('hill').parameters // => ['slope', 'kappa']
 */
export function saturationTransform(kind: SaturationKind): SaturationTransform {
  return { parameters: saturationParameters(kind), ...CURVES[kind] };
}

const none: Omit<SaturationTransform, 'parameters'> = {
  apply: (input, _, out) => out.set(input),
  applyWithTangents(input, _, out, slope) {
    out.set(input);
    slope.fill(1);
  },
};

const logistic: Omit<SaturationTransform, 'parameters'> = {
  apply(input, parameters, out) {
    const half = parameters[0]! / 2;
    for (let t = 0; t < input.length; t++) out[t] = Math.tanh(half * input[t]!);
  },
  applyWithTangents(input, parameters, out, slope, tangents) {
    const half = parameters[0]! / 2;
    const byLambda = tangents[0]!;
    for (let t = 0; t < input.length; t++) {
      const x = input[t]!;
      const s = Math.tanh(half * x);
      const rest = 1 - s * s;
      slope[t] = half * rest;
      byLambda[t] = 0.5 * x * rest;
      out[t] = s;
    }
  },
};

const hyperbolicTangent: Omit<SaturationTransform, 'parameters'> = {
  apply(input, parameters, out) {
    const rate = 1 / parameters[0]!;
    for (let t = 0; t < input.length; t++) out[t] = Math.tanh(rate * input[t]!);
  },
  applyWithTangents(input, parameters, out, slope, tangents) {
    const rate = 1 / parameters[0]!;
    const byC = tangents[0]!;
    for (let t = 0; t < input.length; t++) {
      const u = rate * input[t]!;
      const s = Math.tanh(u);
      const rest = rate * (1 - s * s);
      slope[t] = rest;
      byC[t] = -u * rest;
      out[t] = s;
    }
  },
};

const hill: Omit<SaturationTransform, 'parameters'> = {
  apply(input, parameters, out) {
    const [power, kappa] = [parameters[0]!, parameters[1]!];
    for (let t = 0; t < input.length; t++) {
      const x = input[t]!;
      out[t] = x > 0 ? 1 / (1 + Math.exp(power * Math.log(kappa / x))) : 0;
    }
  },
  applyWithTangents(input, parameters, out, slope, tangents) {
    const [power, kappa] = [parameters[0]!, parameters[1]!];
    const [byPower, byKappa] = [tangents[0]!, tangents[1]!];
    for (let t = 0; t < input.length; t++) {
      const x = input[t]!;
      if (x > 0) {
        const distance = Math.log(kappa / x);
        const s = 1 / (1 + Math.exp(power * distance));
        const rest = s * (1 - s);
        slope[t] = (rest * power) / x;
        byPower[t] = -rest * distance;
        byKappa[t] = (-rest * power) / kappa;
        out[t] = s;
      } else {
        slope[t] = power === 1 ? 1 / kappa : 0;
        byPower[t] = 0;
        byKappa[t] = 0;
        out[t] = 0;
      }
    }
  },
};

const michaelisMenten: Omit<SaturationTransform, 'parameters'> = {
  apply(input, parameters, out) {
    const lambda = parameters[0]!;
    for (let t = 0; t < input.length; t++) out[t] = input[t]! / (lambda + input[t]!);
  },
  applyWithTangents(input, parameters, out, slope, tangents) {
    const lambda = parameters[0]!;
    const byLambda = tangents[0]!;
    for (let t = 0; t < input.length; t++) {
      const x = input[t]!;
      const inverse = 1 / (lambda + x);
      slope[t] = lambda * inverse * inverse;
      byLambda[t] = -x * inverse * inverse;
      out[t] = x * inverse;
    }
  },
};

const CURVES: Record<SaturationKind, Omit<SaturationTransform, 'parameters'>> = {
  none,
  logistic,
  hill,
  'michaelis-menten': michaelisMenten,
  tanh: hyperbolicTangent,
};
