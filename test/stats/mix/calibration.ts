import { seededRandom } from '../../../src/base/random';
import { sampleMixChain } from '../../../src/stats/mix/chains';
import { parameterNames, type MixModel } from '../../../src/stats/mix/model';
import { drawFromPrior } from './prior-predictive';
import { simulatedChannel, simulatedModel } from './synthetic';

/** Where the truth stood among the draws of each fit: for each parameter one rank a set, 0 … draws. */
export interface Calibration {
  readonly names: readonly string[];
  readonly ranks: Readonly<Record<string, readonly number[]>>;
  /** Ranks run from 0 to this. */
  readonly draws: number;
  readonly divergences: number;
}

/** Three channels that differ in adstock, saturation and prior, with a baseline. */
export function calibrationModel(rows: number): MixModel {
  const random = seededRandom(21);
  return simulatedModel(rows, [
    simulatedChannel('by coefficient', rows, random),
    simulatedChannel('by roi', rows, random, { on: 'roi', saturation: 'hill' }),
    simulatedChannel('delayed', rows, random, { adstock: 'delayed', saturation: 'michaelis-menten' }),
  ]);
}

/** The kinds of adstock and saturation that {@link calibrationModel} has not, and a lift test. */
export function otherKindsModel(rows: number): MixModel {
  const random = seededRandom(22);
  const model = simulatedModel(rows, [
    simulatedChannel('weibull pdf', rows, random, { adstock: 'weibull-pdf', saturation: 'tanh' }),
    simulatedChannel('weibull cdf', rows, random, { adstock: 'weibull-cdf', saturation: 'none', on: 'roi' }),
    simulatedChannel('binomial', rows, random, { adstock: 'binomial' }),
    simulatedChannel('none', rows, random, { adstock: 'none', saturation: 'hill', on: 'roi' }),
  ]);
  const tested = { channel: 'binomial', from: 20, to: 26, until: 30, outcome: 0, standardError: 0.3 };
  return { ...model, liftTests: [tested] };
}

/**
 * Simulation-based calibration: truths drawn from the prior, data from them, the posterior fitted; the truth's rank among
 * thinned draws is then uniform when, and in general only when, the sampler draws from the posterior.
 *
 * Source: Talts et al. (2018), "Validating Bayesian inference algorithms with simulation-based calibration".
 */
export function calibrate(
  model: MixModel,
  { sets, warmup, draws, thin, seed }: { sets: number; warmup: number; draws: number; thin: number; seed: number },
): Calibration {
  const random = seededRandom(seed);
  const names = parameterNames(model);
  const ranks = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  let divergences = 0;
  for (let set = 0; set < sets; set++) {
    const { model: simulated, truth } = drawFromPrior(model, random);
    const fit = sampleMixChain(simulated, { warmup, draws: draws * thin, seed: seed + set });
    divergences += fit.sampler.divergences;
    for (const name of names) {
      const thinned = fit.columns[name]!.filter((_, i) => i % thin === 0);
      ranks[name]!.push(thinned.reduce((below, value) => below + Number(value < truth[name]!), 0));
    }
  }
  return { names, ranks, draws, divergences };
}

/** The share of ranks in the middle 90 %, the draws being one less than a multiple of 20. */
export function coverage90({ draws }: Calibration, ranks: readonly number[]): number {
  const edge = (draws + 1) / 20;
  return ranks.filter((rank) => rank >= edge && rank <= draws - edge).length / ranks.length;
}

/** χ² of the ranks in equal bins against uniform, with bins − 1 degrees of freedom. */
export function chiSquared({ draws }: Calibration, ranks: readonly number[], bins: number): number {
  const counts = new Float64Array(bins);
  for (const rank of ranks) counts[Math.floor((rank * bins) / (draws + 1))]!++;
  const expected = ranks.length / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
