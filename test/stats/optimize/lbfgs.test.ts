import { describe, expect, it } from 'vitest';
import { lbfgs, type Objective } from '../../../src/stats/optimize/lbfgs';

const rosenbrock: Objective = (x, gradient) => {
  gradient.fill(0);
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [1 - x[i]!, x[i + 1]! - x[i]! ** 2];
    sum += a * a + 100 * b * b;
    gradient[i]! += -2 * a - 400 * x[i]! * b;
    gradient[i + 1]! += 200 * b;
  }
  return sum;
};

const beale: Objective = (x, gradient) => {
  const [u, v] = [x[0]!, x[1]!];
  gradient.fill(0);
  return [1.5, 2.25, 2.625].reduce((sum, constant, i) => {
    const k = i + 1;
    const rest = constant - u * (1 - v ** k);
    gradient[0]! += -2 * rest * (1 - v ** k);
    gradient[1]! += 2 * rest * u * k * v ** (k - 1);
    return sum + rest ** 2;
  }, 0);
};

/** The slope by central differences, as an independent route to each gradient above. */
function numericGradient(f: Objective, at: Float64Array): number[] {
  const unused = new Float64Array(at.length);
  return Array.from(at, (value, i) => {
    const step = 1e-6 * Math.max(1, Math.abs(value));
    const moved = (by: number): Float64Array => at.map((other, k) => (k === i ? other + by : other));
    return (f(moved(step), unused) - f(moved(-step), unused)) / (2 * step);
  });
}

describe('lbfgs', () => {
  it.each<[string, Objective, number[], number[]]>([
    ['Rosenbrock’s valley', rosenbrock, [-1.2, 1], [1, 1]],
    ['Rosenbrock’s valley in 20 dimensions', rosenbrock, Array.from({ length: 20 }, (_, i) => (i % 2 ? 1 : -1.2)), Array.from({ length: 20 }, () => 1)], // prettier-ignore
    ['Beale’s function', beale, [1, 1], [3, 0.5]],
    ['Beale’s function from afar', beale, [-1, -1], [3, 0.5]],
  ])('finds the minimum of %s', (_, f, start, minimum) => {
    const at = Float64Array.from(start, (value) => value + 0.1);
    const slopes = new Float64Array(start.length);
    f(at, slopes);
    numericGradient(f, at).forEach((slope, i) => expect(slopes[i]! / slope).toBeCloseTo(1, 5));

    const found = lbfgs(f, start);
    expect(found.converged).toBe(true);
    found.x.forEach((value, i) => expect(value).toBeCloseTo(minimum[i]!, 6));
    expect(found.value).toBeLessThan(1e-14);
  });

  it('takes few evaluations: Rosenbrock in fewer than 60', () => {
    expect(lbfgs(rosenbrock, [-1.2, 1]).evaluations).toBeLessThan(60);
  });

  it('solves a quadratic whose curvatures differ ten-thousandfold', () => {
    const found = lbfgs((x, gradient) => {
      let value = 0;
      x.forEach((xi, i) => {
        const curvature = 10 ** (i / 2);
        gradient[i] = curvature * (xi - i);
        value += 0.5 * curvature * (xi - i) ** 2;
      });
      return value;
    }, new Float64Array(9));
    expect(found.converged).toBe(true);
    found.x.forEach((xi, i) => expect(xi).toBeCloseTo(i, 6));
  });

  it('backs away from where the function is not defined', () => {
    // x − log x, from near its wall; the first step would cross it.
    const found = lbfgs(
      (x, gradient) => {
        gradient[0] = 1000 - 1 / x[0]!;
        return x[0]! > 0 ? 1000 * x[0]! - Math.log(x[0]!) : NaN;
      },
      [0.5],
    );
    expect(found.converged).toBe(true);
    expect(found.x[0]).toBeCloseTo(0.001, 8);
  });

  it('fits Misra1a of the NIST reference data to its certified values', () => {
    const [y, x] = [
      [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
      [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760],
    ];
    // y = b₁(1 − exp(−b₂x)), with b₂ in units of 10⁻⁴ and b₁ of 100, from NIST's first start
    const found = lbfgs(
      ([b1, b2], gradient) => {
        gradient.fill(0);
        return y.reduce((sum, value, i) => {
          const decay = Math.exp(-1e-4 * b2! * x[i]!);
          const rest = value - 100 * b1! * (1 - decay);
          gradient[0]! += -200 * rest * (1 - decay);
          gradient[1]! += -200 * rest * b1! * 1e-4 * x[i]! * decay;
          return sum + rest ** 2;
        }, 0);
      },
      [5, 1],
    );
    expect(found.converged).toBe(true);
    expect((100 * found.x[0]!) / 2.3894212918e2).toBeCloseTo(1, 6);
    expect((1e-4 * found.x[1]!) / 5.5015643181e-4).toBeCloseTo(1, 6);
    expect(found.value / 1.2455138894e-1).toBeCloseTo(1, 9);
  });

  it('says when it has not converged', () => {
    const short = lbfgs(rosenbrock, [-1.2, 1], { maxIterations: 3 });
    expect(short).toMatchObject({ converged: false, reason: 'iterations', iterations: 3 });
    const wrong = lbfgs((x, gradient) => ((gradient[0] = -1), x[0]! ** 2), [1]);
    expect(wrong).toMatchObject({ converged: false, reason: 'line-search' });
  });

  it('says when the start is no place to begin', () => {
    expect(() => lbfgs(() => Infinity, [0])).toThrow('no usable value at the start: it is Infinity');
    expect(() => lbfgs((_, gradient) => ((gradient[1] = NaN), 0), [0, 0])).toThrow('element 2 of its gradient is NaN');
  });
});
