/** The middle value; the mean of the two middle ones for an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export interface Pair {
  readonly ours: number;
  readonly rival: number;
  /** The median of the ratios of the rounds: a neighbour that wakes up slows both sides of its round. */
  readonly ratio: number;
}

/** Runs ours and the rival in turns, each going first in every second round; medians of what each returns. */
export async function alternate(
  rounds: number,
  ours: () => Promise<number>,
  rival: () => Promise<number>,
): Promise<Pair> {
  const a: number[] = [];
  const b: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2) b.push(await rival());
    a.push(await ours());
    if (round % 2 === 0) b.push(await rival());
  }
  return { ours: median(a), rival: median(b), ratio: median(a.map((value, i) => value / b[i]!)) };
}

export const ms = (value: number): string => (value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);
export const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
