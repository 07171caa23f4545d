import type { Problem } from '../../../base/problem';

/** Two channels that cannot well be told apart. */
export interface Pair {
  readonly channels: readonly [string, string];
  /** Pearson's correlation of their media. */
  readonly correlation: number;
}

/** Above this, shares between two channels rest on the prior more than on the data. */
const NEARLY = 0.9;
const THE_SAME = 0.9999;

/**
 * Channels whose media move together, by Pearson's correlation.
 *
 * @param columns media of n rows each, none of them constant
 * @param least report pairs with a correlation of at least this, 0.9 when not given
 * @returns the closest pair first
 * @example collinearPairs([{ name: 'a', values: Float64Array.of(1, 2, 3) }, { name: 'b', values: Float64Array.of(2, 4, 6) }])[0].channels // => ['a', 'b']
 */
export function collinearPairs(
  columns: readonly { readonly name: string; readonly values: Float64Array }[],
  least = NEARLY,
): Pair[] {
  const pairs = columns.flatMap((first, i) =>
    columns.slice(i + 1).map((second): Pair => ({
      channels: [first.name, second.name],
      correlation: correlation(first.values, second.values),
    })),
  );
  return pairs.filter((pair) => pair.correlation >= least).sort((a, b) => b.correlation - a.correlation);
}

/** What to say of a pair of channels. */
export function togetherWarning({ channels: [first, second], correlation }: Pair): Problem {
  const subject = `${first}, ${second}`;
  const hint = 'Add them up as one channel, give a lift test of one of them, or run them apart for a few weeks.';
  if (correlation >= THE_SAME) {
    const message = `“${first}” and “${second}” are the same media up to a factor: no data can tell their effects apart.`;
    return { code: 'same-media', message, hint, subject };
  }
  const message = `“${first}” and “${second}” moved together (correlation ${correlation.toFixed(2)}): their sum is better known than either.`;
  return { code: 'collinear-media', message, hint, subject };
}

/** Pearson's correlation; 0 where a column does not vary. */
function correlation(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let [mx, my] = [0, 0];
  for (let t = 0; t < n; t++) {
    mx += x[t]! / n;
    my += y[t]! / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let t = 0; t < n; t++) {
    const [dx, dy] = [x[t]! - mx, y[t]! - my];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
