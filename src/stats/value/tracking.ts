import { LevainError } from '../../base/problem';
import { deltaEstimates, type Estimates } from './estimates';
import { modelOf, parametersOf, type BuyerFit } from './fit-buyers';
import { checkTime } from './predict';

/**
 * Tracking: how many repeat purchases a model expects of all customers by each of some points of calendar time, whatever
 * each of them did: Σ_i E[X(time − born_i)]. Beside the actual sums it shows how a model goes on beyond the time it was
 * fitted to. Intervals hold the error of the mean.
 *
 * @param born when each customer bought first, from any zero and in the unit of the histories
 * @param times where the sums are asked for, from the same zero
 * @throws LevainError `bad-parameter` for a time or birth that is no number
 */
export function trackPurchases(fit: BuyerFit, born: ArrayLike<number>, times: ArrayLike<number>): Estimates {
  const model = modelOf(fit.model);
  const births = new Map<number, number>();
  for (let i = 0; i < born.length; i++) {
    if (!Number.isFinite(born[i])) {
      const message = `The first purchase of the customer in row ${i + 1} is at ${born[i]}, which is no time.`;
      throw new LevainError({ code: 'bad-parameter', message });
    }
    births.set(born[i]!, (births.get(born[i]!) ?? 0) + 1);
  }
  const points = Float64Array.from(times);
  points.forEach((time) => checkTime(Math.abs(time)));
  const sums = (parameters: Float64Array): Float64Array => {
    // Days are shared: most pairs of birth and time are as far apart as some other pair.
    const known = new Map<number, number>();
    const expected = (time: number): number => {
      const key = Math.round(time * 1e6);
      let value = known.get(key);
      if (value === undefined) known.set(key, (value = model.expected(parameters, time)));
      return value;
    };
    return points.map((time) => {
      let sum = 0;
      for (const [birth, customers] of births) if (time > birth) sum += customers * expected(time - birth);
      return sum;
    });
  };
  return deltaEstimates(sums, parametersOf(fit), fit.covariance, 'log', fit.confidence);
}
