import { describe, expect, it } from 'vitest';
import { firstRows } from '../../../src/stats/mix/evaluate/forecast';
import { priorDraws } from '../../../src/stats/mix/evaluate/prior-draws';
import { fitMix } from '../../../src/stats/mix/fit';
import { driftBetween } from '../../../src/stats/mix/refresh/drift';
import { dataFingerprint } from '../../../src/stats/mix/refresh/fingerprint';
import { readMix, writeMix } from '../../../src/stats/mix/refresh/save';
import { decompose } from '../../../src/stats/mix/results/decomposition';
import { channelReturns } from '../../../src/stats/mix/results/returns';
import { simulatedWeeks } from './simulated';

const weeks = simulatedWeeks(100, 4);
const draws = priorDraws(weeks.model, 60, 3);

describe('a saved fit', () => {
  const text = writeMix(weeks, draws, { levain: '1.2.3' });

  it('comes back bit for bit, and gives the same tables', () => {
    const { prepared, draws: again, versions } = readMix(text);
    const { truth: _, ...whole } = weeks;
    expect(prepared).toEqual(whole);
    expect(again).toEqual(draws);
    expect(versions).toEqual({ levain: '1.2.3' });
    expect(decompose(prepared.model, again)).toEqual(decompose(weeks.model, draws));
    expect(channelReturns(prepared.model, again)).toEqual(channelReturns(weeks.model, draws));
  });

  it('names its seeds, priors and the fingerprint of its data', () => {
    const saved = JSON.parse(text) as {
      seeds: number[];
      fingerprint: string;
      model: { channels: { priors: unknown }[] };
    };
    expect(saved.seeds).toEqual([3]);
    expect(saved.fingerprint).toBe(dataFingerprint(weeks));
    expect(saved.model.channels[0]!.priors).toEqual(weeks.model.channels[0]!.priors);
  });

  it('keeps what JSON has no word for', () => {
    const [chain] = draws.chains;
    const energy = Float64Array.of(Infinity, -Infinity, -0, 1e-320, 0.1 + 0.2);
    const odd = { ...draws, chains: [{ ...chain!, sampler: { ...chain!.sampler, energy } }] };
    const back = readMix(writeMix(weeks, odd)).draws.chains[0]!.sampler.energy;
    expect(Array.from(back).every((value, i) => Object.is(value, energy[i]))).toBe(true);
  });

  it('has another fingerprint for any other number', () => {
    const { model } = weeks;
    const outcome = model.outcome.slice();
    outcome[50]! *= 1 + 2 ** -52;
    expect(dataFingerprint({ ...weeks, model: { ...model, outcome } })).not.toBe(dataFingerprint(weeks));
    const renamed = { ...model, channels: model.channels.map((c, i) => (i === 0 ? { ...c, name: 'x' } : c)) };
    expect(dataFingerprint({ ...weeks, model: renamed })).not.toBe(dataFingerprint(weeks));
  });

  it('is refused when it is something else, cut off, changed or newer', () => {
    const change = (edit: (saved: Record<string, never>) => void): string => {
      const saved = JSON.parse(text) as Record<string, never>;
      edit(saved);
      return JSON.stringify(saved);
    };
    expect(() => readMix('{}')).toThrow(/does not say that it is one/);
    expect(() => readMix('[1]')).toThrow(/not a saved mix model/);
    expect(() => readMix(text.slice(0, -20))).toThrow(/not whole JSON/);
    expect(() => readMix(change((saved) => delete saved.model))).toThrow(/part of it is missing/);
    expect(() => readMix(change((saved) => ((saved.model as { outcome: number[] }).outcome[3] = 0.5)))).toThrow(
      /was changed/,
    );
    expect(() =>
      readMix(
        change(
          (saved) =>
            delete (saved.draws as { chains: { columns: Record<string, unknown> }[] }).chains[0]!.columns.sigma,
        ),
      ),
    ).toThrow(/not a saved mix model/);
    expect(() => readMix(change((saved) => ((saved as unknown as { levainMix: number }).levainMix = 9)))).toThrow(
      /form 9.*up to form 1/,
    );
  });
});

describe('drift', () => {
  it('between a fit and itself is none', () => {
    const { rows, added, gone } = driftBetween({ ...weeks, draws }, { ...weeks, draws });
    expect(rows.map(({ channel, measure, shift }) => [channel, measure, shift])).toEqual([
      ['search', 'ROI', 0],
      ['social', 'ROI', 0],
    ]);
    expect([added, gone]).toEqual([[], []]);
  });

  it('names channels that came and went', () => {
    const [search, social] = weeks.model.channels;
    const only = { ...weeks.model, channels: [search!] };
    const other = { ...weeks.model, channels: [{ ...social!, spend: new Float64Array(100) }] };
    const both = { model: weeks.model, draws };
    expect(driftBetween({ model: only, draws: priorDraws(only, 20) }, both)).toMatchObject({
      added: ['social'],
      gone: [],
    });
    expect(driftBetween(both, { model: other, draws: priorDraws(other, 20) })).toMatchObject({
      rows: [{ channel: 'social', measure: 'contribution a row' }],
      gone: ['search'],
    });
  });

  it('is small when more of the same comes, and shows a channel that stopped working', async () => {
    const options = { chains: 1, warmup: 300, draws: 300, seed: 2 };
    const { model } = simulatedWeeks(156, 12);
    const early = firstRows(model, 104);
    const before = { model: early, draws: await fitMix(early, options) };
    const calm = driftBetween(before, { model, draws: await fitMix(model, options) });
    for (const { shift } of calm.rows) expect(Math.abs(shift)).toBeLessThan(2);
    // The same revenue, told with three times the money: what a unit of it brings falls to a third.
    const dear = {
      ...model,
      channels: model.channels.map((c) => (c.name === 'social' ? { ...c, spend: c.spend.map((x) => 3 * x) } : c)),
    };
    const drift = driftBetween(before, { model: dear, draws: await fitMix(dear, options) });
    expect(drift.rows.find(({ channel }) => channel === 'social')!.shift).toBeLessThan(-2);
    expect(Math.abs(drift.rows.find(({ channel }) => channel === 'search')!.shift)).toBeLessThan(2);
  }, 60_000);
});
