import { seededRandom } from '../../../src/base/random';
import { dayOf, isoDate } from '../../../src/stats/mix/data/calendar';
import { prepareMix, type PreparedMix } from '../../../src/stats/mix/data/prepare';
import { adstockTransform } from '../../../src/stats/mix/transforms/adstock';

/** What {@link simulatedWeeks} was made from. */
export interface Truth {
  /** Total contribution of each channel. */
  readonly contribution: Readonly<Record<string, number>>;
}

/**
 * Weekly revenue of a shop made from known parameters: 400 + a rise of 100, a yearly wave of 60, search (α 0.3, brings up
 * to 240) and social (α 0.6, brings up to 160) by logistic curves, and noise of standard deviation 15.
 */
export function simulatedWeeks(rows: number, seed: number): PreparedMix & { readonly truth: Truth } {
  const random = seededRandom(seed);
  const spend = (): Float64Array => Float64Array.from({ length: rows }, () => 100 * random.uniform() ** 2);
  const channels = [
    { name: 'search', spend: spend(), alpha: 0.3, lambda: 4, most: 240 },
    { name: 'social', spend: spend(), alpha: 0.6, lambda: 3, most: 160 },
  ];
  const effects = channels.map(({ spend, alpha, lambda, most }) => {
    const lasting = new Float64Array(rows);
    const scale = Math.max(...spend);
    adstockTransform({ kind: 'geometric', maxLag: 8 }).apply(
      spend.map((x) => x / scale),
      [alpha],
      lasting,
    );
    return lasting.map((x) => most * Math.tanh((lambda * x) / 2));
  });
  const dates = Array.from({ length: rows }, (_, t) => isoDate(dayOf('2021-01-04') + 7 * t));
  const values = Float64Array.from({ length: rows }, (_, t) => {
    const baseline = 400 + (100 * t) / rows + 60 * Math.sin((2 * Math.PI * 7 * t) / 365.25);
    return baseline + effects[0]![t]! + effects[1]![t]! + 15 * random.normal();
  });
  const total = (c: number): number => effects[c]!.reduce((sum, value) => sum + value, 0);
  return {
    ...prepareMix({
      dates,
      outcome: { name: 'revenue', values },
      channels: channels.map(({ name, spend }) => ({ name, spend })),
    }),
    truth: { contribution: { search: total(0), social: total(1) } },
  };
}
