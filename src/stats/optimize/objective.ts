/** A function and its slope: gives f(x), and writes ∂f/∂x into `gradient`. Infinite where x is not allowed. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;
