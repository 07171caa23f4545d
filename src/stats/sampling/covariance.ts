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
  /** The sums themselves, which change as vectors are added. */
  readonly sums: CovarianceSums;
}

/** What a running covariance has gathered: plain data, from which it goes on elsewhere. */
export interface CovarianceSums {
  n: number;
  readonly mean: Float64Array;
  /** d × d sums of products of deviations. */
  readonly products: Float64Array;
}

/**
 * @param dimension d, the length of the vectors
 * @param sums of an earlier one, which this one goes on with
 */
export function runningCovariance(dimension: number, sums = noSums(dimension)): RunningCovariance {
  const d = dimension;
  const { mean, products } = sums;
  const before = new Float64Array(d);
  return {
    sums,
    reset() {
      sums.n = 0;
      mean.fill(0);
      products.fill(0);
    },
    add(vector) {
      const n = ++sums.n;
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
      const { n } = sums;
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

function noSums(dimension: number): CovarianceSums {
  return { n: 0, mean: new Float64Array(dimension), products: new Float64Array(dimension * dimension) };
}
