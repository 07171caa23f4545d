/** Finds the step size whose mean acceptance is the target, from one noisy acceptance after another. */
export interface DualAveraging {
  /** Starts again around a step size, forgetting what was seen. */
  restart(stepSize: number): void;
  /** Takes in an acceptance statistic in [0, 1]; returns the step size to try next. */
  update(acceptance: number): number;
  /** The averaged step size: the one to keep. */
  readonly stepSize: number;
  state(): DualAveragingState;
}

/** What it has seen: plain data, from which it goes on elsewhere. */
export interface DualAveragingState {
  readonly shrinkTo: number;
  readonly updates: number;
  readonly shortfall: number;
  readonly logAverage: number;
}

/**
 * Nesterov's dual averaging of log ε with the constants Stan uses: γ = 0.05, t₀ = 10, κ = 0.75, shrunk towards log 10ε₀.
 *
 * Source: Hoffman and Gelman (2014), "The No-U-Turn Sampler", JMLR 15, algorithm 6.
 *
 * @param target the mean acceptance to reach, in (0, 1)
 * @param from where an earlier one stood
 * @example dualAveraging(0.9).stepSize // => 1
 */
export function dualAveraging(target: number, from?: DualAveragingState): DualAveraging {
  const [gamma, delay, decay] = [0.05, 10, 0.75];
  let { shrinkTo, updates, shortfall, logAverage } = from ?? FRESH;
  return {
    restart(stepSize) {
      shrinkTo = Math.log(10 * stepSize);
      updates = 0;
      shortfall = 0;
      logAverage = Math.log(stepSize);
    },
    update(acceptance) {
      updates++;
      shortfall += (target - acceptance - shortfall) / (updates + delay);
      const logStep = shrinkTo - (shortfall * Math.sqrt(updates)) / gamma;
      logAverage += (logStep - logAverage) * updates ** -decay;
      return Math.exp(logStep);
    },
    get stepSize() {
      return Math.exp(logAverage);
    },
    state: () => ({ shrinkTo, updates, shortfall, logAverage }),
  };
}

const FRESH: DualAveragingState = { shrinkTo: Math.log(10), updates: 0, shortfall: 0, logAverage: 0 };
