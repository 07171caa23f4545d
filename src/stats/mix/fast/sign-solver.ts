/** −1: never above 0; 0: any; 1: never below 0. */
export type Sign = -1 | 0 | 1;

/** Minimises ½bᵀAb − cᵀb under signs, again and again for like problems. It checks nothing and allocates nothing. */
export interface SignSolver {
  /**
   * @param a p × p, symmetric, positive definite; a row after the other
   * @param c p values
   * @param ridge added to the diagonal of A
   * @param out p values, overwritten with b
   * @returns false when A + ridge · I is not positive definite, by rounding at least
   */
  solve(a: Float64Array, c: Float64Array, ridge: number, out: Float64Array): boolean;
}

/** Full exchanges without fewer violations before one variable at a time is exchanged, which cannot cycle. */
const PATIENCE = 3;
/** Exchanges for each variable after which the matrix is too close to singular for its signs to be told. */
const MOST_EXCHANGES = 50;
/** Of the largest |c|: a gradient below this is 0 but for rounding. */
const ROUNDING = 1e-13;

/**
 * Prepares a solver for p variables by block principal pivoting: solve for the variables taken as free, exchange all that
 * have the wrong sign with all held ones that the gradient pushes off 0, and repeat. What is free is remembered from one
 * call to the next: a problem close to the last one takes one solve.
 *
 * Source: Júdice and Pires (1994), "A block principal pivoting algorithm for large-scale strictly monotone linear
 * complementarity problems", Computers & Operations Research 21; Kim and Park (2011), SIAM J. Sci. Comput. 33.
 */
export function signSolver(signs: readonly Sign[]): SignSolver {
  const p = signs.length;
  const free = new Uint8Array(p).fill(1);
  const order = new Int32Array(p);
  const work = new Float64Array(p * p);
  const size = new Float64Array(p);
  const rest = new Float64Array(p);

  /** Elimination in the free block, row by row, and the solution in it; zeros elsewhere. */
  function solveFree(a: Float64Array, c: Float64Array, ridge: number, out: Float64Array): boolean {
    let m = 0;
    for (let i = 0; i < p; i++) {
      out[i] = 0;
      if (free[i]) order[m++] = i;
    }
    for (let i = 0; i < m; i++) {
      const row = order[i]! * p;
      rest[i] = c[order[i]!]!;
      for (let j = i; j < m; j++) work[i * p + j] = a[row + order[j]!]!;
      work[i * p + i]! += ridge;
      size[i] = work[i * p + i]!;
    }
    for (let k = 0; k < m; k++) {
      const pivot = work[k * p + k]!;
      if (!(pivot > 1e-14 * size[k]!)) return false;
      const inverse = 1 / pivot;
      for (let i = k + 1; i < m; i++) {
        const share = work[k * p + i]! * inverse;
        for (let j = i; j < m; j++) work[i * p + j]! -= share * work[k * p + j]!;
        rest[i]! -= share * rest[k]!;
      }
    }
    for (let i = m - 1; i >= 0; i--) {
      let value = rest[i]!;
      for (let j = i + 1; j < m; j++) value -= work[i * p + j]! * out[order[j]!]!;
      out[order[i]!] = value / work[i * p + i]!;
    }
    return true;
  }

  /** Whether variable i must change sides. */
  function violates(i: number, a: Float64Array, c: Float64Array, out: Float64Array, noise: number): boolean {
    const sign = signs[i]!;
    if (sign === 0) return false;
    if (free[i]) return sign * out[i]! < 0;
    let gradient = c[i]!;
    for (let j = 0; j < p; j++) gradient -= a[i * p + j]! * out[j]!;
    return sign * gradient > noise;
  }

  return {
    solve(a, c, ridge, out) {
      let scale = 0;
      for (let i = 0; i < p; i++) scale = Math.max(scale, Math.abs(c[i]!));
      const noise = ROUNDING * scale;
      let fewest = p + 1;
      let patience = PATIENCE;
      for (let exchange = 0; exchange < MOST_EXCHANGES * (p + 1); exchange++) {
        if (!solveFree(a, c, ridge, out)) return false;
        let wrong = 0;
        let last = -1;
        for (let i = 0; i < p; i++) {
          if (!violates(i, a, c, out, noise)) continue;
          wrong++;
          last = i;
          order[p - wrong] = i;
        }
        if (wrong === 0) return true;
        if (wrong < fewest) {
          fewest = wrong;
          patience = PATIENCE;
        } else patience--;
        if (patience >= 0) for (let k = 1; k <= wrong; k++) free[order[p - k]!]! ^= 1;
        else free[last]! ^= 1;
      }
      return false;
    },
  };
}
