import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cox, type CoxFit } from '../../../src/stats/survival/cox';
import { kaplanMeier, survivalAt } from '../../../src/stats/survival/kaplan-meier';
import { logRank } from '../../../src/stats/survival/log-rank';
import { restrictedMean } from '../../../src/stats/survival/restricted-mean';

const shared = resolve(import.meta.dirname, '../../../../shared');
const reference = resolve(shared, 'reference/customers');
const telcoFile = resolve(shared, 'data/telco/Telco-Customer-Churn.csv');

interface Steps {
  readonly time: number[];
  readonly n_risk: number[];
  readonly surv: number[];
  readonly se: number[];
  readonly lower: number[];
  readonly upper: number[];
}
interface CoxCase {
  readonly coef: Record<string, number>;
  readonly se: Record<string, number>;
  readonly loglik: [number, number];
  readonly concordance: number;
  readonly n: number;
  readonly events: number;
  readonly zph_p: Record<string, number>;
}
interface Case {
  readonly lung: {
    readonly km_log: Steps;
    readonly km_loglog: Steps;
    readonly median: number;
    readonly median_ci_log: [number, number];
    readonly rmst365: number;
    readonly rmst365_se: number;
    readonly logrank_sex: {
      readonly chisq: number;
      readonly p: number;
      readonly obs: number[];
      readonly exp: number[];
    };
    readonly cox_efron: CoxCase;
    readonly cox_breslow: CoxCase;
  };
  readonly telco: {
    readonly km_by_contract: Omit<Steps, 'se'> & { readonly strata: string[] };
    readonly logrank_contract: { readonly chisq: number };
  };
}

type Table = Record<string, string>[];
function tableOf(file: string): Table {
  const [head, ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().replaceAll('"', '').split(','));
  return rows.map((row) => Object.fromEntries(head!.map((name, j) => [name, row[j] ?? ''])));
}

const near = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));

describe.skipIf(!existsSync(reference))('survival of R (shared/reference/customers, case 20)', () => {
  const known = existsSync(reference)
    ? (JSON.parse(readFileSync(resolve(reference, 'out/20_survival.json'), 'utf8')) as Case)
    : (undefined as never);
  const lung = existsSync(reference) ? tableOf(resolve(reference, 'in/lung.csv')) : [];
  const column = (rows: Table, name: string): number[] => rows.map((row) => Number(row[name]));
  const observed = (rows: Table) => ({ time: column(rows, 'time'), event: rows.map((row) => row.status === '2') });

  it.each(['log', 'log-log'] as const)('has the curve, its errors and its %s interval', (interval) => {
    const curve = kaplanMeier(observed(lung), { interval, confidence: 0.95 });
    const steps = interval === 'log' ? known.lung.km_log : known.lung.km_loglog;
    steps.time.forEach((time, k) => {
      const at = survivalAt(curve, time)!;
      near(at.value, steps.surv[k]!);
      near(at.standardError, steps.se[k]!);
      near(at.lower, steps.lower[k]!);
      near(at.upper, steps.upper[k]!);
      expect(at.atRisk).toBe(steps.n_risk[k]);
    });
  });

  it('has the median and the restricted mean', () => {
    const curve = kaplanMeier(observed(lung), { confidence: 0.95 });
    expect(curve.median).toEqual({
      value: known.lung.median,
      lower: known.lung.median_ci_log[0],
      upper: known.lung.median_ci_log[1],
    });
    const mean = restrictedMean(curve, 365);
    near(mean.value, known.lung.rmst365);
    near(mean.standardError, known.lung.rmst365_se);
  });

  it('has the log-rank test', () => {
    const { statistic, p, groups } = logRank(observed(lung), column(lung, 'sex'));
    near(statistic, known.lung.logrank_sex.chisq);
    near(p, known.lung.logrank_sex.p);
    groups.forEach((group, g) => {
      near(group.observed, known.lung.logrank_sex.obs[g]!);
      near(group.expected, known.lung.logrank_sex.exp[g]!);
    });
  });

  it.each(['efron', 'breslow'] as const)('has the Cox regression, ties by %s', (ties) => {
    const whole = lung.filter((row) => row['ph.ecog'] !== '' && row['ph.ecog'] !== 'NA');
    const names = ['age', 'sex', 'ph.ecog'];
    const covariates = names.map((name) => ({ name, values: column(whole, name) }));
    const fit: CoxFit = cox(observed(whole), covariates, { ties, confidence: 0.95 });
    const said = ties === 'efron' ? known.lung.cox_efron : known.lung.cox_breslow;
    expect([fit.n, fit.events]).toEqual([said.n, said.events]);
    near(fit.nullLogLikelihood, said.loglik[0]);
    near(fit.logLikelihood, said.loglik[1]);
    near(fit.concordance!, said.concordance);
    for (const { name, value, standardError } of fit.coefficients) {
      near(value, said.coef[name]!);
      near(standardError, said.se[name]!);
    }
    for (const { name, p } of fit.proportionalHazards.tests) near(p, said.zph_p[name]!);
    near(fit.proportionalHazards.global.p, said.zph_p.GLOBAL!);
  });

  it.skipIf(!existsSync(telcoFile))('has the curves of 7,043 subscribers by contract', () => {
    const telco = tableOf(telcoFile);
    const rows = { time: column(telco, 'tenure'), event: telco.map((row) => row.Churn === 'Yes') };
    const contract = telco.map((row) => row.Contract!);
    const said = known.telco.km_by_contract;
    for (const name of new Set(contract)) {
      const members = rows.time.flatMap((_, i) => (contract[i] === name ? [i] : []));
      const part = { time: members.map((i) => rows.time[i]!), event: members.map((i) => rows.event[i]!) };
      const curve = kaplanMeier(part, { confidence: 0.95 });
      said.strata.forEach((stratum, k) => {
        if (stratum !== `Contract=${name}`) return;
        const at = survivalAt(curve, said.time[k]!)!;
        near(at.value, said.surv[k]!);
        near(at.lower, said.lower[k]!);
        near(at.upper, said.upper[k]!);
        expect(at.atRisk).toBe(said.n_risk[k]);
      });
    }
    near(logRank(rows, contract).statistic, known.telco.logrank_contract.chisq);
  });
});
