/**
 * Geometric adstock in one pass: with w_l = α^l over the lags 0 … L − 1,
 *
 *     y_t = x_t + α y_{t−1} − α^L x_{t−L}
 *
 * which for L ≥ n is Robyn's and LightweightMMM's endless y_t = x_t + α y_{t−1}. Normalised, the result is divided by
 * S = Σ α^l, PyMC-Marketing's `geometric_adstock(normalize=True)` and Meridian's geometric decay of max_lag L − 1.
 *
 * @param media n values ≥ 0
 * @param alpha retention α in [0, 1]
 * @param maxLag L ≥ 1
 * @param out n values, overwritten
 */
export function geometricAdstock(
  media: Float64Array,
  alpha: number,
  maxLag: number,
  normalised: boolean,
  out: Float64Array,
): void {
  const n = media.length;
  const dropped = alpha ** maxLag;
  const factor = normalised ? 1 / totalWeight(alpha, maxLag) : 1;
  let y = 0;
  for (let t = 0; t < n; t++) {
    y = media[t]! + alpha * y;
    // Taking out what has just left the window may round to a little below nothing, which a power would turn into NaN.
    if (t >= maxLag) y = Math.max(0, y - dropped * media[t - maxLag]!);
    out[t] = factor * y;
  }
}

/**
 * {@link geometricAdstock} with its derivative, by differentiating the recursion:
 * y′_t = y_{t−1} + α y′_{t−1} − L α^{L−1} x_{t−L}.
 *
 * @param tangent n values, overwritten with ∂out/∂α
 */
export function geometricAdstockWithTangent(
  media: Float64Array,
  alpha: number,
  maxLag: number,
  normalised: boolean,
  out: Float64Array,
  tangent: Float64Array,
): void {
  const n = media.length;
  const dropped = alpha ** maxLag;
  const droppedSlope = maxLag * alpha ** (maxLag - 1);
  const total = normalised ? totalWeight(alpha, maxLag) : 1;
  const factor = 1 / total;
  const pull = normalised ? totalWeightSlope(alpha, maxLag) / total : 0;
  let y = 0;
  let slope = 0;
  for (let t = 0; t < n; t++) {
    slope = y + alpha * slope;
    y = media[t]! + alpha * y;
    if (t >= maxLag) {
      const gone = media[t - maxLag]!;
      slope -= droppedSlope * gone;
      y = Math.max(0, y - dropped * gone);
    }
    const value = factor * y;
    out[t] = value;
    tangent[t] = factor * slope - pull * value;
  }
}

/** S = Σ α^l by Horner's rule, exact at α = 1 where (1 − α^L)/(1 − α) is 0/0. */
function totalWeight(alpha: number, maxLag: number): number {
  let total = 1;
  // Powers below the last digit no longer count.
  for (let l = Math.min(maxLag, effectiveLags(alpha)) - 1; l > 0; l--) total = 1 + alpha * total;
  return total;
}

/** S′ = Σ l α^{l−1}. */
function totalWeightSlope(alpha: number, maxLag: number): number {
  let slope = 0;
  for (let l = Math.min(maxLag, effectiveLags(alpha)) - 1; l > 0; l--) slope = l + alpha * slope;
  return slope;
}

/** The lags after which α^l is below 1e-22. */
function effectiveLags(alpha: number): number {
  if (alpha <= 0) return 2;
  return alpha < 1 ? Math.ceil(51 / -Math.log(alpha)) + 2 : Infinity;
}
