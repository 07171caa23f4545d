import { func, i32, repeat, set, statements, type Code, type Local } from '../../simd/code';
import { add, f64x2, i64x2, mul, shl, v128 } from '../../simd/instructions';
import { kernel, placesOf } from '../../simd/kernel';
import { BLOCK, widthOf, type Block } from './block';

/** Bytes of a number, of a vector of two, and of a column. */
const NUMBER = 8;
const PAIR = 16;
const COLUMN = NUMBER * BLOCK;

const zero = (vector: Local<'v128'>): Code<'none'> => set(vector, f64x2.splat(0));
const plus = (sum: Local<'v128'>, a: Code<'v128'>, b: Code<'v128'>): Code<'none'> =>
  set(sum, f64x2.add(sum, f64x2.mul(a, b)));
const addAt = (address: Code<'i32'>, offset: number, sum: Code<'v128'>): Code<'none'> =>
  v128.store(address, f64x2.add(v128.load(address, offset), sum), offset);

/** Four columns at a time, so that η is seldom written. */
const scores = func('scores', ['i32', 'i32', 'i32', 'i32', 'i32'], ([rows, width, x, b, eta], variables) => {
  const { j, k, from, at, to, factor } = variables('i32', 'j', 'k', 'from', 'at', 'to', 'factor');
  const { sum, b0, b1, b2, b3 } = variables('v128', 'sum', 'b0', 'b1', 'b2', 'b3');
  return [
    repeat(k, i32(0), shl(rows, i32(3)), PAIR, v128.store(add(eta, k), f64x2.splat(0))),
    set(from, x),
    repeat(
      j,
      i32(0),
      width,
      4,
      set(factor, add(b, shl(j, i32(3)))),
      ...[b0, b1, b2, b3].map((local, q) => set(local, v128.load64Splat(factor, NUMBER * q))),
      repeat(
        k,
        i32(0),
        shl(rows, i32(3)),
        PAIR,
        ...[set(at, add(from, k)), set(to, add(eta, k)), set(sum, v128.load(to))],
        ...[b0, b1, b2, b3].map((local, q) => plus(sum, local, v128.load(at, q * COLUMN))),
        v128.store(to, sum),
      ),
      set(from, add(from, i32(4 * COLUMN))),
    ),
  ];
});

const addSlopes = func('addSlopes', ['i32', 'i32', 'i32', 'i32', 'i32'], ([rows, width, x, eta, out], variables) => {
  const { j, k, from, at, to } = variables('i32', 'j', 'k', 'from', 'at', 'to');
  const { residual, s0, s1, s2, s3 } = variables('v128', 'residual', 's0', 's1', 's2', 's3');
  const sums = [s0, s1, s2, s3];
  return [
    set(from, x),
    repeat(
      j,
      i32(0),
      width,
      4,
      ...sums.map(zero),
      repeat(
        k,
        i32(0),
        shl(rows, i32(3)),
        PAIR,
        ...[set(at, add(from, k)), set(residual, v128.load(add(eta, k)))],
        ...sums.map((sum, q) => plus(sum, residual, v128.load(at, q * COLUMN))),
      ),
      set(to, add(out, shl(j, i32(4)))),
      ...sums.map((sum, q) => addAt(to, q * PAIR, sum)),
      set(from, add(from, i32(4 * COLUMN))),
    ),
  ];
});

/** 1/13!, 1/12!, … 1/1!, 1: beyond, e^r has less than a rounding for |r| ≤ ln 2 / 2. */
const TERMS = Array.from({ length: 14 }, (_, at) => {
  let factorial = 1;
  for (let k = 2; k <= 13 - at; k++) factorial *= k;
  return 1 / factorial;
});

/**
 * e^−|η| as 2^n e^r, n = −|η| / ln 2 to the nearest whole number. Added to 1.5 · 2^52, n stands in the lowest bits, from
 * where it is moved to the exponent's. Exponents below −708, whose power is nearly nothing, count as −708.
 *
 * Source: Muller (2016), "Elementary Functions", 3rd ed., section 11.2; ln 2 in two parts as in fdlibm.
 */
const decays = func('decays', ['i32', 'i32', 'i32'], ([rows, eta, out], variables) => {
  const { k } = variables('i32', 'k');
  const { x, shifted, n, power } = variables('v128', 'x', 'shifted', 'n', 'power');
  const less = (a: Code<'v128'>, by: number) => f64x2.sub(a, f64x2.mul(n, f64x2.splat(by)));
  return [
    repeat(
      k,
      i32(0),
      shl(rows, i32(3)),
      PAIR,
      set(x, f64x2.pmax(f64x2.sub(f64x2.splat(0), f64x2.abs(v128.load(add(eta, k)))), f64x2.splat(-708))),
      set(shifted, f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), f64x2.splat(1.5 * 2 ** 52))),
      set(n, f64x2.sub(shifted, f64x2.splat(1.5 * 2 ** 52))),
      set(x, less(less(x, 6.9314718036912381649e-1), 1.90821492927058770002e-10)),
      set(power, f64x2.splat(TERMS[0]!)),
      ...TERMS.slice(1).map((term) => set(power, f64x2.add(f64x2.mul(power, x), f64x2.splat(term)))),
      v128.store(add(out, k), i64x2.add(power, i64x2.shl(shifted, i32(52)))),
    ),
  ];
});

const weigh = func('weigh', ['i32', 'i32', 'i32', 'i32'], ([rows, width, x, eta], variables) => {
  const { j, k, from, at } = variables('i32', 'j', 'k', 'from', 'at');
  const { weight } = variables('v128', 'weight');
  return [
    set(from, x),
    repeat(
      j,
      i32(0),
      width,
      4,
      repeat(
        k,
        i32(0),
        shl(rows, i32(3)),
        PAIR,
        ...[set(at, add(from, k)), set(weight, v128.load(add(eta, k)))],
        ...[0, COLUMN, 2 * COLUMN, 3 * COLUMN].map((offset) =>
          v128.store(at, f64x2.mul(v128.load(at, offset), weight), offset),
        ),
      ),
      set(from, add(from, i32(4 * COLUMN))),
    ),
  ];
});

/** Eight sums at a time, of two columns with four. */
const addProducts = func('addProducts', ['i32', 'i32', 'i32', 'i32'], ([rows, width, x, out], variables) => {
  const { j, i, k, right, left, at, to } = variables('i32', 'j', 'i', 'k', 'right', 'left', 'at', 'to');
  const { a, b, c } = variables('v128', 'a', 'b', 'c');
  const upper = Object.values(variables('v128', 'u0', 'u1', 'u2', 'u3'));
  const lower = Object.values(variables('v128', 'l0', 'l1', 'l2', 'l3'));
  return [
    set(right, x),
    repeat(
      j,
      i32(0),
      width,
      2,
      set(left, x),
      repeat(
        i,
        i32(0),
        add(j, i32(2)),
        4,
        ...[...upper, ...lower].map(zero),
        repeat(
          k,
          i32(0),
          shl(rows, i32(3)),
          PAIR,
          ...[set(at, add(right, k)), set(a, v128.load(at)), set(b, v128.load(at, COLUMN)), set(at, add(left, k))],
          ...upper.map((sum, q) =>
            statements(set(c, v128.load(at, q * COLUMN)), plus(sum, a, c), plus(lower[q]!, b, c)),
          ),
        ),
        set(to, add(out, shl(add(mul(j, width), i), i32(4)))),
        ...upper.map((sum, q) => addAt(to, q * PAIR, sum)),
        set(to, add(to, shl(width, i32(4)))),
        ...lower.map((sum, q) => addAt(to, q * PAIR, sum)),
        set(left, add(left, i32(4 * COLUMN))),
      ),
      set(right, add(right, i32(2 * COLUMN))),
    ),
  ];
});

const kernelWith = kernel(scores, decays, weigh, addSlopes, addProducts);

/** As `plainBlock`, two rows at a time: sums are of even and of odd rows. Undefined where there is no SIMD. */
export function simdBlock(columns: number): Block | undefined {
  const width = widthOf(columns);
  const { at, bytes } = placesOf({
    values: width * COLUMN,
    eta: COLUMN,
    decay: COLUMN,
    b: NUMBER * width,
    slopes: PAIR * width,
    products: PAIR * width * width,
  });
  const made = kernelWith(bytes);
  if (!made) return undefined;
  const { run, memory } = made;
  const even = (rows: number): number => rows + (rows % 2);
  return {
    width,
    values: new Float64Array(memory, at.values, width * BLOCK),
    eta: new Float64Array(memory, at.eta, BLOCK),
    decay: new Float64Array(memory, at.decay, BLOCK),
    b: new Float64Array(memory, at.b, width),
    slopes: new Float64Array(memory, at.slopes, 2 * width),
    products: new Float64Array(memory, at.products, 2 * width * width),
    scores: (rows) => void run.scores(even(rows), width, at.values, at.b, at.eta),
    decays: (rows) => void run.decays(even(rows), at.eta, at.decay),
    weigh: (rows) => void run.weigh(even(rows), width, at.values, at.eta),
    addSlopes: (rows) => void run.addSlopes(even(rows), width, at.values, at.eta, at.slopes),
    addProducts: (rows) => void run.addProducts(even(rows), width, at.values, at.products),
  };
}
