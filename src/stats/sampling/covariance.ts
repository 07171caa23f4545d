/** A running covariance of vectors, by Welford's update. */
export interface RunningCovariance {
  reset(): void;
  add(vector: Float64Array): void;
  /**
   * The d × d covariance, shrunk towards a small multiple of the identity as Stan does, S·n/(n+5) + 10⁻³·5/(n+5)·I, with
   * its correlations multiplied by n²/(n²+d²). Correlations from hardly more draws than dimensions are mostly noise: as
   * a metric they made the window after them up to ten times as long, in 31 dimensions after 25 draws.
   */
  shrunk(): Float64Array;
}

/** @param dimension d, the length of the vectors */
export function runningCovariance(dimension: number): RunningCovariance {
  const d = dimension;
  const mean = new Float64Array(d);
  const before = new Float64Array(d);
  const products = new Float64Array(d * d);
  let n = 0;
  return {
    reset() {
      n = 0;
      mean.fill(0);
      products.fill(0);
    },
    add(vector) {
      n++;
      for (let i = 0; i < d; i++) {
        before[i] = vector[i]! - mean[i]!;
        mean[i]! += before[i]! / n;
      }
      for (let i = 0; i < d; i++) {
        const after = vector[i]! - mean[i]!;
        for (let j = 0; j < d; j++) products[i * d + j]! += after * before[j]!;
      }
    },
    shrunk() {
      const covariance = products.map((sum) => (n / (n + 5)) * (sum / (n - 1)));
      const kept = (n * n) / (n * n + d * d);
      for (let i = 0; i < d; i++) {
        covariance[i * d + i]! += 0.001 * (5 / (n + 5));
        // One triangle for both, since they are rounded differently.
        for (let j = 0; j < i; j++) covariance[i * d + j] = covariance[j * d + i]! *= kept;
      }
      return covariance;
    },
  };
}
