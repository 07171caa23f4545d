import type { Random } from '../../base/random';
import { copyPoint, energy, leapfrog, phasePoint, type PhasePoint } from './leapfrog';
import type { LogDensity } from './log-density';
import type { Metric } from './metric';

/** What one transition did. */
export interface Transition {
  /** Mean of min(1, e^(H₀ − H)) over the points visited. */
  acceptance: number;
  /** How many leapfrog steps, each with one evaluation of the gradient. */
  steps: number;
  depth: number;
  divergent: boolean;
  /** The Hamiltonian of the point drawn. */
  energy: number;
}

export interface TrajectoryOptions {
  readonly maxDepth: number;
  /** Energy error after which a trajectory counts as divergent. */
  readonly maxEnergyError: number;
}

/** One end of a stretch of trajectory. */
interface End {
  readonly momentum: Float64Array;
  readonly velocity: Float64Array;
}

/** A stretch of trajectory: its two ends in the order of building, the sum ρ of its momenta, its log total weight. */
interface Stretch {
  begin: End;
  end: End;
  readonly rho: Float64Array;
  logWeight: number;
}

/**
 * The No-U-Turn transition: a trajectory is doubled forwards or backwards until it would turn back on itself, and one of
 * its points is drawn with probability ∝ e^(−H) (multinomial), favouring the later doublings.
 *
 * Source: Hoffman and Gelman (2014), "The No-U-Turn Sampler", JMLR 15; Betancourt (2017), "A Conceptual Introduction to
 * Hamiltonian Monte Carlo", appendix A, with the turning checks across neighbouring subtrees that Stan does since 2.21.
 *
 * The returned function moves `current` (whose position, gradient, push and log density must agree) to the next draw. It
 * allocates nothing; the `Transition` it returns is the same object every time.
 */
export function noUTurnTransition(
  density: LogDensity,
  metric: Metric,
  random: Random,
  options: TrajectoryOptions,
): (current: PhasePoint, stepSize: number) => Transition {
  const d = density.dimension;
  const { maxDepth, maxEnergyError } = options;
  const array = (): Float64Array => new Float64Array(d);
  const newEnd = (): End => ({ momentum: array(), velocity: array() });
  const newStretch = (): Stretch => ({ begin: newEnd(), end: newEnd(), rho: array(), logWeight: -0.5 });

  const point = phasePoint(d);
  const forward = phasePoint(d);
  const backward = phasePoint(d);
  const proposal = phasePoint(d);
  const whole = newStretch();
  const added = newStretch();
  // One pair of halves, and one proposal, for each depth of the recursion.
  const firsts = Array.from({ length: maxDepth }, newStretch);
  const seconds = Array.from({ length: maxDepth }, newStretch);
  const proposals = Array.from({ length: maxDepth }, () => phasePoint(d));
  const rho = array();
  const outcome: Transition = { acceptance: 0.5, steps: 0, depth: 0, divergent: false, energy: 0.5 };
  const state = { initial: 0.5, step: 0.5, acceptance: 0.5 };

  /** Whether the stretch between two ends with momenta summing to ρ still grows at both. */
  function grows(begin: End, end: End, rho: Float64Array, extra: Float64Array | null): boolean {
    let atBegin = 0;
    let atEnd = 0;
    for (let i = 0; i < d; i++) {
      const total = extra === null ? rho[i]! : rho[i]! + extra[i]!;
      atBegin += begin.velocity[i]! * total;
      atEnd += end.velocity[i]! * total;
    }
    return atBegin > 0 && atEnd > 0;
  }

  /** Whether two neighbouring stretches together, and each with the nearest point of the other, still grow. */
  function growTogether(first: Stretch, second: Stretch, rho: Float64Array): boolean {
    return (
      grows(first.begin, second.end, rho, null) &&
      grows(first.begin, second.begin, first.rho, second.begin.momentum) &&
      grows(first.end, second.end, second.rho, first.end.momentum)
    );
  }

  /** Goes one step from `point`: a stretch of one point. */
  function buildLeaf(stretch: Stretch, chosen: PhasePoint): boolean {
    leapfrog(density, metric, point, state.step);
    outcome.steps++;
    const error = energy(point) - state.initial;
    state.acceptance += error < 0 ? 1 : Math.exp(-error);
    if (error > maxEnergyError) {
      outcome.divergent = true;
      return false;
    }
    stretch.logWeight = -error;
    copyPoint(point, chosen);
    stretch.rho.set(point.momentum);
    copyEnd(point, stretch.begin);
    copyEnd(point, stretch.end);
    return true;
  }

  /** Goes 2^depth steps on from `point`; false when it diverged or turned back, and the stretch is then of no use. */
  function build(depth: number, stretch: Stretch, chosen: PhasePoint): boolean {
    if (depth === 0) return buildLeaf(stretch, chosen);
    const first = firsts[depth]!;
    const second = seconds[depth]!;
    const other = proposals[depth]!;
    if (!build(depth - 1, first, chosen)) return false;
    if (!build(depth - 1, second, other)) return false;
    stretch.logWeight = logSum(first.logWeight, second.logWeight);
    if (random.uniform() < Math.exp(second.logWeight - stretch.logWeight)) copyPoint(other, chosen);
    for (let i = 0; i < d; i++) stretch.rho[i] = first.rho[i]! + second.rho[i]!;
    copyEnd(first.begin, stretch.begin);
    copyEnd(second.end, stretch.end);
    return growTogether(first, second, stretch.rho);
  }

  return (current, stepSize) => {
    metric.sampleMomentum(random, current.momentum);
    metric.multiply(current.momentum, current.velocity);
    state.initial = energy(current);
    state.acceptance = 0;
    outcome.steps = 0;
    outcome.depth = 0;
    outcome.divergent = false;
    outcome.energy = state.initial;
    copyPoint(current, forward);
    copyPoint(current, backward);
    whole.rho.set(current.momentum);
    whole.logWeight = 0;
    copyEnd(current, whole.begin);
    copyEnd(current, whole.end);

    while (outcome.depth < maxDepth) {
      const ahead = random.uniform() > 0.5;
      const front = ahead ? forward : backward;
      state.step = ahead ? stepSize : -stepSize;
      // Seen from the side that grows, `whole` is the first half and the new stretch the second.
      if (!ahead) swapEnds(whole);
      copyPoint(front, point);
      const valid = build(outcome.depth, added, proposal);
      copyPoint(point, front);
      if (!valid) break;
      outcome.depth++;
      if (random.uniform() < Math.exp(added.logWeight - whole.logWeight)) {
        copyPoint(proposal, current);
        outcome.energy = energy(current);
      }
      for (let i = 0; i < d; i++) rho[i] = whole.rho[i]! + added.rho[i]!;
      const growing = growTogether(whole, added, rho);
      whole.logWeight = logSum(whole.logWeight, added.logWeight);
      whole.rho.set(rho);
      copyEnd(added.end, whole.end);
      if (!ahead) swapEnds(whole);
      if (!growing) break;
    }
    outcome.acceptance = state.acceptance / outcome.steps;
    return outcome;
  };
}

function copyEnd(from: End, to: End): void {
  to.momentum.set(from.momentum);
  to.velocity.set(from.velocity);
}

function swapEnds(stretch: Stretch): void {
  const { begin } = stretch;
  stretch.begin = stretch.end;
  stretch.end = begin;
}

/** log(eᵃ + eᵇ). */
function logSum(a: number, b: number): number {
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
