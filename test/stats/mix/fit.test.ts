import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { mixSampler, sampleMixChain, type MixChainState } from '../../../src/stats/mix/chains';
import { chainSeeds, fitMix, type FitProgress } from '../../../src/stats/mix/fit';
import { parameterNames, type MixModel } from '../../../src/stats/mix/model';
import { mcseMean } from '../../../src/stats/sampling/mcse';
import { rhat } from '../../../src/stats/sampling/rhat';
import { mean, standardDeviation } from '../../../src/stats/summary/moments';
import { contributions } from './contributions';
import { drawFromPrior } from './prior-predictive';
import { modelOf } from './synthetic';

const SHORT = { chains: 2, warmup: 60, draws: 40, seed: 3 };

describe('a fit', () => {
  const model = modelOf(60, 2, 1);

  it('gives the same draws for the same seed, in one thread or chain by chain', async () => {
    const fit = await fitMix(model, SHORT);
    expect(fit.parameters).toEqual(parameterNames(model));
    expect(fit.chains.map((chain) => chain.seed)).toEqual(chainSeeds(3, 2));
    expect(await fitMix(model, SHORT)).toEqual(fit);
    const alone = chainSeeds(3, 2).map((seed) => sampleMixChain(model, { warmup: 60, draws: 40, seed }));
    expect(alone).toEqual(fit.chains);
    const elsewhere = await fitMix(model, {
      ...SHORT,
      runChain: (given, options) => Promise.resolve(sampleMixChain(structuredClone(given), options)),
    });
    expect(elsewhere).toEqual(fit);
    expect(fit.chains[0]!.columns).not.toEqual(fit.chains[1]!.columns);
  }, 30_000);

  it('draws the same when a chain moves from thread to thread, in the warm-up, at a window’s end or among the draws', () => {
    const options = { warmup: 60, draws: 40, seed: 3 };
    for (const pauses of [[1], [7, 8], [54, 1, 5, 1], [60], [61, 20], [99]]) {
      let chain = mixSampler(model).start(options);
      for (const transitions of pauses) {
        chain.advance(transitions);
        const state: MixChainState = structuredClone(chain.state());
        chain = mixSampler(structuredClone(model)).resume(state);
      }
      while (chain.advance(1));
      expect(chain.result(), `paused after ${pauses.join(', ')}`).toEqual(sampleMixChain(model, options));
    }
  }, 30_000);

  it('has every parameter in every chain, as many draws as asked, all finite', async () => {
    const { chains, parameters } = await fitMix(model, SHORT);
    for (const { columns, sampler } of chains) {
      expect(Object.keys(columns)).toEqual(parameters);
      for (const draws of Object.values(columns)) {
        expect(draws.length).toBe(40);
        expect(draws.every(Number.isFinite)).toBe(true);
      }
      expect(sampler.gradientEvaluations).toBeGreaterThan(100);
      expect(sampler.energy.length).toBe(40);
    }
  });

  it('tells how far it is', async () => {
    const told: FitProgress[] = [];
    const { chains } = await fitMix(model, { ...SHORT, onProgress: (progress) => told.push(progress) });
    const last = told.filter(({ chain }) => chain === 1).at(-1)!;
    expect(last).toMatchObject({ done: 100, total: 100, chain: 1, chains: 2 });
    expect(last.gradientEvaluations).toBe(chains[1]!.sampler.gradientEvaluations);
  });

  it('goes on from an earlier fit of older data: the same answer for less warm-up', async () => {
    const newer = modelOf(100, 2, 1);
    const older: MixModel = {
      ...newer,
      outcome: newer.outcome.slice(0, 80),
      baseline: { ...newer.baseline, columns: newer.baseline.columns.map((column) => column.slice(0, 80)) },
      channels: newer.channels.map((channel) => ({
        ...channel,
        media: channel.media.slice(0, 80),
        spend: channel.spend.slice(0, 80),
      })),
    };
    const options = { chains: 2, draws: 800, seed: 5 };
    const cold = await fitMix(newer, options);
    const warm = await fitMix(newer, { ...options, from: await fitMix(older, options) });
    expect(warm.chains[0]!.sampler.warmup).toBe(400);
    expect(cold.chains[0]!.sampler.warmup).toBe(1000);
    const draws = (fit: typeof cold, name: string): Float64Array[] => fit.chains.map(({ columns }) => columns[name]!);
    for (const name of cold.parameters) {
      const [a, b] = [draws(cold, name), draws(warm, name)];
      const difference = mean(a.flatMap((chain) => [...chain])) - mean(b.flatMap((chain) => [...chain]));
      // Four standard errors: some twenty parameters are looked at.
      expect(Math.abs(difference), name).toBeLessThan(4 * Math.hypot(mcseMean(a), mcseMean(b)));
      expect(rhat([...a, ...b]), name).toBeLessThan(1.03);
    }
    const evaluations = (fit: typeof cold): number =>
      fit.chains.reduce((sum, { sampler }) => sum + sampler.gradientEvaluations, 0);
    expect(evaluations(warm)).toBeLessThan(evaluations(cold));
  }, 120_000);

  it('starts from the priors where an earlier fit knows nothing, or nothing possible', async () => {
    const earlier = await fitMix(model, SHORT);
    const strange = {
      ...earlier,
      chains: earlier.chains.map((chain) => ({
        ...chain,
        columns: { sigma: Float64Array.of(-1), other: Float64Array.of(3) },
      })),
    };
    const fit = await fitMix(model, { ...SHORT, from: strange });
    expect(fit.chains.every(({ columns }) => columns.sigma!.every(Number.isFinite))).toBe(true);
  });

  it('stops when it is asked to', async () => {
    const controller = new AbortController();
    const running = fitMix(model, {
      chains: 1,
      warmup: 1000,
      draws: 1_000_000,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    await expect(fitMix(model, { signal: AbortSignal.abort() })).rejects.toThrow('The fit was stopped');
  });

  it('says little, but says it, of 10 rows and more unknowns', async () => {
    const { chains } = await fitMix(modelOf(10, 3, 2), { chains: 1, warmup: 300, draws: 300 });
    const [{ columns, sampler }] = chains as [(typeof chains)[0]];
    expect(Object.values(columns).every((draws) => draws.every(Number.isFinite))).toBe(true);
    expect(sampler.divergences).toBeLessThan(3);
    // The priors are all there is: retention has about the mean ¼ of its prior, and its spread.
    expect(Math.abs(mean(columns['channel 1: alpha']!) - 0.25)).toBeLessThan(0.08);
  }, 30_000);

  it('refuses senseless counts, and a model that cannot be fitted', async () => {
    await expect(fitMix(model, { chains: 0 })).rejects.toThrow('not 0');
    await expect(fitMix(model, { draws: 0 })).rejects.toThrow('not 0');
    await expect(fitMix({ ...model, outcome: new Float64Array(0) })).rejects.toThrow('no rows');
  });
});

describe('a lift test', () => {
  it('moves what is believed of its channel to what it found, as sure as it was', async () => {
    const { model } = drawFromPrior(modelOf(80, 2, 5), seededRandom(8));
    const counts = { chains: 2, warmup: 300, draws: 500 };
    const totals = async (given: MixModel): Promise<Float64Array> =>
      contributions(given, await fitMix(given, counts), 0);
    const before = await totals(model);
    const standardError = standardDeviation(before) / 10;
    const found = mean(before) + 1.5 * standardDeviation(before);
    const scaled = { outcome: found / model.outcomeScale, standardError: standardError / model.outcomeScale };
    // The whole history as one test: the media of all rows, against none.
    const lift = { channel: 'channel 1', from: 0, to: 80, until: 80, ...scaled };
    const after = await totals({ ...model, liftTests: [lift] });
    expect(Math.abs(mean(after) - found) / standardError).toBeLessThan(1);
    expect(standardDeviation(after) / standardError).toBeCloseTo(1, 0);
  }, 60_000);
});
