/** Σ (aᵢ − bᵢ)² of two runs of d numbers. Four terms a turn: the compiler does not unroll loops itself. */
export function squaredDistance(a: Float64Array, from: number, b: Float64Array, at: number, d: number): number {
  let sum = 0;
  let j = 0;
  for (; j + 3 < d; j += 4) {
    const first = a[from + j]! - b[at + j]!;
    const second = a[from + j + 1]! - b[at + j + 1]!;
    const third = a[from + j + 2]! - b[at + j + 2]!;
    const fourth = a[from + j + 3]! - b[at + j + 3]!;
    sum += first * first + second * second + (third * third + fourth * fourth);
  }
  for (; j < d; j++) {
    const difference = a[from + j]! - b[at + j]!;
    sum += difference * difference;
  }
  return sum;
}
