import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import type { MixDraws, MixModel } from '../model';
import { posteriorEstimate } from '../results/interval';
import { priorDraws } from './prior-draws';

/** A parameter before and after the data. */
export interface Learnt {
  readonly parameter: string;
  readonly prior: Estimate;
  readonly posterior: Estimate;
  /** 1 − var(posterior) / var(prior): near 1 the data spoke, near 0 the answer is the prior's. */
  readonly contraction: number;
}

/**
 * Prior beside posterior of every parameter, with the contraction.
 *
 * Source: Betancourt (2018), "Calibrating model-based inferences and decisions", section 4.
 *
 * @throws LevainError `bad-parameter`
 */
export function learntFrom(
  model: MixModel,
  draws: MixDraws,
  options: { readonly confidence?: number; readonly seed?: number } = {},
): Learnt[] {
  const { confidence = DEFAULT_CONFIDENCE, seed = 1 } = options;
  checkConfidence(confidence);
  const before = priorDraws(model, 4000, seed).chains[0]!.columns;
  return draws.parameters.map((parameter) => {
    const all = draws.chains.flatMap(({ columns }) => Array.from(columns[parameter]!));
    const prior = posteriorEstimate(before[parameter]!, confidence);
    const posterior = posteriorEstimate(Float64Array.from(all), confidence);
    return { parameter, prior, posterior, contraction: 1 - (posterior.standardError / prior.standardError) ** 2 };
  });
}
