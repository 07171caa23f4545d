import { seededRandom } from '../../../src/base/random';
import { fromRows, type Matrix } from '../../../src/stats/linear/matrix';

export interface Blob {
  readonly center: readonly number[];
  readonly spread: number;
  readonly size: number;
}

/** Round clusters around given centres, in mixed sequence, with the cluster each row came from. */
export function blobs(parts: readonly Blob[], seed: number): { data: Matrix; truth: number[] } {
  const random = seededRandom(seed);
  const rows = parts.flatMap(({ center, spread, size }, label) =>
    Array.from({ length: size }, () => ({
      label,
      row: center.map((value) => value + spread * random.normal()),
      at: random.uniform(),
    })),
  );
  rows.sort((a, b) => a.at - b.at);
  return { data: fromRows(rows.map(({ row }) => row)), truth: rows.map(({ label }) => label) };
}

export const three = (seed: number) =>
  blobs(
    [
      { center: [0, 0, 0], spread: 1, size: 150 },
      { center: [8, 0, 2], spread: 1, size: 100 },
      { center: [0, 9, -3], spread: 1, size: 50 },
    ],
    seed,
  );
