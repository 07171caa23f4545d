import { expect, it } from 'vitest';
import { copyPoint, energy, leapfrog, phasePoint, placePoint } from '../../../src/stats/sampling/leapfrog';
import type { LogDensity } from '../../../src/stats/sampling/log-density';
import { denseMetric } from '../../../src/stats/sampling/metric';

const quartic: LogDensity = {
  dimension: 2,
  evaluate([x, y], gradient) {
    gradient[0] = -(x! ** 3) - 0.5 * y!;
    gradient[1] = -y! - 0.5 * x!;
    return -(x! ** 4) / 4 - y! ** 2 / 2 - 0.5 * x! * y!;
  },
};

function start() {
  const metric = denseMetric(2);
  metric.set(Float64Array.of(1.5, 0.4, 0.4, 0.7));
  const point = phasePoint(2);
  placePoint(quartic, metric, point, Float64Array.of(0.8, -0.3));
  point.momentum.set([0.5, -1.1]);
  metric.multiply(point.momentum, point.velocity);
  return { metric, point };
}

it('goes back to where it came from when time is turned', () => {
  const { metric, point } = start();
  const from = phasePoint(2);
  copyPoint(point, from);
  for (let i = 0; i < 50; i++) leapfrog(quartic, metric, point, 0.1);
  expect(Math.hypot(point.position[0]! - 0.8, point.position[1]! + 0.3)).toBeGreaterThan(0.1);
  for (let i = 0; i < 50; i++) leapfrog(quartic, metric, point, -0.1);
  for (const part of ['position', 'momentum', 'velocity', 'gradient', 'push'] as const) {
    point[part].forEach((value, i) => expect(value).toBeCloseTo(from[part][i]!, 12));
  }
});

it('keeps the energy to second order in the step', () => {
  const errorAt = (step: number): number => {
    const { metric, point } = start();
    const before = energy(point);
    for (let i = 0; i < Math.round(1 / step); i++) leapfrog(quartic, metric, point, step);
    return Math.abs(energy(point) - before);
  };
  expect(errorAt(0.02)).toBeLessThan(1e-3);
  expect(errorAt(0.02) / errorAt(0.01)).toBeCloseTo(4, 0);
});

it('keeps volume: the Jacobian of a step has determinant 1', () => {
  const h = 1e-5;
  const moved = (shift: number[]): number[] => {
    const { metric, point } = start();
    const position = point.position.map((value, i) => value + shift[i]!);
    placePoint(quartic, metric, point, position);
    point.momentum.forEach((_, i) => (point.momentum[i]! += shift[2 + i]!));
    metric.multiply(point.momentum, point.velocity);
    leapfrog(quartic, metric, point, 0.3);
    return [...point.position, ...point.momentum];
  };
  const jacobian = [0, 1, 2, 3].map((j) => {
    const unit = [0, 1, 2, 3].map((i) => (i === j ? h : 0));
    const [plus, minus] = [moved(unit), moved(unit.map((value) => -value))];
    return plus.map((value, i) => (value - minus[i]!) / (2 * h));
  });
  expect(determinant(jacobian)).toBeCloseTo(1, 8);
});

function determinant(a: number[][]): number {
  if (a.length === 0) return 1;
  return a[0]!.reduce(
    (sum, value, j) => sum + (-1) ** j * value * determinant(a.slice(1).map((row) => row.filter((_, k) => k !== j))),
    0,
  );
}
