import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { essBulk, essMean, essQuantile, essTail } from '../../../src/stats/sampling/ess';
import { mcseMean, mcseQuantile } from '../../../src/stats/sampling/mcse';
import { rhat } from '../../../src/stats/sampling/rhat';

const reference = resolve(import.meta.dirname, '../../../../shared/reference/mix/case12_rhat_ess.json');

interface Case {
  readonly draws: number[][];
  readonly rhat: number;
  readonly ess_bulk: number;
  readonly ess_tail: number;
  readonly ess_mean: number;
  readonly ess_q05: number;
  readonly mcse_mean: number;
  readonly mcse_q05: number;
}

describe.skipIf(!existsSync(reference))('the convergence diagnostics of the R package posterior', () => {
  const cases = existsSync(reference) ? (JSON.parse(readFileSync(reference, 'utf8')) as Record<string, Case>) : {};

  it.each(['ar03', 'ar09_shifted', 'cauchy'])('are reproduced on %s', (name) => {
    const { draws, ...expected } = cases[name]!;
    const chains = draws[0]!.map((_, c) => Float64Array.from(draws, (row) => row[c]!));
    const close = (ours: number, theirs: number): void => expect(Math.abs(ours / theirs - 1)).toBeLessThan(1e-9);
    close(rhat(chains), expected.rhat);
    close(essBulk(chains), expected.ess_bulk);
    close(essTail(chains), expected.ess_tail);
    close(essMean(chains), expected.ess_mean);
    close(essQuantile(chains, 0.05), expected.ess_q05);
    close(mcseMean(chains), expected.mcse_mean);
    close(mcseQuantile(chains, 0.05), expected.mcse_q05);
  });
});

describe('the effective number of draws', () => {
  it('is that of the theory for an autoregression', () => {
    const random = seededRandom(1);
    const chains = Array.from({ length: 4 }, () => {
      const chain = new Float64Array(20_000);
      for (let t = 1; t < chain.length; t++) chain[t] = 0.6 * chain[t - 1]! + random.normal();
      return chain;
    });
    expect(essMean(chains) / 80_000 / (0.4 / 1.6)).toBeCloseTo(1, 1);
    expect(rhat(chains)).toBeLessThan(1.001);
  });

  it('refuses draws that do not vary, are too few, uneven or not finite', () => {
    const flat = new Float64Array(10);
    expect(() => essBulk([flat])).toThrow('do not vary');
    expect(() => rhat([flat])).toThrow('do not vary');
    expect(() => essBulk([flat.subarray(0, 3)])).toThrow('at least 4 draws');
    expect(() => essMean([Float64Array.of(1, 2, 1, 2)])).toThrow('8 draws a chain');
    expect(() => rhat([flat, flat.subarray(1)])).toThrow('Chain 2 has 9 draws');
    expect(() => mcseMean([Float64Array.of(1, 2, 3, NaN, 5, 6, 7, 8)])).toThrow('Draw 4 of chain 1 is NaN');
  });
});
