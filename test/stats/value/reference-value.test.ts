import { describe, expect, it } from 'vitest';
import { fitBuyers, type BuyerFit } from '../../../src/stats/value/fit-buyers';
import { lifetimeValue } from '../../../src/stats/value/lifetime-value';
import { holdout } from '../../../src/stats/value/holdout';
import {
  aliveProbability,
  expectedOfNewCustomer,
  expectedPurchases,
  frequencyTable,
} from '../../../src/stats/value/predict';
import { expectedSpend, fitSpend } from '../../../src/stats/value/spend';
import {
  fitSubscribers,
  residualLifetime,
  subscriberRetention,
  subscriberSurvival,
} from '../../../src/stats/value/subscribers';
import { cdnowMaster, cdnowSample, hasReference, referenceCase } from './known-customers';

interface Fitted {
  readonly params: Record<string, number>;
  readonly ll: number;
}
interface Clv {
  readonly bgnbd: Fitted & {
    readonly se: number[];
    readonly expected_purchases: { readonly t: number[]; readonly E: number[] };
    readonly in_sample_hist_0_to_7plus: { readonly actual: number[]; readonly expected: number[] };
  };
  readonly pareto_nbd: Fitted & {
    readonly E_t: number[];
    readonly cond_x26_tx30_86_T31_t52: number;
    readonly palive_same: number;
  };
  readonly mbgnbd: Fitted;
  readonly gamma_gamma: Fitted & {
    readonly se: number[];
    readonly n: number;
    readonly population_mean: number;
    readonly corr_x_m: number;
  };
  readonly customers: readonly Record<string, number>[];
  readonly totals: Record<string, number>;
}

/** Within a share of the reference number. */
function near(value: number, reference: number, share: number, what: string): void {
  expect(Math.abs(value - reference), `${what}: ${value} beside ${reference}`).toBeLessThanOrEqual(
    share * Math.abs(reference),
  );
}

describe.skipIf(!hasReference)('CDNOW, 2,357 customers (shared/reference/customers, case 01)', () => {
  const known = hasReference ? referenceCase<Clv>('01_clv_cdnow') : (undefined as never);
  const customers = hasReference ? cdnowSample() : (undefined as never);
  const fitOf = (model: BuyerFit['model']): BuyerFit => fitBuyers(customers, { model });
  const compare = (fit: BuyerFit, { params, ll }: Fitted): void => {
    expect(fit.converged).toBe(true);
    expect(fit.warnings).toEqual([]);
    expect(Math.abs(fit.logLikelihood - ll)).toBeLessThan(1e-3);
    for (const { name, value } of fit.parameters) near(value, params[name]!, 1e-3, name);
  };
  const nine = hasReference
    ? {
        frequency: known.customers.map(({ x }) => x!),
        recency: known.customers.map(({ t_x }) => t_x!),
        age: known.customers.map(({ T }) => T!),
        spend: known.customers.map(({ zbar }) => zbar!),
      }
    : (undefined as never);
  const compareEach = (values: Float64Array, name: string, share = 1e-3): void => {
    known.customers.forEach((row, i) => near(values[i]!, row[name]!, share, `${name} of ${row.ID}`));
  };

  it('has the parameters, errors and predictions of BG/NBD', () => {
    const fit = fitOf('bg-nbd');
    compare(fit, known.bgnbd);
    fit.parameters.forEach(({ standardError, name }, i) => near(standardError, known.bgnbd.se[i]!, 5e-3, name));
    const { t, E } = known.bgnbd.expected_purchases;
    expectedOfNewCustomer(fit, t).value.forEach((value, i) => near(value, E[i]!, 1e-3, `E at ${t[i]}`));
    compareEach(aliveProbability(fit, nine).value, 'bg_palive');
    compareEach(expectedPurchases(fit, nine, 39).value, 'bg_cond39');
    const total = expectedPurchases(fit, customers, 39).value.reduce((sum, value) => sum + value, 0);
    near(total, known.totals.sum_bg_cond39!, 1e-4, 'total');
    const { actual, expected } = frequencyTable(fit, customers);
    expect(Array.from(actual)).toEqual(known.bgnbd.in_sample_hist_0_to_7plus.actual);
    expected.forEach((count, x) => near(count, known.bgnbd.in_sample_hist_0_to_7plus.expected[x]!, 1e-3, `x = ${x}`));
  });

  it('has those of Pareto/NBD', () => {
    const fit = fitOf('pareto-nbd');
    compare(fit, known.pareto_nbd);
    expectedOfNewCustomer(fit, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).value.forEach((value, i) =>
      near(value, known.pareto_nbd.E_t[i]!, 1e-3, `E at ${i}`),
    );
    const often = { frequency: [26], recency: [30.86], age: [31] };
    near(expectedPurchases(fit, often, 52).value[0]!, known.pareto_nbd.cond_x26_tx30_86_T31_t52, 1e-3, 'x = 26');
    near(aliveProbability(fit, often).value[0]!, known.pareto_nbd.palive_same, 1e-4, 'alive, x = 26');
    compareEach(aliveProbability(fit, nine).value, 'pn_palive');
    compareEach(expectedPurchases(fit, nine, 39).value, 'pn_cond39');
    const total = expectedPurchases(fit, customers, 39).value.reduce((sum, value) => sum + value, 0);
    near(total, known.totals.sum_pn_cond39!, 1e-4, 'total');
  });

  it('has those of MBG/NBD', () => {
    const fit = fitOf('mbg-nbd');
    compare(fit, known.mbgnbd);
    compareEach(aliveProbability(fit, nine).value, 'mbg_palive');
  });

  it('has those of gamma-gamma, and the lifetime value of both', () => {
    const spend = fitSpend(customers);
    expect(spend.customers).toBe(known.gamma_gamma.n);
    expect(spend.warnings).toEqual([]);
    expect(Math.abs(spend.logLikelihood - known.gamma_gamma.ll)).toBeLessThan(1e-3);
    spend.parameters.forEach(({ name, value, standardError }, i) => {
      near(value, known.gamma_gamma.params[name]!, 1e-3, name);
      near(standardError, known.gamma_gamma.se[i]!, 5e-3, name);
    });
    near(spend.mean!.value, known.gamma_gamma.population_mean, 1e-3, 'mean');
    near(spend.correlation, known.gamma_gamma.corr_x_m, 1e-9, 'correlation');
    compareEach(expectedSpend(spend, nine).value, 'gg_expected_spend');
    compareEach(lifetimeValue(fitOf('bg-nbd'), spend, nine).value, 'bg_gg_clv12');
  });

  it.each(['mbg-nbd', 'bg-nbd', 'pareto-nbd'] as const)('settles from cold on all 23,570 customers: %s', (model) => {
    const all = cdnowMaster();
    expect(all.frequency.length).toBe(23_570);
    const fit = fitBuyers(all, { model });
    expect(fit.converged).toBe(true);
    expect(fit.warnings).toEqual([]);
    for (const { value, standardError } of fit.parameters) expect(standardError / value).toBeLessThan(0.25);
    // To the end of June 1998: 39 weeks. Every model of this kind expects too little of them, by 10 to 19 %.
    const after = holdout(fit, all, all.later, 39);
    near(after.predictedTotal.value, after.actualTotal, 0.2, 'holdout');
  });
});

interface Sbg {
  readonly params: { readonly alpha: number; readonly beta: number };
  readonly ll: number;
  readonly survivors: number[];
  readonly survival_0_12: number[];
  readonly retention_rate_1_12: number[];
  readonly DERL_n1_to_5_d10pct: number[];
}

describe.skipIf(!hasReference)('subscribers (shared/reference/customers, case 02)', () => {
  it.each(['highend', 'regular'])('has the numbers of the %s cohort', (cohort) => {
    const known = referenceCase<Record<string, Sbg>>('02_sbg_retention')[cohort]!;
    const fit = fitSubscribers(known.survivors);
    expect(Math.abs(fit.logLikelihood - known.ll)).toBeLessThan(1e-4);
    near(fit.parameters[0]!.value, known.params.alpha, 1e-4, 'alpha');
    near(fit.parameters[1]!.value, known.params.beta, 1e-4, 'beta');
    const compare = (values: Float64Array, reference: number[]): void => {
      expect(values.length).toBe(reference.length);
      values.forEach((value, i) => near(value, reference[i]!, 1e-4, String(i)));
    };
    compare(subscriberSurvival(fit, 12).value, known.survival_0_12);
    compare(subscriberRetention(fit, 12).value, known.retention_rate_1_12);
    compare(residualLifetime(fit, 5, 0.1).value, known.DERL_n1_to_5_d10pct);
  });
});
