import { describe, expect, it } from 'vitest';
import { axpy, dot, gemm, gemv, gemvTransposed, norm2, syrk } from '../../../src/stats/linear/blas';
import {
  choleskyFactor,
  choleskyInverse,
  choleskyLogDeterminant,
  choleskySolve,
} from '../../../src/stats/linear/cholesky';
import { symmetricEigen } from '../../../src/stats/linear/eigen';
import {
  column,
  fromColumns,
  fromRows,
  identity,
  pickColumns,
  pickRows,
  transpose,
  zeros,
  type Matrix,
} from '../../../src/stats/linear/matrix';
import { applyQ, applyQTransposed, qrFactor, qrSolve, thinQ, upperR } from '../../../src/stats/linear/qr';
import { thinSvd } from '../../../src/stats/linear/svd';
import {
  solveLower,
  solveLowerTransposed,
  solveUpper,
  solveUpperTransposed,
} from '../../../src/stats/linear/triangular';
import { diagonal, difference, hilbert, product, randomCovariance, randomMatrix, skew } from './random-matrix';

const EPSILON = Number.EPSILON;

describe('matrices', () => {
  it('are column after column, whichever way they are given', () => {
    expect(fromRows([[1, 2, 3], [4, 5, 6]])).toEqual(fromColumns([[1, 4], [2, 5], [3, 6]])); // prettier-ignore
    expect(Array.from(column(fromRows([[1, 2], [3, 4]]), 1))).toEqual([2, 4]); // prettier-ignore
  });

  it('say which column has another length', () => {
    expect(() => fromColumns([[1, 2], [3]])).toThrow('Column 2 of the matrix has 1 rows where 2 are expected.');
  });

  it('can be taken apart', () => {
    const a = randomMatrix(4, 3, 1);
    expect(pickColumns(a, [2, 0])).toEqual(fromColumns([column(a, 2), column(a, 0)]));
    expect(pickRows(a, [3, 1])).toEqual(transpose(pickColumns(transpose(a), [3, 1])));
    expect(fromColumns([], 5)).toEqual(zeros(5, 0));
  });
});

describe('products', () => {
  const [a, b] = [randomMatrix(7, 4, 2), randomMatrix(4, 5, 3)];

  it('are those of the definition', () => {
    expect(difference(gemm(a, b), product(a, b))).toBeLessThan(4 * EPSILON);
    expect(difference(syrk(a), product(transpose(a), a))).toBeLessThan(4 * EPSILON);
    const w = [0.5, 2, 0, 1, 3, 0.1, 7];
    expect(difference(syrk(a, w), product(transpose(a), diagonal(w), a))).toBeLessThan(4 * EPSILON);
    const x = column(b, 1);
    expect(difference(fromColumns([gemv(a, x)]), product(a, fromColumns([x])))).toBeLessThan(4 * EPSILON);
    const turned = fromColumns([gemvTransposed(a, column(a, 2))]);
    expect(difference(turned, product(transpose(a), pickColumns(a, [2])))).toBeLessThan(4 * EPSILON);
  });

  it('write where they are told to', () => {
    const out = new Float64Array(7).fill(9);
    expect(gemv(a, column(b, 0), out)).toBe(out);
    expect(out).toEqual(gemv(a, column(b, 0)));
    const y = Float64Array.of(1, 1);
    axpy(3, [1, 2], y);
    expect(Array.from(y)).toEqual([4, 7]);
  });

  it('say what does not fit', () => {
    expect(() => gemm(a, a)).toThrow('needs 4 values; there are 7');
    expect(() => gemv(a, [1])).toThrow('needs 4 values; there are 1');
    expect(() => syrk(a, [1])).toThrow('needs 7 values; there are 1');
  });

  it('find lengths whose squares overflow or vanish', () => {
    expect(norm2([3e200, 4e200]) / 5e200).toBeCloseTo(1, 14);
    expect(norm2([3e-200, 4e-200]) / 5e-200).toBeCloseTo(1, 14);
    expect(norm2([0, 0])).toBe(0);
    expect(norm2([])).toBe(0);
    expect(dot([1, 2, 3], [1, 1, 1])).toBe(6);
  });
});

describe('triangular systems', () => {
  const full = randomMatrix(6, 6, 4);
  const keep = (test: (i: number, j: number) => boolean): Matrix => ({
    ...full,
    values: full.values.map((value, at) => (test(at % 6, Math.floor(at / 6)) ? value : 0)),
  });
  const [lower, upper] = [keep((i, j) => i >= j), keep((i, j) => i <= j)];
  const b = column(randomMatrix(6, 1, 5), 0);

  it.each([
    ['Lx = b', lower, solveLower],
    ['Lᵀx = b', transpose(lower), solveLowerTransposed],
    ['Rx = b', upper, solveUpper],
    ['Rᵀx = b', transpose(upper), solveUpperTransposed],
  ])('%s are solved without reading the other triangle', (_, a, solve) => {
    const x = solve(full, b);
    expect(difference(fromColumns([gemv(a, x)]), fromColumns([b]))).toBeLessThan(1e-12);
  });

  it('say where a 0 stands', () => {
    expect(() => solveLower(zeros(2, 2), [1, 1])).toThrow('0 stands in row 1 of the diagonal');
    expect(() => solveUpper(zeros(2, 2), [1, 1])).toThrow('0 stands in row 2 of the diagonal');
  });
});

describe('the Cholesky factor', () => {
  it.each([1, 2, 5, 30])('gives a covariance of size %i back', (n) => {
    const a = randomCovariance(n, n);
    const l = choleskyFactor(a);
    expect(difference(product(l, transpose(l)), a)).toBeLessThan(1e-14);
    expect(l.values.some((value, at) => at % n < Math.floor(at / n) && value !== 0)).toBe(false);
    const inverse = choleskyInverse(l);
    expect(difference(product(a, inverse), identity(n))).toBeLessThan(1e-10);
    expect(inverse).toEqual(transpose(inverse));
    const logDeterminant = symmetricEigen(a).values.reduce((sum, value) => sum + Math.log(value), 0);
    expect(choleskyLogDeterminant(l)).toBeCloseTo(logDeterminant, 10);
  });

  it('solves in place too', () => {
    const a = randomCovariance(8, 9);
    const x = column(randomMatrix(8, 1, 10), 0);
    const b = gemv(a, x);
    expect(difference(fromColumns([choleskySolve(choleskyFactor(a), b, b)]), fromColumns([x]))).toBeLessThan(1e-11);
  });

  it('finds the known inverse and determinant of the Hilbert matrix of 5', () => {
    const l = choleskyFactor(hilbert(5));
    const known = [
      [25, -300, 1050, -1400, 630],
      [-300, 4800, -18900, 26880, -12600],
      [1050, -18900, 79380, -117600, 56700],
      [-1400, 26880, -117600, 179200, -88200],
      [630, -12600, 56700, -88200, 44100],
    ];
    expect(difference(choleskyInverse(l), fromRows(known))).toBeLessThan(1e-10);
    expect(choleskyLogDeterminant(l)).toBeCloseTo(-Math.log(266716800000), 9);
  });

  it('says which column fails', () => {
    const twice = fromColumns([column(randomMatrix(9, 1, 1), 0), [...column(randomMatrix(9, 1, 1), 0)]]);
    expect(() => choleskyFactor({ rows: 2, columns: 2, values: Float64Array.of(1, 2, 2, 1) })).toThrow(
      'not positive definite: column 2 adds nothing',
    );
    expect(() => choleskyFactor(syrk(twice))).toThrow('not positive definite: column 2');
    expect(() => choleskyFactor(zeros(2, 3))).toThrow('needs a square matrix; this one is 2 × 3');
    expect(() => choleskyFactor({ rows: 1, columns: 1, values: Float64Array.of(NaN) })).toThrow(
      'row 1 of column 1 is NaN',
    );
  });
});

describe('the QR decomposition', () => {
  it.each([
    [5, 5],
    [40, 7],
    [3, 8],
    [1, 1],
  ])('gives a matrix of %i × %i back', (rows, columns) => {
    const a = randomMatrix(rows, columns, rows + columns);
    for (const order of ['largest', 'given'] as const) {
      const qr = qrFactor(a, { order });
      expect(skew(thinQ(qr))).toBeLessThan(1e-14);
      expect(difference(product(thinQ(qr), upperR(qr)), pickColumns(a, qr.pivot))).toBeLessThan(1e-14);
      expect(qr.rank).toBe(Math.min(rows, columns));
      const b = column(randomMatrix(rows, 1, 8), 0);
      expect(difference(fromColumns([applyQ(qr, applyQTransposed(qr, b.slice()))]), fromColumns([b]))).toBeLessThan(
        1e-14,
      );
    }
  });

  it('finds the rank, and which columns depend on those before', () => {
    const a = randomMatrix(20, 3, 12);
    const [first, second, third] = [column(a, 0), column(a, 1), column(a, 2)];
    const sum = first.map((value, i) => 2 * value - second[i]!);
    const dependent = fromColumns([first, second, sum, third, new Float64Array(20)]);
    expect(qrFactor(dependent).rank).toBe(3);
    const inOrder = qrFactor(dependent, { order: 'given' });
    expect(inOrder.rank).toBe(3);
    expect(Array.from(inOrder.pivot)).toEqual([0, 1, 3, 2, 4]);
    expect(qrFactor(zeros(3, 2)).rank).toBe(0);
  });

  it('finds the rank whatever the units of the columns', () => {
    const a = randomMatrix(20, 3, 13);
    const scaled = fromColumns([1e-12, 1, 1e9].map((unit, j) => column(a, j).map((value) => unit * value)));
    expect(qrFactor(scaled, { order: 'given' }).rank).toBe(3);
  });

  it('solves least squares, whose residuals are orthogonal to every column', () => {
    const a = randomMatrix(50, 6, 14);
    const b = column(randomMatrix(50, 1, 15), 0);
    const fitted = gemv(a, qrSolve(qrFactor(a), b));
    const left = gemvTransposed(a, b.map((value, i) => value - fitted[i]!)); // prettier-ignore
    expect(norm2(left)).toBeLessThan(1e-13);
  });

  it('solves the Hilbert system of 8 as well as its condition of 1e10 lets it', () => {
    const a = hilbert(8);
    const x = qrSolve(qrFactor(a), gemv(a, new Float64Array(8).fill(1)));
    expect(Math.max(...x.map((value) => Math.abs(value - 1)))).toBeLessThan(1e-5);
  });

  it('is not disturbed by columns whose squares overflow', () => {
    const a = fromColumns([[3e200, 4e200], [1e200, 0]]); // prettier-ignore
    const qr = qrFactor(a);
    expect(difference(product(thinQ(qr), upperR(qr)), pickColumns(a, qr.pivot))).toBeLessThan(1e-14);
  });

  it('says which element is missing', () => {
    expect(() => qrFactor(fromColumns([[1, 2], [3, NaN]]))).toThrow('row 2 of column 2 is NaN'); // prettier-ignore
  });
});

describe('eigenvalues', () => {
  it.each([1, 2, 6, 40])('and vectors give a symmetric matrix of %i back', (n) => {
    const half = randomMatrix(n, n, 20 + n);
    const a: Matrix = { ...half, values: half.values.map((value, at) => value + transpose(half).values[at]!) };
    const { values, vectors } = symmetricEigen(a);
    expect(difference(product(vectors, diagonal(values), transpose(vectors)), a)).toBeLessThan(1e-13);
    expect(skew(vectors)).toBeLessThan(1e-13);
    expect(values).toEqual(values.toSorted((x, y) => y - x));
  });

  it('of the second difference are 2 − 2 cos(kπ / (n + 1))', () => {
    const n = 12;
    const a = zeros(n, n);
    for (let i = 0; i < n; i++) {
      a.values[i * n + i] = 2;
      if (i > 0) a.values[i * n + i - 1] = a.values[(i - 1) * n + i] = -1;
    }
    const { values } = symmetricEigen(a);
    values.forEach((value, k) => expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)), 13));
  });

  it('that are equal, or all 0, still have orthonormal vectors', () => {
    expect(skew(symmetricEigen(identity(4)).vectors)).toBe(0);
    expect(Array.from(symmetricEigen(zeros(3, 3)).values)).toEqual([0, 0, 0]);
  });
});

describe('the singular value decomposition', () => {
  it.each([
    [6, 6],
    [60, 9],
    [4, 15],
    [1, 3],
  ])('gives a matrix of %i × %i back', (rows, columns) => {
    const a = randomMatrix(rows, columns, 30 + rows);
    const { u, values, v, rank } = thinSvd(a);
    expect(difference(product(u, diagonal(values), transpose(v)), a)).toBeLessThan(1e-14);
    expect([skew(u), skew(v)].every((far) => far < 1e-14)).toBe(true);
    expect(rank).toBe(Math.min(rows, columns));
    expect(values).toEqual(values.toSorted((x, y) => y - x));
  });

  it('has the squares that the eigenvalues of AᵀA are', () => {
    const a = randomMatrix(25, 5, 40);
    const squares = thinSvd(a).values.map((value) => value ** 2);
    symmetricEigen(syrk(a)).values.forEach((value, i) => expect(squares[i]).toBeCloseTo(value, 10));
  });

  it('knows the smallest singular value of a Hilbert matrix', () => {
    // mpmath, 50 digits
    expect(Math.abs(thinSvd(hilbert(8)).values[7]! / 1.1115389663724427e-10 - 1)).toBeLessThan(1e-5);
    expect(thinSvd(hilbert(8)).values[0]).toBeCloseTo(1.6959389969219495, 13);
  });

  it('keeps orthonormal factors where the rank is less', () => {
    const a = randomMatrix(12, 3, 41);
    const double = fromColumns([column(a, 0), column(a, 1), column(a, 0), new Float64Array(12), column(a, 2)]);
    const { u, values, v, rank } = thinSvd(double);
    expect(rank).toBe(3);
    expect(skew(u)).toBeLessThan(1e-13);
    expect(skew(v)).toBeLessThan(1e-13);
    expect(difference(product(u, diagonal(values), transpose(v)), double)).toBeLessThan(1e-14);
    expect(Array.from(thinSvd(zeros(3, 2)).values)).toEqual([0, 0]);
    expect(skew(thinSvd(zeros(3, 2)).u)).toBe(0);
  });

  it('is not disturbed by elements whose squares overflow', () => {
    const a = randomMatrix(5, 3, 42);
    const large: Matrix = { ...a, values: a.values.map((value) => value * 1e200) };
    const { values } = thinSvd(large);
    thinSvd(a).values.forEach((value, i) => expect(values[i]! / 1e200).toBeCloseTo(value, 12));
  });
});
