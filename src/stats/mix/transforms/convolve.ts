/** Causal convolution, out_t = Σ_l w_l x_{t−l} with nothing before the first row. Overwrites `out`. */
export function convolve(media: Float64Array, weights: Float64Array, out: Float64Array): void {
  const n = media.length;
  out.fill(0);
  for (let l = 0; l < weights.length && l < n; l++) {
    const weight = weights[l]!;
    if (weight === 0) continue;
    for (let t = l; t < n; t++) out[t]! += weight * media[t - l]!;
  }
}
