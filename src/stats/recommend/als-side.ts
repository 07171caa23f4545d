import { axpy, dot } from '../linear/blas';
import { choleskyFactor, choleskySolve } from '../linear/cholesky';
import { column, zeros, type Matrix } from '../linear/matrix';

/** One side of the matrix: for each of its members, the members of the other side it met, and how much. */
export interface Side {
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
  readonly weights: Float64Array;
}

export interface Penalty {
  readonly alpha: number;
  readonly regularization: number;
}

/** Σ y yᵀ over the columns y of the factors, plus λ on the diagonal; its lower triangle alone. */
export function gramOf(factors: Matrix, regularization: number): Matrix {
  const gram = zeros(factors.rows, factors.rows);
  for (let j = 0; j < factors.columns; j++) addOuter(gram, 1, column(factors, j));
  for (let k = 0; k < gram.rows; k++) gram.values[k * gram.rows + k]! += regularization;
  return gram;
}

/**
 * The normal equations of one member u against the other side's factors Y: A = YᵀY + λI + Σ α r y yᵀ as its Cholesky
 * factor, and b = Σ (1 + α r) y, over what u met.
 *
 * @param gram of {@link gramOf} for Y; not changed
 */
export function memberSystem(side: Side, member: number, factors: Matrix, gram: Matrix, alpha: number) {
  const a: Matrix = { ...gram, values: gram.values.slice() };
  const b = new Float64Array(factors.rows);
  for (let at = side.starts[member]!; at < side.starts[member + 1]!; at++) {
    const extra = alpha * side.weights[at]!;
    const y = column(factors, side.others[at]!);
    addOuter(a, extra, y);
    axpy(1 + extra, y, b);
  }
  return { factor: choleskyFactor(a), b };
}

/** Gives each member of a side its best factors while the other side's stand still. */
export function solveSide(side: Side, factors: Matrix, { alpha, regularization }: Penalty): Matrix {
  const gram = gramOf(factors, regularization);
  const solved = zeros(factors.rows, side.starts.length - 1);
  for (let member = 0; member < solved.columns; member++) {
    const { factor, b } = memberSystem(side, member, factors, gram, alpha);
    choleskySolve(factor, b, column(solved, member));
  }
  return solved;
}

/**
 * Σ c (p − xᵀy)² + λ (Σ |x|² + Σ |y|²) over all rows and items, met or not, with p = 1 and c = 1 + α r where they met and
 * p = 0, c = 1 elsewhere. The sum over all pairs is the trace of XXᵀ YYᵀ: only those that met are visited.
 */
export function alsLoss(
  side: Side,
  rowFactors: Matrix,
  itemFactors: Matrix,
  { alpha, regularization }: Penalty,
): number {
  const [x, y] = [gramOf(rowFactors, 0), gramOf(itemFactors, 0)];
  const n = x.rows;
  let [everywhere, size] = [0, 0];
  for (let j = 0; j < n; j++) {
    size += x.values[j * n + j]! + y.values[j * n + j]!;
    for (let i = j; i < n; i++) everywhere += (i === j ? 1 : 2) * x.values[j * n + i]! * y.values[j * n + i]!;
  }
  let met = 0;
  for (let row = 0; row < rowFactors.columns; row++) {
    for (let at = side.starts[row]!; at < side.starts[row + 1]!; at++) {
      const score = dot(column(rowFactors, row), column(itemFactors, side.others[at]!));
      met += (1 + alpha * side.weights[at]!) * (1 - score) ** 2 - score ** 2;
    }
  }
  return everywhere + met + regularization * size;
}

function addOuter(a: Matrix, factor: number, y: Float64Array): void {
  const n = a.rows;
  for (let j = 0; j < n; j++) {
    const scaled = factor * y[j]!;
    for (let i = j; i < n; i++) a.values[j * n + i]! += scaled * y[i]!;
  }
}
