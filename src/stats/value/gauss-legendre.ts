/** Points on (0, 1) and their weights. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The n points and weights of Gauss and Legendre on (0, 1), exact for polynomials up to degree 2n − 1: the roots of the
 * Legendre polynomial, by Newton's method from Tricomi's guess.
 *
 * Source: Davis and Rabinowitz (1984), "Methods of Numerical Integration", 2nd ed., section 2.7.
 *
 * @param n points, at least 1
 * @example gaussLegendre(3).points.reduce((sum, x, i) => sum + gaussLegendre(3).weights[i] * x ** 5, 0).toFixed(12) // => '0.166666666667'
 */
export function gaussLegendre(n: number): Quadrature {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let [before, now] = [1, x];
      for (let k = 2; k <= n; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
      slope = (n * (x * now - before)) / (x * x - 1);
      const step = now / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    points[n - 1 - i] = (1 + x) / 2;
    weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
