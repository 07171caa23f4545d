import { energyFraction } from '../../sampling/energy-fraction';
import { essBulk, essTail } from '../../sampling/ess';
import { mcseMean } from '../../sampling/mcse';
import { rhat } from '../../sampling/rhat';
import type { MixDraws } from '../model';

/** How well the draws tell one parameter. */
export interface ParameterConvergence {
  readonly parameter: string;
  /** Rank-normalised split R-hat: above 1.01 the chains do not agree. */
  readonly rhat: number;
  /** How many independent draws would tell the middle as well, and the 5 % and 95 % ends. */
  readonly bulkEss: number;
  readonly tailEss: number;
  /** Monte Carlo standard error of the posterior mean, in the parameter's unit. */
  readonly mcse: number;
}

/** Whether the chains agree and how much the draws are worth. */
export interface Convergence {
  readonly parameters: readonly ParameterConvergence[];
  /** The largest R-hat of all parameters, and which it is of. */
  readonly rhat: number;
  readonly worst: string;
  /** The smallest of all parameters. */
  readonly bulkEss: number;
  readonly tailEss: number;
  /** Draws at which the sampler could not follow the posterior. */
  readonly divergences: number;
  /** Draws that stopped at the greatest tree depth: slow, not wrong. */
  readonly treeDepthReached: number;
  /** Of the chain where it is least; below 0.3 the tails are reached slowly. Undefined for draws of no sampler. */
  readonly energyFraction: number | undefined;
}

/**
 * R-hat, effective samples and Monte Carlo error of every parameter of a fit, and the worst of each.
 *
 * @throws LevainError `too-few-values` with fewer than 8 draws a chain
 */
export function convergenceOf({ parameters, chains }: MixDraws): Convergence {
  const each = parameters.map((parameter) => {
    const draws = chains.map(({ columns }) => columns[parameter]!);
    return {
      parameter,
      rhat: rhat(draws),
      bulkEss: essBulk(draws),
      tailEss: essTail(draws),
      mcse: mcseMean(draws),
    };
  });
  const worst = each.reduce((a, b) => (b.rhat > a.rhat ? b : a));
  const sum = (of: 'divergences' | 'treeDepthReached'): number =>
    chains.reduce((total, { sampler }) => total + sampler[of], 0);
  const least = Math.min(...chains.map(({ sampler }) => energyFraction(sampler.energy)));
  return {
    parameters: each,
    rhat: worst.rhat,
    worst: worst.parameter,
    bulkEss: Math.min(...each.map(({ bulkEss }) => bulkEss)),
    tailEss: Math.min(...each.map(({ tailEss }) => tailEss)),
    divergences: sum('divergences'),
    treeDepthReached: sum('treeDepthReached'),
    energyFraction: Number.isFinite(least) ? least : undefined,
  };
}
