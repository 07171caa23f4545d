import type { Matrix } from '../linear/matrix';

/** Knows which centre is nearest to each row. */
export interface Nearest {
  /** Of each row its centre; −1 before it has one. */
  readonly labels: Int32Array;
  /**
   * Gives each row the label of its nearest centre, of equally near ones the first.
   *
   * @param centers k runs of d numbers
   * @param moved told of each row whose label is about to change, in the sequence of the rows
   */
  assign(centers: Float64Array, moved: (row: number, to: number) => void): void;
}

/** Rows worked on at a time, so that their distances stay in the fastest cache. */
export const BLOCK = 512;

/** Every distance, one by one: what `simdNearest` must agree with, and what runs where there is no SIMD. */
export function plainNearest(data: Matrix): Nearest {
  const { rows: n, columns: d } = data;
  const distance = new Float64Array(BLOCK);
  const least = new Float64Array(BLOCK);
  const nearest = new Int32Array(BLOCK);
  const labels = new Int32Array(n);
  return {
    labels,
    assign(centers, moved) {
      for (let begin = 0; begin < n; begin += BLOCK) {
        const size = Math.min(BLOCK, n - begin);
        least.fill(Infinity);
        nearest.fill(0);
        for (let c = 0; c * d < centers.length; c++) {
          distancesTo(data, begin, size, centers, c, distance);
          for (let i = 0; i < size; i++) {
            if (distance[i]! >= least[i]!) continue;
            least[i] = distance[i]!;
            nearest[i] = c;
          }
        }
        for (let i = 0; i < size; i++) {
          if (nearest[i] === labels[begin + i]) continue;
          moved(begin + i, nearest[i]!);
          labels[begin + i] = nearest[i]!;
        }
      }
    },
  };
}

/** The squared distances of `size` rows from `begin` on to a centre, into the beginning of `into`. */
export function distancesTo(
  { rows, columns: d, values }: Matrix,
  begin: number,
  size: number,
  centers: Float64Array,
  c: number,
  into: Float64Array,
): void {
  into.fill(0, 0, size);
  for (let j = 0; j < d; j++) {
    const [center, from] = [centers[c * d + j]!, j * rows + begin];
    for (let i = 0; i < size; i++) {
      const difference = values[from + i]! - center;
      into[i]! += difference * difference;
    }
  }
}

/** Σ (xᵢⱼ − cⱼ)² of one row, added up in the same sequence. */
export function squaredDistanceTo({ rows, columns: d, values }: Matrix, row: number, centers: Float64Array, c: number) {
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const difference = values[j * rows + row]! - centers[c * d + j]!;
    sum += difference * difference;
  }
  return sum;
}
