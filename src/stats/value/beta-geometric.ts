import { betaGeometricObjective } from './beta-geometric-likelihood';
import type { BuyerModel } from './buyer-model';
import type { History } from './histories';
import { countsWhileHere, momentWhileHere } from './mixed-counts';

/**
 * BG/NBD: purchases at a rate λ ~ Gamma(r, α); after each *repeat* purchase the customer leaves with probability
 * p ~ Beta(a, b). Someone who bought once cannot have left: P(alive) = 1 for them, by construction.
 */
export const bgNbd: BuyerModel = betaGeometric(false);

/** MBG/NBD: as {@link bgNbd}, but the customer may leave after the first purchase too. */
export const mbgNbd: BuyerModel = betaGeometric(true);

function betaGeometric(firstIsChance: boolean): BuyerModel {
  const extra = firstIsChance ? 1 : 0;
  const alive: BuyerModel['alive'] = (parameters, { frequency, recency, age }) => {
    const { r, alpha, a, b } = namesOf(parameters);
    const passed = frequency + extra;
    if (passed === 0) return 1;
    const log = (r + frequency) * Math.log((alpha + age) / (alpha + recency));
    return 1 / (1 + (a / (b + passed - 1)) * Math.exp(log));
  };
  /** Of a customer who is still there: what their history says of their rate and of their leaving. */
  const whileHere = (parameters: ArrayLike<number>, time: number, history: History, moment: 1 | 2): number => {
    const { r, alpha, a, b } = namesOf(parameters);
    const rate = { shape: r + history.frequency, rate: alpha + history.age };
    return momentWhileHere(rate, { a, b: b + history.frequency + extra }, time, moment);
  };
  return {
    parameters: ['r', 'alpha', 'a', 'b'],
    times: ['alpha'],
    starts: (rate) => [
      [0.5, 0.5 / rate, 0.8, 2],
      [2, 2 / rate, 0.3, 3],
      [0.2, 0.1 / rate, 2, 6],
    ],
    objective: (groups) => betaGeometricObjective(groups, firstIsChance),
    alive,
    expected(parameters, time, history) {
      if (history) return alive(parameters, history) * whileHere(parameters, time, history, 1);
      const { a, b } = namesOf(parameters);
      return (firstIsChance ? b / (a + b) : 1) * whileHere(parameters, time, NEW, 1);
    },
    square: (parameters, time, history) => alive(parameters, history) * whileHere(parameters, time, history, 2),
    counts(parameters, time, most) {
      const { r, alpha, a, b } = namesOf(parameters);
      const counts = countsWhileHere({ shape: r, rate: alpha }, { a, b: b + extra }, time, most);
      if (!firstIsChance) return counts;
      const leaves = a / (a + b);
      return counts.map((probability, n) => (1 - leaves) * probability + (n === 0 ? leaves : 0));
    },
  };
}

const NEW: History = { frequency: 0, recency: 0, age: 0 };

function namesOf(parameters: ArrayLike<number>): { r: number; alpha: number; a: number; b: number } {
  return { r: parameters[0]!, alpha: parameters[1]!, a: parameters[2]!, b: parameters[3]! };
}
