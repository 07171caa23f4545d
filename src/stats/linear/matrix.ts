import { LevainError } from '../../base/problem';

/** A dense matrix, column after column: element (i, j), counted from 0, is `values[j * rows + i]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * A matrix of zeros.
 *
 * @example zeros(2, 3).values.length // => 6
 */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/**
 * The n × n matrix with ones on its diagonal.
 *
 * @example Array.from(identity(2).values) // => [1, 0, 0, 1]
 */
export function identity(n: number): Matrix {
  const eye = zeros(n, n);
  for (let i = 0; i < n; i++) eye.values[i * n + i] = 1;
  return eye;
}

/**
 * A matrix from its columns, which are copied.
 *
 * @param columns arrays of equal length
 * @param rows how many rows, needed only where there may be no column
 * @throws LevainError `unequal-lengths`
 * @example Array.from(fromColumns([[1, 2], [3, 4]]).values) // => [1, 2, 3, 4]
 */
export function fromColumns(columns: readonly ArrayLike<number>[], rows = columns[0]?.length ?? 0): Matrix {
  const matrix = zeros(rows, columns.length);
  columns.forEach((values, j) => {
    if (values.length !== rows) {
      const message = `Column ${j + 1} of the matrix has ${values.length} rows where ${rows} are expected.`;
      throw new LevainError({ code: 'unequal-lengths', message });
    }
    matrix.values.set(values, j * rows);
  });
  return matrix;
}

/**
 * A matrix from its rows, as it is written on paper.
 *
 * @throws LevainError `unequal-lengths`
 * @example Array.from(fromRows([[1, 2], [3, 4]]).values) // => [1, 3, 2, 4]
 */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  return transpose(fromColumns(rows));
}

/** Column j as a view: writing to it writes to the matrix. */
export function column(a: Matrix, j: number): Float64Array {
  return a.values.subarray(j * a.rows, (j + 1) * a.rows);
}

/** The given columns, in that order, as a new matrix. */
export function pickColumns(a: Matrix, indices: ArrayLike<number>): Matrix {
  const picked = zeros(a.rows, indices.length);
  for (let j = 0; j < indices.length; j++) picked.values.set(column(a, indices[j]!), j * a.rows);
  return picked;
}

/** The given rows, in that order, as a new matrix. */
export function pickRows(a: Matrix, indices: ArrayLike<number>): Matrix {
  const n = indices.length;
  const picked = zeros(n, a.columns);
  for (let j = 0; j < a.columns; j++) {
    for (let i = 0; i < n; i++) picked.values[j * n + i] = a.values[j * a.rows + indices[i]!]!;
  }
  return picked;
}

/**
 * Aᵀ.
 *
 * @example Array.from(transpose({ rows: 1, columns: 2, values: [1, 2] }).values) // => [1, 2]
 */
export function transpose(a: Matrix): Matrix {
  const turned = zeros(a.columns, a.rows);
  for (let j = 0; j < a.columns; j++) {
    for (let i = 0; i < a.rows; i++) turned.values[i * a.columns + j] = a.values[j * a.rows + i]!;
  }
  return turned;
}
