/** Both sides of a distribution function, each as exact as if it were asked for alone: P(X ≤ x) and P(X > x). */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** From the smaller side, computed, to both. */
export function tailsFrom(side: 'lower' | 'upper', value: number): Tails {
  const kept = Math.min(1, Math.max(0, value));
  return side === 'lower' ? { lower: kept, upper: 1 - kept } : { lower: 1 - kept, upper: kept };
}
