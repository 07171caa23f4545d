import { LevainError } from '../../base/problem';
import { modelOf, parametersOf, type BuyerFit } from './fit-buyers';

/** A cell of the matrix: customers who bought so often again, and last so long ago. */
export interface AliveCell {
  readonly frequency: number;
  /** Time since the last order, in the unit of the histories. */
  readonly since: number;
  readonly alive: number;
}

/**
 * P(alive) of customers of one age, over how often they bought again and how long ago they bought last. The same silence
 * says more of someone who used to buy often. Those who never bought again have one cell, at a silence of their whole age.
 *
 * @param age since the first order, above 0
 * @param options.frequencies 0, 1, 2, 3, 5, 8, 13, 21 repeat purchases when not given
 * @param options.steps how many times since the last order, from 0 on; 10 when not given
 * @throws LevainError `bad-parameter`
 */
export function aliveMatrix(
  fit: BuyerFit,
  age: number,
  options: { readonly frequencies?: readonly number[]; readonly steps?: number } = {},
): AliveCell[] {
  const { frequencies = [0, 1, 2, 3, 5, 8, 13, 21], steps = 10 } = options;
  if (!(age > 0 && Number.isFinite(age)) || !(Number.isInteger(steps) && steps >= 1)) {
    const message = `A matrix needs an age above 0 and at least one step; they are ${age} and ${steps}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const model = modelOf(fit.model);
  const parameters = parametersOf(fit);
  const silences = Array.from({ length: steps }, (_, k) => (age * k) / steps);
  return frequencies.flatMap((frequency) =>
    (frequency === 0 ? [age] : silences).map((since) => ({
      frequency,
      since,
      alive: model.alive(parameters, { frequency, recency: age - since, age }),
    })),
  );
}
