import { differentialEvolution } from '../../optimize/differential-evolution';
import type { MixModel } from '../model';
import type { Evaluator } from './evaluator';
import type { FastOptions } from './fast-mix';
import { createLog, type CandidateLog } from './log';
import { searchSpace } from './space';

/** Candidates that each resample of the bootstrap chooses from, and how much worse than the best they may be. */
const CHOICES = 200;
const NEAR = 1.1;
/** Candidates alive at once, for each searched parameter. */
const POPULATION = 5;

/** Candidates spread evenly over the ranks of all that are near the best: the last ones alone are copies of it. */
export function nearBest(log: CandidateLog): number[] {
  const ranked = log.best(log.size);
  const near = ranked.filter((i) => log.error(i) <= NEAR * log.error(ranked[0]!));
  const count = Math.min(CHOICES, near.length);
  return Array.from({ length: count }, (_, k) => near[Math.floor((k * near.length) / count)]!);
}

/**
 * Searches the space of a model by differential evolution.
 *
 * @returns every candidate tried
 */
export function search(
  model: MixModel,
  evaluator: Evaluator,
  { seed, candidates, onProgress }: Pick<FastOptions, 'onProgress'> & { seed: number; candidates: number },
): CandidateLog {
  const { lower, upper } = searchSpace(model);
  const log = createLog(model, lower.length, candidates);
  const population = Math.min(candidates, Math.max(20, POPULATION * lower.length));
  const judge = (point: Float64Array): number => {
    evaluator.setCandidate(point);
    const error = evaluator.score();
    log.add(point, error, evaluator);
    return error;
  };
  differentialEvolution(judge, lower, upper, {
    seed,
    population,
    maxGenerations: Math.floor(candidates / population) - 1,
    tolerance: 1e-9,
    onGeneration: ({ generation }) => onProgress?.(((generation + 1) * population) / candidates),
  });
  return log;
}
