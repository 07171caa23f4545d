import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { cox } from '../../../src/stats/survival/cox';
import { coxSurvival } from '../../../src/stats/survival/cox-survival';
import { kaplanMeier, survivalAt } from '../../../src/stats/survival/kaplan-meier';

/** Hazard 0.1 · e^(0.7 x₁ − 0.5 x₂), from a time on with another factor for x₁; last seen at up to 30. */
function simulate(seed: number, n: number, options: { readonly round?: boolean; readonly changesAt?: number } = {}) {
  const random = seededRandom(seed);
  const [time, event, first, second]: [number[], boolean[], number[], number[]] = [[], [], [], []];
  for (let i = 0; i < n; i++) {
    const x = random.normal();
    const y = Number(random.uniform() < 0.4);
    const early = 0.1 * Math.exp(0.7 * x - 0.5 * y);
    const late = options.changesAt === undefined ? early : 0.1 * Math.exp(-0.7 * x - 0.5 * y);
    const clock = -Math.log(1 - random.uniform());
    const change = options.changesAt ?? Infinity;
    const end = clock <= early * change ? clock / early : change + (clock - early * change) / late;
    const last = 5 + 25 * random.uniform();
    const seen = Math.min(end, last);
    time.push(options.round ? Math.ceil(seen) : seen);
    event.push(end <= last);
    first.push(x);
    second.push(y);
  }
  return {
    rows: { time, event },
    covariates: [
      { name: 'x', values: first },
      { name: 'y', values: second },
    ],
  };
}

/** The partial likelihood by its definition, for times without ties. */
function byDefinition({ rows, covariates }: ReturnType<typeof simulate>, beta: readonly number[]): number {
  const eta = rows.time.map((_, i) => covariates.reduce((sum, { values }, j) => sum + beta[j]! * values[i]!, 0));
  return rows.time.reduce((sum, end, i) => {
    if (!rows.event[i]) return sum;
    const risk = rows.time.reduce((total, other, k) => total + (other >= end ? Math.exp(eta[k]!) : 0), 0);
    return sum + eta[i]! - Math.log(risk);
  }, 0);
}

describe('cox', () => {
  it('is the highest point of the partial likelihood', () => {
    const data = simulate(1, 150);
    const fit = cox(data.rows, data.covariates);
    const beta = fit.coefficients.map(({ value }) => value);
    expect(byDefinition(data, beta)).toBeCloseTo(fit.logLikelihood, 8);
    expect(byDefinition(data, [0, 0])).toBeCloseTo(fit.nullLogLikelihood, 8);
    // Its curvature is the inverse of the covariance.
    const h = 1e-3;
    const at = (i: number, j: number): number => {
      const f = (a: number, b: number): number => {
        const moved = [...beta];
        moved[i]! += a;
        moved[j]! += b;
        return byDefinition(data, moved);
      };
      return (f(h, h) - f(h, -h) - f(-h, h) + f(-h, -h)) / (4 * h * h);
    };
    const [xx, xy, yy] = [-at(0, 0), -at(0, 1), -at(1, 1)];
    expect(fit.coefficients[0]!.standardError).toBeCloseTo(Math.sqrt(yy / (xx * yy - xy * xy)), 4);
    expect(fit.coefficients[1]!.standardError).toBeCloseTo(Math.sqrt(xx / (xx * yy - xy * xy)), 4);
  });

  it.each([false, true])('finds known effects as often as it says (tied times: %s)', (round) => {
    let [first, second] = [0, 0];
    for (let run = 0; run < 150; run++) {
      const { rows, covariates } = simulate(100 + run, 200, { round });
      const [x, y] = cox(rows, covariates).coefficients;
      if (x!.lower <= 0.7 && 0.7 <= x!.upper) first++;
      if (y!.lower <= -0.5 && -0.5 <= y!.upper) second++;
    }
    // 135 of 150 expected, with a deviation of 3.7.
    for (const held of [first, second]) {
      expect(held).toBeGreaterThan(121);
      expect(held).toBeLessThanOrEqual(149);
    }
  });

  it('does not mind the order of rows, the unit of a covariate, or where it starts', () => {
    const { rows, covariates } = simulate(3, 120, { round: true });
    const base = cox(rows, covariates);
    const turned = cox(
      { time: rows.time.toReversed(), event: rows.event.toReversed() },
      covariates.map(({ name, values }) => ({ name, values: values.toReversed() })),
    );
    const moved = cox({ time: rows.time.map((t) => 7 * t), event: rows.event }, [
      { name: 'x', values: covariates[0]!.values.map((x) => 1000 + 10 * x) },
      covariates[1]!,
    ]);
    for (const other of [turned, moved]) {
      expect(other.logLikelihood).toBeCloseTo(base.logLikelihood, 7);
      expect(other.concordance).toBeCloseTo(base.concordance!, 9);
      expect(other.proportionalHazards.global.p).toBeCloseTo(base.proportionalHazards.global.p, 6);
    }
    expect(10 * moved.coefficients[0]!.value).toBeCloseTo(base.coefficients[0]!.value, 7);
    expect(10 * moved.coefficients[0]!.standardError).toBeCloseTo(base.coefficients[0]!.standardError, 7);
  });

  it('notices effects that change over time, and seldom others', () => {
    let [seen, wrong] = [0, 0];
    for (let run = 0; run < 60; run++) {
      const same = simulate(300 + run, 250);
      const changing = simulate(600 + run, 250, { changesAt: 6 });
      if (cox(same.rows, same.covariates).proportionalHazards.tests[0]!.p < 0.1) wrong++;
      if (cox(changing.rows, changing.covariates).proportionalHazards.tests[0]!.p < 0.1) seen++;
    }
    expect(seen).toBeGreaterThan(55);
    expect(wrong).toBeLessThan(14);
  });

  it('has residuals that add up to 0, one an event', () => {
    const { rows, covariates } = simulate(9, 100, { round: true });
    const { proportionalHazards, events } = cox(rows, covariates);
    for (const residuals of proportionalHazards.residuals) {
      expect(residuals.length).toBe(events);
      expect(residuals.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6);
    }
  });

  it('gives survival curves that hold the truth as often as they say', () => {
    const truth = Math.exp(-0.1 * Math.exp(0.7) * 4);
    let held = 0;
    for (let run = 0; run < 150; run++) {
      const { rows, covariates } = simulate(2000 + run, 200);
      const curve = coxSurvival(cox(rows, covariates), { x: 1, y: 0 });
      const at = curve.time.findLastIndex((time) => time <= 4);
      if (curve.lower[at]! <= truth && truth <= curve.upper[at]!) held++;
    }
    expect(held).toBeGreaterThan(121);
    expect(held).toBeLessThanOrEqual(149);
  });

  it('has a baseline near the curve of Kaplan and Meier where a covariate tells nothing', () => {
    const { rows } = simulate(4, 400);
    const random = seededRandom(12);
    const fit = cox(rows, [{ name: 'noise', values: rows.time.map(() => random.normal()) }]);
    const said = coxSurvival(fit, { noise: 0 });
    const at = said.time.findLastIndex((time) => time <= 8);
    expect(said.survival[at]).toBeCloseTo(survivalAt(kaplanMeier(rows), 8)!.value, 1);
    expect(said.standardError[at]! / survivalAt(kaplanMeier(rows), 8)!.standardError).toBeCloseTo(1, 1);
  });

  it('says when a covariate tells exactly who leaves first', () => {
    const time = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const event = time.map((_, i) => i < 5);
    const fit = cox({ time, event }, [{ name: 'told', values: time.map((_, i) => Number(i < 5)) }]);
    expect(fit.warnings.map(({ code }) => code)).toContain('no-finite-estimate');
    expect(fit.warnings[0]!.message).toContain('"told"');
  });

  it('refuses what it cannot use, by name and row', () => {
    const { rows, covariates } = simulate(5, 40);
    const [x] = covariates;
    expect(() => cox(rows, [{ name: 'same', values: Array(40).fill(3) as number[] }])).toThrow(
      'Column "same" is 3 in every row',
    );
    expect(() => cox(rows, [x!, { name: 'twice', values: x!.values.map((v) => 2 * v) }])).toThrow(
      'x, twice cannot be told apart',
    );
    expect(() => cox(rows, [{ name: 'gap', values: x!.values.with(7, NaN) }])).toThrow('"gap" has no number in row 8');
    expect(() => cox({ ...rows, event: rows.event.map(() => false) }, [x!])).toThrow('None of the 40 rows ended');
    expect(() => cox(rows, [])).toThrow('needs a covariate');
    expect(() => cox(rows, [x!, x!])).toThrow('Two covariates are called "x"');
    expect(() => cox(rows, [x!], { ties: 'exact' as 'efron' })).toThrow('no way exact');
    expect(() => coxSurvival(cox(rows, [x!]), { y: 1 })).toThrow('The covariate "x" has no number');
  });
});
