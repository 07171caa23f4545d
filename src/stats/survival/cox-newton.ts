import { LevainError } from '../../base/problem';
import { choleskyFactor, choleskyInverse, choleskySolve } from '../linear/cholesky';
import { zeros, type Matrix } from '../linear/matrix';
import type { CoxData } from './cox-data';
import { linearPredictors, sweepEvents, type Ties } from './cox-sweep';

interface Point {
  readonly beta: Float64Array;
  readonly logLikelihood: number;
  readonly score: Float64Array;
  readonly information: Matrix;
}

export interface CoxMaximum extends Point {
  readonly start: Point;
  /** Of the scaled coefficients. */
  readonly covariance: Matrix;
  readonly converged: boolean;
}

const MOST_STEPS = 50;
const TOLERANCE = 1e-12;

/**
 * The maximum of the log partial likelihood over scaled coefficients, by Newton's method from 0, with steps halved until
 * they rise.
 *
 * @throws LevainError `dependent-columns`
 */
export function coxMaximum(data: CoxData, ties: Ties): CoxMaximum {
  const start = pointAt(data, new Float64Array(data.p), ties);
  let point = start;
  let converged = false;
  for (let step = 0; step < MOST_STEPS && !converged; step++) {
    const move = choleskySolve(factorOf(data, point.information), point.score);
    let share = 1;
    let next = pointAt(data, moved(point.beta, move, share), ties);
    while (!(next.logLikelihood >= point.logLikelihood - 1e-9 * Math.abs(point.logLikelihood)) && share > 1e-6) {
      share /= 2;
      next = pointAt(data, moved(point.beta, move, share), ties);
    }
    converged = Math.abs(next.logLikelihood - point.logLikelihood) <= TOLERANCE * Math.abs(next.logLikelihood);
    point = next;
  }
  return { ...point, start, covariance: choleskyInverse(factorOf(data, point.information)), converged };
}

function pointAt(data: CoxData, beta: Float64Array, ties: Ties): Point {
  const { p, rows, event } = data;
  const eta = linearPredictors(data, beta);
  const score = new Float64Array(p);
  const information = zeros(p, p);
  let logLikelihood = 0;
  let events = 0;
  const shift = sweepEvents(data, eta, ties, ({ weight, mean, covariance }) => {
    logLikelihood -= Math.log(weight);
    events++;
    for (let j = 0; j < p; j++) score[j]! -= mean[j]!;
    for (let k = 0; k < p * p; k++) information.values[k]! += covariance[k]!;
  });
  logLikelihood -= events * shift;
  event.forEach((ended, i) => {
    if (ended === 0) return;
    logLikelihood += eta[i]!;
    for (let j = 0; j < p; j++) score[j]! += rows[i * p + j]!;
  });
  return { beta, logLikelihood, score, information };
}

const moved = (beta: Float64Array, move: Float64Array, share: number): Float64Array =>
  beta.map((value, j) => value + share * move[j]!);

function factorOf(data: CoxData, information: Matrix): Matrix {
  try {
    return choleskyFactor(information);
  } catch (cause) {
    throw new LevainError(
      {
        code: 'dependent-columns',
        message: `The covariates ${data.names.join(', ')} cannot be told apart: one is a sum of others, or does not vary among those at risk.`,
        hint: 'Leave one of them out; of categories, leave out one.',
      },
      { cause },
    );
  }
}
