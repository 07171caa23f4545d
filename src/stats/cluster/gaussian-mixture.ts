import { LevainError, type Problem } from '../../base/problem';
import { seededRandom } from '../../base/random';
import { column, pickColumns, pickRows, transpose, zeros, type Matrix } from '../linear/matrix';
import { checkClusters } from './check';
import { plusPlusCenters } from './k-means-start';
import { lloyd, nearestIn } from './lloyd';
import { covariancesOf, logDensities, shapeParameters, type Shape } from './mixture-shape';

export interface MixtureOptions {
  readonly k: number;
  /** `full` when not given. */
  readonly shape?: Shape;
  /** How many times to begin anew, each from a k-means of its own; the likeliest is kept. 10 when not given. */
  readonly starts?: number;
  readonly seed?: number;
  /** 500 when not given. */
  readonly maxIterations?: number;
  /** Stop when the mean log likelihood of a row rises by no more: 1e-6 when not given. */
  readonly tolerance?: number;
  /** Added to each variance: 1e-6 when not given. */
  readonly floor?: number;
}

export interface Mixture {
  readonly k: number;
  readonly shape: Shape;
  /** The share of each component, largest first; they add up to 1. */
  readonly weights: Float64Array;
  /** k × p. */
  readonly means: Matrix;
  /** One p × p a component. */
  readonly covariances: readonly Matrix[];
  readonly logLikelihood: number;
  /** −2 log L + q log n: lower is better (R's mclust turns the sign). */
  readonly bic: number;
  readonly aic: number;
  /** q, the free numbers of the model. */
  readonly parameters: number;
  /** n × k: the probability that a row comes from a component. */
  readonly memberships: Matrix;
  /** The likeliest component of each row. */
  readonly labels: Int32Array;
  readonly iterations: number;
  readonly warnings: readonly Problem[];
}

/**
 * A mixture of Gaussians, p(x) = Σ_c w_c N(x; μ_c, Σ_c), by expectation maximisation. Unlike k-means it allows long and
 * unequal clusters, and says how sure a row's place is.
 *
 * Source: Dempster, Laird and Rubin (1977), JRSS B 39; Fraley and Raftery (2002), JASA 97; conventions of scikit-learn.
 *
 * @param data n × p
 * @returns with the warnings `not-converged`, and `thin-component` where one holds hardly more rows than columns
 * @throws LevainError `bad-parameter`, `too-few-rows`, `not-finite`
 * @example gaussianMixture({ rows: 4, columns: 1, values: new Float64Array([0, 1, 8, 9]) }, { k: 2 }).parameters // => 5
 */
export function gaussianMixture(data: Matrix, options: MixtureOptions): Mixture {
  const { k, shape = 'full', starts = 10, seed = 1 } = options;
  const { maxIterations = 500, tolerance = 1e-6, floor = 1e-6 } = options;
  checkClusters('mixture', data, k);
  if (!(starts >= 1 && maxIterations >= 1 && floor > 0)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: 'starts and maxIterations must be from 1, floor above 0.',
    });
  }
  const points = transpose(data).values;
  const nearest = nearestIn(data, k);
  const random = seededRandom(seed);
  let best: Run | undefined;
  for (let start = 0; start < (k === 1 ? 1 : starts); start++) {
    const { labels } = lloyd(data, plusPlusCenters(data, k, random), SETTLED, nearest);
    const shares = zeros(data.rows, k);
    labels.forEach((label, i) => (shares.values[label * data.rows + i] = 1));
    const run = climb(points, shares, data.columns, { shape, floor, maxIterations, tolerance });
    if (!best || run.logLikelihood > best.logLikelihood) best = run;
  }
  return mixtureOf(best!, data, shape);
}

/**
 * Begins with the clusters of one k-means. Starts that are less settled reach higher likelihoods, yet by components that
 * shrink to a few rows in a line, which say nothing and which BIC would take.
 */
const SETTLED = { maxIterations: 100, tolerance: 0 };

interface Run {
  readonly weights: Float64Array;
  readonly means: Matrix;
  readonly covariances: readonly Matrix[];
  readonly shares: Matrix;
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

type Climb = Required<Pick<MixtureOptions, 'shape' | 'floor' | 'maxIterations' | 'tolerance'>>;

/** EM from given memberships until the likelihood rises no more. `shares` is written to. */
function climb(points: Float64Array, shares: Matrix, p: number, options: Climb): Run {
  const { shape, floor, maxIterations, tolerance } = options;
  let before = -Infinity;
  for (let iterations = 1; ; iterations++) {
    const { weights, means } = meansOf(points, shares, p);
    const covariances = covariancesOf(points, shares, means, weights, shape, floor);
    const logLikelihood = expect(points, weights, means, covariances, shares);
    const converged = Math.abs(logLikelihood - before) <= tolerance * shares.rows;
    if (converged || iterations === maxIterations) {
      return { weights, means, covariances, shares, logLikelihood, iterations, converged };
    }
    before = logLikelihood;
  }
}

/** Σ of the shares of each component (a hair above 0 for an empty one), and its mean. */
function meansOf(points: Float64Array, shares: Matrix, p: number) {
  const { rows: n, columns: k } = shares;
  const means = zeros(k, p);
  const weights = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    const share = column(shares, c);
    weights[c] = share.reduce((sum, value) => sum + value, 10 * Number.EPSILON);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) means.values[j * k + c]! += share[i]! * points[i * p + j]!;
    }
    for (let j = 0; j < p; j++) means.values[j * k + c]! /= weights[c]!;
  }
  return { weights, means };
}

/** Writes each row's memberships and returns the log likelihood. */
function expect(
  points: Float64Array,
  weights: Float64Array,
  means: Matrix,
  covariances: readonly Matrix[],
  shares: Matrix,
): number {
  const { rows: n, columns: k } = shares;
  const logs = Array.from(weights, (weight, c) => {
    const out = column(shares, c);
    const mean = Float64Array.from({ length: means.columns }, (_, j) => means.values[j * k + c]!);
    logDensities(points, mean, covariances[c]!, out);
    const prior = Math.log(weight / n);
    for (let i = 0; i < n; i++) out[i]! += prior;
    return out;
  });
  let total = 0;
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (const log of logs) most = Math.max(most, log[i]!);
    let sum = 0;
    for (const log of logs) sum += log[i] = Math.exp(log[i]! - most);
    for (const log of logs) log[i]! /= sum;
    total += most + Math.log(sum);
  }
  return total;
}

/** Components by weight, so that another seed gives the same numbers. */
function mixtureOf(run: Run, data: Matrix, shape: Shape): Mixture {
  const { rows: n, columns: p } = data;
  const k = run.weights.length;
  const order = Array.from(run.weights.keys()).sort((a, b) => run.weights[b]! - run.weights[a]!);
  const memberships = pickColumns(run.shares, order);
  const parameters = k - 1 + k * p + shapeParameters(shape, k, p);
  const warnings: Problem[] = [];
  if (!run.converged) {
    const message = `The likelihood was still rising after ${run.iterations} rounds.`;
    warnings.push({ code: 'not-converged', message, hint: 'Allow more iterations.' });
  }
  const thin = order.findIndex((c) => run.weights[c]! < p + 1.5);
  if (thin >= 0 && k > 1) {
    const rows = run.weights[order[thin]!]!.toFixed(1);
    const message = `Component ${thin + 1} stands for ${rows} rows alone: its shape says little.`;
    warnings.push({ code: 'thin-component', message, hint: 'Ask for fewer components, or a simpler shape.' });
  }
  return {
    k,
    shape,
    weights: Float64Array.from(order, (c) => run.weights[c]! / n),
    means: pickRows(run.means, order),
    covariances: order.map((c) => run.covariances[c]!),
    logLikelihood: run.logLikelihood,
    bic: -2 * run.logLikelihood + parameters * Math.log(n),
    aic: -2 * run.logLikelihood + 2 * parameters,
    parameters,
    memberships,
    labels: likeliest(memberships),
    iterations: run.iterations,
    warnings,
  };
}

function likeliest({ rows, columns, values }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let c = 1; c < columns; c++) if (values[c * rows + i]! > values[best * rows + i]!) best = c;
    return best;
  });
}
