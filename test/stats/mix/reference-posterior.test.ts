import { beforeAll, describe, expect, it } from 'vitest';
import { fitMix } from '../../../src/stats/mix/fit';
import { channelParameter, type MixDraws, type MixModel } from '../../../src/stats/mix/model';
import { essMean } from '../../../src/stats/sampling/ess';
import { rhat } from '../../../src/stats/sampling/rhat';
import { mean, standardDeviation } from '../../../src/stats/summary/moments';
import { quantile } from '../../../src/stats/summary/quantile';
import { chainsOf, contributions, drawsOf } from './contributions';
import {
  hasKnownData,
  readJson,
  SMALL_BUSINESS,
  smallBusinessModel,
  smallBusinessTruth,
  stanModel,
} from './known-data';

const MINUTES = 180_000;

function expectInside90(draws: Float64Array, truth: number): void {
  expect(truth).toBeGreaterThan(quantile(draws, 0.05));
  expect(truth).toBeLessThan(quantile(draws, 0.95));
}

describe.skipIf(!hasKnownData)('two channels over 179 weeks, of which Stan drew 16,000 times', () => {
  let model: MixModel;
  let fit: MixDraws;
  beforeAll(async () => {
    model = stanModel();
    fit = await fitMix(model, { chains: 4, warmup: 1000, draws: 4000, seed: 1 });
  }, MINUTES);

  interface Summary {
    readonly variable: string;
    readonly mean: number;
    readonly sd: number;
    readonly '5%': number;
    readonly '95%': number;
    readonly mcse_mean: number;
  }

  it('have the means and the spreads that Stan found', () => {
    const { summary } = readJson<{ summary: Summary[] }>('reference', 'case09_stan_posterior.json');
    const ours: Record<string, string> = { alpha: 'alpha', lam: 'lambda', beta: 'beta' };
    expect(summary.length).toBe(15);
    for (const stan of summary) {
      const [, kind, index] = /^(\w+?)(?:\[(\d)\])?$/.exec(stan.variable)!;
      const name =
        kind === 'sigma'
          ? 'sigma'
          : kind === 'g'
            ? `baseline: ${model.baseline.names[Number(index) - 1]}`
            : channelParameter(`x${index}`, ours[kind!]!);
      const chains = chainsOf(fit, name);
      const all = drawsOf(fit, name);
      const error = Math.hypot(standardDeviation(all) / Math.sqrt(essMean(chains)), stan.mcse_mean);
      expect(Math.abs(mean(all) - stan.mean) / error, `mean of ${name}`).toBeLessThan(3);
      expect(rhat(chains), `R-hat of ${name}`).toBeLessThan(1.01);
      const width = quantile(all, 0.95) - quantile(all, 0.05);
      expect(Math.abs(width / (stan['95%'] - stan['5%']) - 1), `90 % width of ${name}`).toBeLessThan(0.1);
      // This one's tail is so long (β ∝ 1/λ as λ nears 0) that the sd of 16,000 draws runs from 0.085 to 0.111 by the
      // seed, Stan's being 0.084: its sd has no first digit to compare.
      if (name === 'x2: beta') continue;
      expect(Math.abs(standardDeviation(all) / stan.sd - 1), `sd of ${name}`).toBeLessThan(0.1);
    }
    expect(fit.chains.reduce((sum, { sampler }) => sum + sampler.divergences, 0)).toBe(0);
  });

  it('have the contributions and the retention they were simulated with inside their 90 % intervals', () => {
    const { truth } = readJson<{ truth: { alpha: number[]; contribution: number[] } }>(
      'reference',
      'case09_stan_posterior.json',
    );
    model.channels.forEach(({ name }, c) => {
      expectInside90(contributions(model, fit, c), truth.contribution[c]!);
      expectInside90(drawsOf(fit, channelParameter(name, 'alpha')), truth.alpha[c]!);
    });
  });
});

describe.skipIf(!hasKnownData)('a small business with four channels that are often off', () => {
  it(
    'has the contributions and the retention it was simulated with inside their 90 % intervals',
    async () => {
      const model = smallBusinessModel();
      const fit = await fitMix(model, { seed: 1 });
      const truth = smallBusinessTruth();
      for (const name of fit.parameters) expect(rhat(chainsOf(fit, name)), name).toBeLessThan(1.01);
      SMALL_BUSINESS.forEach(({ column, alpha }, c) => {
        expectInside90(contributions(model, fit, c), truth[c]!);
        const draws = drawsOf(fit, channelParameter(column, 'alpha'));
        // A retention of 0 lies on the border of what is possible: its interval is open on that side.
        if (alpha === 0) expect(quantile(draws, 0.1)).toBeLessThan(0.02);
        else expectInside90(draws, alpha);
      });
    },
    MINUTES,
  );
});
