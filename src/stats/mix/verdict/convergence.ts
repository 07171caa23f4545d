import { essBulk } from '../../sampling/ess';
import { rhat } from '../../sampling/rhat';
import type { MixDraws } from '../model';

/** Whether the chains agree, over all parameters. */
export interface Convergence {
  /** The largest rank-normalised R-hat, and the parameter it is of. */
  readonly rhat: number;
  readonly worst: string;
  /** The smallest bulk effective sample size. */
  readonly effectiveSamples: number;
  readonly divergences: number;
}

/**
 * The worst R-hat and the smallest effective sample of a fit's parameters.
 *
 * @throws LevainError `too-few-values` with fewer than 4 draws a chain
 */
export function convergenceOf({ parameters, chains }: MixDraws): Convergence {
  let worst = { name: parameters[0]!, rhat: -Infinity };
  let effectiveSamples = Infinity;
  for (const name of parameters) {
    const columns = chains.map((chain) => chain.columns[name]!);
    const value = rhat(columns);
    if (value > worst.rhat) worst = { name, rhat: value };
    effectiveSamples = Math.min(effectiveSamples, essBulk(columns));
  }
  const divergences = chains.reduce((sum, { sampler }) => sum + sampler.divergences, 0);
  return { rhat: worst.rhat, worst: worst.name, effectiveSamples, divergences };
}
