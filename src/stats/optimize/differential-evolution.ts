import { LevainError } from '../../base/problem';
import { seededRandom, type Random } from '../../base/random';
import { checkBounds } from './bounds';

export interface EvolutionOptions {
  /** The same seed gives the same answer; 1 when not given. */
  readonly seed?: number;
  /** How many candidates live at once; 15 for each variable when not given, at least 5. */
  readonly population?: number;
  /** 1,000 when not given. */
  readonly maxGenerations?: number;
  /** Converged when the values of all candidates differ by less than this times max(1, |their mean|); 1e-10. */
  readonly tolerance?: number;
  /** Called after each generation; answer false to stop there. */
  readonly onGeneration?: (best: { x: Float64Array; value: number; generation: number }) => boolean | void;
}

export interface EvolutionResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly generations: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

interface Candidate {
  readonly x: Float64Array;
  readonly value: number;
}

/** Share of a trial's elements that come from the mutant. */
const CROSSOVER = 0.7;

/**
 * The least value of any function in a box, by differential evolution: a candidate is challenged by itself moved
 * towards one of the best tenth and along the difference of two others (current-to-pbest/1/bin, with the move's length
 * drawn anew from 0.5 to 1 each generation), and the better of the two lives on. It needs no slope and finds its way out
 * of local minima, at the price of many evaluations.
 *
 * Source: Storn and Price (1997), "Differential evolution", J. Global Optimization 11; Zhang and Sanderson (2009),
 * "JADE: adaptive differential evolution with optional external archive", IEEE Trans. Evolutionary Computation 13.
 *
 * @param f from a point of the box to a number, which must not keep it; NaN counts as infinitely bad
 * @param lower finite, one for each variable
 * @param upper finite and not below `lower`
 * @throws LevainError `bad-parameter`, `unequal-lengths`, `not-finite` when no candidate at all has a finite value
 * @example differentialEvolution((x) => Math.abs(x[0] - 1), [0], [5]).x[0].toFixed(6) // => '1.000000'
 */
export function differentialEvolution(
  f: (x: Float64Array) => number,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  options: EvolutionOptions = {},
): EvolutionResult {
  checkBounds(lower, upper, lower.length);
  checkBox(lower, upper);
  const { seed = 1, maxGenerations = 1000, tolerance = 1e-10, onGeneration } = options;
  const size = Math.max(5, options.population ?? 15 * lower.length);
  const random = seededRandom(seed);
  let evaluations = 0;
  const evaluate = (x: Float64Array): Candidate => {
    evaluations++;
    const value = f(x);
    return { x, value: Number.isNaN(value) ? Infinity : value };
  };

  const candidates = spread(random, size, lower, upper).map(evaluate);
  let best = candidates.reduce((least, candidate) => (candidate.value < least.value ? candidate : least));
  let generations = 0;
  let converged = isSettled(candidates, tolerance);
  while (!converged && generations < maxGenerations) {
    const length = 0.5 + random.uniform() / 2;
    const leaders = candidates.toSorted((a, b) => a.value - b.value).slice(0, Math.max(2, Math.ceil(size / 10)));
    for (let i = 0; i < size; i++) {
      const trial = evaluate(challenge(random, candidates, i, leaders, length, lower, upper));
      if (trial.value > candidates[i]!.value) continue;
      candidates[i] = trial;
      if (trial.value < best.value) best = trial;
    }
    generations++;
    converged = isSettled(candidates, tolerance);
    if (onGeneration?.({ ...best, generation: generations }) === false) break;
  }
  if (!Number.isFinite(best.value)) {
    const message = `None of ${evaluations} points in the box gives the function a finite value.`;
    throw new LevainError({ code: 'not-finite', message });
  }
  return { ...best, generations, evaluations, converged };
}

/** A Latin hypercube: each variable has one candidate in each of `size` equal slices. */
function spread(random: Random, size: number, lower: ArrayLike<number>, upper: ArrayLike<number>): Float64Array[] {
  const points = Array.from({ length: size }, () => new Float64Array(lower.length));
  for (let k = 0; k < lower.length; k++) {
    const slices = Array.from({ length: size }, (_, i) => i);
    for (let i = size - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [slices[i], slices[j]] = [slices[j]!, slices[i]!];
    }
    points.forEach((point, i) => {
      point[k] = lower[k]! + ((slices[i]! + random.uniform()) / size) * (upper[k]! - lower[k]!);
    });
  }
  return points;
}

function challenge(
  random: Random,
  candidates: readonly Candidate[],
  target: number,
  leaders: readonly Candidate[],
  length: number,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): Float64Array {
  const size = candidates.length;
  const first = (target + 1 + random.integer(size - 1)) % size;
  let second = (target + 1 + random.integer(size - 1)) % size;
  while (second === first) second = (target + 1 + random.integer(size - 1)) % size;
  const leader = leaders[random.integer(leaders.length)]!.x;
  const trial = candidates[target]!.x.slice();
  const always = random.integer(trial.length);
  for (let k = 0; k < trial.length; k++) {
    if (k !== always && random.uniform() >= CROSSOVER) continue;
    const moved = trial[k]! + length * (leader[k]! - trial[k]! + candidates[first]!.x[k]! - candidates[second]!.x[k]!);
    const inside = moved >= lower[k]! && moved <= upper[k]!;
    trial[k] = inside ? moved : lower[k]! + random.uniform() * (upper[k]! - lower[k]!);
  }
  return trial;
}

function isSettled(candidates: readonly Candidate[], tolerance: number): boolean {
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (const { value } of candidates) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return Number.isFinite(most) && most - least <= tolerance * Math.max(1, Math.abs(sum / candidates.length));
}

function checkBox(lower: ArrayLike<number>, upper: ArrayLike<number>): void {
  for (let k = 0; k < lower.length; k++) {
    if (Number.isFinite(upper[k]! - lower[k]!)) continue;
    const message = `The search needs a finite box; variable ${k + 1} goes from ${lower[k]} to ${upper[k]}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  if (lower.length > 0) return;
  throw new LevainError({ code: 'bad-parameter', message: 'The search needs at least one variable; there are 0.' });
}
