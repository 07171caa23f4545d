import { LevainError } from '../../base/problem';
import type { Random } from '../../base/random';
import { sampleBeta } from '../distributions/beta';
import { sampleGamma } from '../distributions/gamma';
import { logGamma } from '../distributions/log-gamma';
import type { Prior } from './model';

/** Where a parameter stands at u on the line the sampler walks. */
export interface ParameterPoint {
  /** The parameter x(u) itself. */
  value: number;
  /** dx/du. */
  slope: number;
  /** log p(x) + log dx/du, normalised: the prior's log density of u. */
  logPrior: number;
  /** Its derivative with respect to u. */
  logPriorSlope: number;
}

/** A parameter with its prior, spread over the whole real line: log, logit or as it is, by the prior's support. */
export interface Parameter {
  /** Whether u is the logarithm of the value. */
  readonly positive: boolean;
  /** Writes to `point`, allocating nothing. */
  place(u: number, point: ParameterPoint): void;
  /** The u of a value inside the support. */
  unconstrain(value: number): number;
}

/**
 * Prepares a prior for sampling. With the Jacobian taken in, beta, gamma, half-normal and uniform priors are smooth in u
 * and fall off to both sides.
 *
 * @throws LevainError `bad-prior`
 */
export function parameterOf(prior: Prior): Parameter {
  checkPrior(prior);
  switch (prior.kind) {
    case 'beta': {
      const { a, b } = prior;
      const constant = logGamma(a + b) - logGamma(a) - logGamma(b);
      return {
        positive: false,
        place(u, point) {
          placeLogistic(u, a, b, point);
          point.logPrior += constant;
        },
        unconstrain: (x) => Math.log(x / (1 - x)),
      };
    }
    case 'uniform': {
      const { low, high } = prior;
      return {
        positive: false,
        place(u, point) {
          placeLogistic(u, 1, 1, point);
          point.value = low + (high - low) * point.value;
          point.slope *= high - low;
        },
        unconstrain: (x) => Math.log((x - low) / (high - x)),
      };
    }
    case 'gamma': {
      const { shape, rate } = prior;
      const constant = shape * Math.log(rate) - logGamma(shape);
      return {
        positive: true,
        place(u, point) {
          const x = Math.exp(u);
          point.value = x;
          point.slope = x;
          point.logPrior = constant + shape * u - rate * x;
          point.logPriorSlope = shape - rate * x;
        },
        unconstrain: Math.log,
      };
    }
    case 'half-normal': {
      const { scale } = prior;
      const constant = Math.log(2 / scale) - HALF_LOG_TAU;
      return {
        positive: true,
        place(u, point) {
          const x = Math.exp(u);
          const square = (x / scale) ** 2;
          point.value = x;
          point.slope = x;
          point.logPrior = constant - square / 2 + u;
          point.logPriorSlope = 1 - square;
        },
        unconstrain: Math.log,
      };
    }
    case 'log-normal': {
      const { location, scale } = prior;
      const constant = -Math.log(scale) - HALF_LOG_TAU;
      return {
        positive: true,
        place(u, point) {
          const x = Math.exp(u);
          const z = (u - location) / scale;
          point.value = x;
          point.slope = x;
          point.logPrior = constant - (z * z) / 2;
          point.logPriorSlope = -z / scale;
        },
        unconstrain: Math.log,
      };
    }
    case 'normal': {
      const { mean, scale } = prior;
      const constant = -Math.log(scale) - HALF_LOG_TAU;
      return {
        positive: false,
        place(u, point) {
          const z = (u - mean) / scale;
          point.value = u;
          point.slope = 1;
          point.logPrior = constant - (z * z) / 2;
          point.logPriorSlope = -z / scale;
        },
        unconstrain: (x) => x,
      };
    }
  }
}

/**
 * Draws from a prior.
 *
 * @throws LevainError `bad-prior`
 * @example samplePrior({ kind: 'uniform', low: 2, high: 3 }, seededRandom(1)) > 2 // => true
 */
export function samplePrior(prior: Prior, random: Random): number {
  checkPrior(prior);
  switch (prior.kind) {
    case 'beta':
      return sampleBeta(random, prior.a, prior.b);
    case 'uniform':
      return prior.low + (prior.high - prior.low) * random.uniform();
    case 'gamma':
      return sampleGamma(random, prior.shape, 1 / prior.rate);
    case 'half-normal':
      return prior.scale * Math.abs(random.normal());
    case 'log-normal':
      return Math.exp(prior.location + prior.scale * random.normal());
    case 'normal':
      return prior.mean + prior.scale * random.normal();
  }
}

const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);

/** x = 1/(1 + e⁻ᵘ) with density ∝ x^(a−1) (1 − x)^(b−1), accurate at both ends. */
function placeLogistic(u: number, a: number, b: number, point: ParameterPoint): void {
  const small = Math.exp(-Math.abs(u));
  const near = 1 / (1 + small);
  const far = small * near;
  const logNear = -Math.log1p(small);
  const logFar = logNear - Math.abs(u);
  const x = u >= 0 ? near : far;
  point.value = x;
  point.slope = near * far;
  point.logPrior = u >= 0 ? a * logNear + b * logFar : a * logFar + b * logNear;
  point.logPriorSlope = u >= 0 ? a * far - b * near : a * near - b * far;
}

function checkPrior(prior: Prior): void {
  const { kind, ...numbers } = prior;
  for (const [name, value] of Object.entries(numbers)) {
    const free = name === 'location' || name === 'mean' || name === 'low' || name === 'high';
    if (Number.isFinite(value) && (free || value > 0)) continue;
    throw badPrior(`The ${name} of the ${kind} prior must be a number${free ? '' : ' above 0'}; it is ${value}.`);
  }
  if (prior.kind === 'uniform' && prior.low >= prior.high) {
    throw badPrior(`The uniform prior must run from low to high; it runs from ${prior.low} to ${prior.high}.`);
  }
}

function badPrior(message: string): LevainError {
  return new LevainError({ code: 'bad-prior', message });
}
