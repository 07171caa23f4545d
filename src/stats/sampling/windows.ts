/** When the metric is learnt during warm-up. Iterations are counted from 1. */
export interface WarmupWindows {
  /** Iterations up to this one only find the step size. */
  readonly begin: number;
  /** At the end of each of these the covariance of the window becomes the metric. */
  readonly ends: readonly number[];
}

/**
 * Stan's plan of a warm-up: a first phase for the step size alone (75 iterations), windows of 25, 50, 100… in which the
 * covariance is learnt, and a last phase (50) for the step size alone. A window after which the next would not fit takes
 * the rest. Below 150 iterations one window takes the middle 75 %; below 20 there is none.
 *
 * Source: Stan Reference Manual, "HMC algorithm parameters: automatic parameter tuning".
 *
 * @param warmup number of iterations
 * @example warmupWindows(1000) // => { begin: 75, ends: [100, 150, 250, 450, 950] }
 * @example warmupWindows(100) // => { begin: 15, ends: [90] }
 */
export function warmupWindows(warmup: number): WarmupWindows {
  if (warmup < 20) return { begin: warmup, ends: [] };
  const short = warmup < 150;
  const begin = short ? Math.floor(0.15 * warmup) : 75;
  const last = warmup - (short ? Math.floor(0.1 * warmup) : 50);
  const ends: number[] = [];
  let size = short ? last - begin : 25;
  let end = begin + size;
  for (;;) {
    ends.push(end);
    if (end === last) return { begin, ends };
    size *= 2;
    end = end + size + 2 * size > last ? last : end + size;
  }
}
