import { seededRandom } from '../../../base/random';
import { checkConfidence, DEFAULT_CONFIDENCE } from '../../intervals/interval';
import type { MixDraws, MixModel } from '../model';
import { baselineEffects, channelEffects } from './contribution';
import { drawTable, type DrawTable } from './draws';
import { bandOf, type Band } from './interval';
import type { ResultOptions } from './period';

/** Actual against fitted, in the outcome's unit, row by row. */
export interface Fitted {
  readonly actual: Float64Array;
  /** E[y_t] and where it lies. */
  readonly fitted: Band;
  /** Where a new observation of the row would lie: the fitted value and the noise σ. */
  readonly predicted: Band;
  /** Actual less the mean fitted value. */
  readonly residuals: Float64Array;
}

/**
 * Actual against fitted values, with residuals.
 *
 * @param options.seed of the noise in `predicted`, 1 when not given
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function fittedValues(
  model: MixModel,
  draws: MixDraws,
  options: ResultOptions & { readonly seed?: number } = {},
): Fitted {
  const { confidence = DEFAULT_CONFIDENCE, seed = 1 } = options;
  checkConfidence(confidence);
  const n = model.outcome.length;
  const table = drawTable(model, draws);
  const means = fittedDraws(model, table);
  const fitted = bandOf(means, n, confidence);
  const actual = model.outcome.map((value) => value * model.outcomeScale);
  return {
    actual,
    fitted,
    predicted: bandOf(withNoise(means, model, table, seed), n, confidence),
    residuals: actual.map((value, t) => value - fitted.mean[t]!),
  };
}

/** E[y] of every draw, draws × rows, in the outcome's unit. */
export function fittedDraws(model: MixModel, table: DrawTable): Float64Array {
  const sums = baselineEffects(model, table, () => true);
  for (const effects of channelEffects(model, table)) {
    for (let i = 0; i < sums.length; i++) sums[i]! += effects[i]!;
  }
  return sums;
}

/** A replicated outcome of every draw: the mean and Gaussian noise of the draw's σ. */
export function withNoise(means: Float64Array, model: MixModel, table: DrawTable, seed: number): Float64Array {
  const n = model.outcome.length;
  const random = seededRandom(seed);
  return means.map((mean, i) => mean + table.sigma[Math.floor(i / n)]! * model.outcomeScale * random.normal());
}
