import type { Random } from '../../../src/base/random';
import { sampleBeta } from '../../../src/stats/distributions/beta';
import { sampleGamma } from '../../../src/stats/distributions/gamma';
import type { BuyerModelName } from '../../../src/stats/value/buyer-model';

export interface Simulated {
  readonly frequency: number[];
  readonly recency: number[];
  readonly age: number[];
  /** Purchases in the time after the end of the histories. */
  readonly later: number[];
  /** Whether they had not left by the end of the histories. */
  readonly isAlive: boolean[];
}

/** Customers of a model whose parameters are known, each observed from 0 to their own age and then for `beyond` more. */
export function simulateBuyers(
  random: Random,
  model: BuyerModelName,
  [first, alpha, third, fourth]: readonly [number, number, number, number],
  ages: readonly number[],
  beyond: number,
): Simulated {
  const simulated: Simulated = { frequency: [], recency: [], age: [...ages], later: [], isAlive: [] };
  for (const age of ages) {
    const rate = sampleGamma(random, first, 1 / alpha);
    const wait = (perTime: number): number => -Math.log(1 - random.uniform()) / perTime;
    let leavesAt = model === 'pareto-nbd' ? wait(sampleGamma(random, third, 1 / fourth)) : Infinity;
    const leaves = model === 'pareto-nbd' ? 0 : sampleBeta(random, third, fourth);
    if (model === 'mbg-nbd' && random.uniform() < leaves) leavesAt = 0;
    let [frequency, recency, later] = [0, 0, 0];
    for (let time = wait(rate); time < leavesAt && time <= age + beyond; time += wait(rate)) {
      if (time <= age) [frequency, recency] = [frequency + 1, time];
      else later++;
      if (model !== 'pareto-nbd' && random.uniform() < leaves) leavesAt = time;
    }
    simulated.frequency.push(frequency);
    simulated.recency.push(recency);
    simulated.later.push(later);
    simulated.isAlive.push(leavesAt > age);
  }
  return simulated;
}
