import { describe, expect, it } from 'vitest';
import {
  mean,
  normalCdf,
  normalQuantile,
  quantile,
  standardDeviation,
  studentTQuantile,
  variance,
} from '../../src/stats';

const values = [2.5, -1, 7, 7, 0.25, 19, 3.5];

describe('mean and variance', () => {
  it('are those of numpy', () => {
    expect(mean(values)).toBeCloseTo(5.464285714285714, 14);
    expect(variance(values)).toBeCloseTo(44.925595238095234, 12);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(44.925595238095234), 13);
  });

  it('keep their digits where the textbook sum of squares loses them all', () => {
    const far = [4, 7, 13, 16].map((value) => value + 1e9);
    const naive =
      far.reduce((sum, value) => sum + value * value, 0) - far.reduce((sum, value) => sum + value, 0) ** 2 / 4;
    expect(variance(far)).toBe(30);
    expect(Math.abs(naive / 3 - 30)).toBeGreaterThan(1);
  });

  it('say what is wrong', () => {
    expect(() => mean([])).toThrow('A mean needs at least one value; there are 0.');
    expect(() => variance([1])).toThrow('A variance needs at least 2 values; there is 1.');
    expect(() => mean([1, NaN])).toThrow('The mean needs numbers; value 2 is NaN.');
  });
});

describe('quantile', () => {
  // numpy.quantile of the values, method 'linear'
  it.each([
    [0, -1],
    [0.05, -0.625],
    [0.1, -0.25],
    [0.25, 1.375],
    [0.5, 3.5],
    [0.75, 7],
    [0.9, 11.8],
    [0.95, 15.4],
    [1, 19],
  ])('at %d is as in numpy', (p, expected) => {
    expect(quantile(values, p)).toBeCloseTo(expected, 12);
  });

  it('leaves its input alone and says what is wrong', () => {
    const copy = [...values];
    quantile(copy, 0.3);
    expect(copy).toEqual(values);
    expect(() => quantile([], 0.5)).toThrow('at least one value');
    expect(() => quantile([1], 50)).toThrow('not at 50');
    expect(() => quantile([1, Infinity], 0.5)).toThrow('value 2 is Infinity');
  });
});

describe('the normal and Student’s t', () => {
  // scipy 1.17: norm.ppf, norm.cdf, t.ppf
  it.each([
    [1e-12, -7.034483825301131],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.2, -0.8416212335729142],
    [0.9, 1.2815515655446006],
  ])('have the quantile of scipy at %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 13));

  it.each([
    [-7.2, 3.010627981117422e-13],
    [-3, 0.0013498980316300933],
    [-1, 0.15865525393145707],
    [0.3, 0.6179114221889526],
    [6, 0.9999999990134123],
  ])('have the distribution function of scipy at %d', (z, p) => expect(normalCdf(z)).toBeCloseTo(p, 14));

  it('undo each other', () => {
    for (let p = 0.001; p < 1; p += 0.0137) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
  });

  it.each([
    [0.95, 1, 6.313751514675037],
    [0.95, 2, 2.9199855803537242],
    [0.975, 6, 2.4469118511449786],
    [0.995, 7, 3.4994832973504924],
    [0.9, 30, 1.3104150253913955],
    [0.975, 999, 1.9623414611334493],
    [0.975, 5000, 1.9604385517065073],
    [0.1, 4, -1.5332062740589436],
  ])('give t at %d with %i degrees as scipy does', (p, degrees, t) => {
    expect(studentTQuantile(p, degrees)).toBeCloseTo(t, 9);
  });

  it('refuse what is no probability', () => {
    expect(() => normalQuantile(1.5)).toThrow('between 0 and 1; it is 1.5');
    expect(() => studentTQuantile(0.5, 0)).toThrow('degrees of freedom of a Student t distribution must be above 0');
  });
});

it('what is no list of numbers is refused, and a text or nothing is no number', () => {
  for (const given of [new Set([1, 2, 3]), 5, { a: 1 }, new Map([[1, 2]]), undefined]) {
    expect(() => mean(given as never)).toThrow(/^The values of a mean must be a list of numbers; it is /);
    expect(() => quantile(given as never, 0.5)).toThrow(/^The values of a quantile must be a list/);
  }
  expect(mean(Float64Array.of(1, 2, 6))).toBe(3);
  for (const given of [null, undefined, '1.96', [1, 2]]) {
    expect(() => normalCdf(given as never)).toThrow(/^A normal distribution is asked for at a number; here it is /);
  }
});
