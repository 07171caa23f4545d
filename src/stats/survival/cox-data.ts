import { LevainError } from '../../base/problem';
import { checkColumn, type Predictor } from '../regression/design';
import { checkObserved, timeOrder, type Observed } from './observed';

/** Rows from the longest time to the shortest, so that who is at risk is whoever came before; columns at mean 0, deviation 1. */
export interface CoxData {
  readonly names: readonly string[];
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /** The value of covariate j in row i, centred and scaled, at `rows[i * p + j]`. */
  readonly rows: Float64Array;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly n: number;
  readonly p: number;
  readonly events: number;
}

/**
 * @throws LevainError `unequal-lengths`, `no-rows`, `bad-time`, `bad-event`, `not-finite`, `duplicate-name`,
 *   `constant-column`, `no-events`, `too-few-values`
 */
export function coxData(observed: Observed, covariates: readonly Predictor[]): CoxData {
  checkObserved(observed);
  const n = observed.time.length;
  const p = covariates.length;
  if (p === 0) throw new LevainError({ code: 'too-few-values', message: 'A Cox regression needs a covariate.' });
  const order = timeOrder(observed.time).reverse();
  const rows = new Float64Array(n * p);
  const [mean, deviation] = [new Float64Array(p), new Float64Array(p)];
  const seen = new Set<string>();
  covariates.forEach(({ name, values }, j) => {
    if (seen.has(name))
      throw new LevainError({ code: 'duplicate-name', message: `Two covariates are called "${name}".` });
    seen.add(name);
    checkColumn(`column "${name}"`, values, n);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[i]!;
    mean[j] = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (values[i]! - mean[j]) ** 2;
    deviation[j] = Math.sqrt(squares / n);
    if (!(deviation[j] > 1e-12 * Math.abs(mean[j]))) {
      throw new LevainError({
        code: 'constant-column',
        message: `Column "${name}" is ${values[0]} in every row: it cannot tell who leaves sooner.`,
        hint: 'Leave it out.',
      });
    }
    order.forEach((i, place) => (rows[place * p + j] = (values[i]! - mean[j]!) / deviation[j]!));
  });
  const event = Uint8Array.from(order, (i) => Number(observed.event[i]));
  const events = event.reduce((sum, value) => sum + value, 0);
  if (events === 0) {
    throw new LevainError({
      code: 'no-events',
      message: `None of the ${n} rows ended: nothing tells what makes one leave sooner.`,
      hint: 'Follow them for longer, or check the column that says who left.',
    });
  }
  const time = Float64Array.from(order, (i) => observed.time[i]!);
  return { names: [...seen], mean, deviation, rows, time, event, n, p, events };
}
