/** A density on ℝ^d, up to a factor, with its gradient: what a gradient-based sampler needs to know. */
export interface LogDensity {
  readonly dimension: number;
  /**
   * Writes the gradient at `position` to `gradient` and returns the log density. −Infinity or NaN mean a place without
   * density; the gradient is then not read. Called in the innermost loop: allocate nothing.
   */
  evaluate(position: Float64Array, gradient: Float64Array): number;
}
