import { seededRandom } from '../../src/base/random';
import type { PlannedChannel } from '../../src/stats/mix/budget/channel';
import { calendarCurve, steadyCurve } from '../../src/stats/mix/budget/channel-curve';
import type { ResponseCurve } from '../../src/stats/mix/budget/curve';
import { optimizeBudget } from '../../src/stats/mix/budget/optimize';
import { planForReturn } from '../../src/stats/mix/budget/target';
import type { Bench, Figure } from '../figure';
import { cpuSeconds } from '../cpu';

const DRAWS = 1000;
const CHANNELS = 10;
const ROWS = 13;

/** A budget spread over 10 channels with 1,000 draws each: concave, S-shaped, over a calendar, and to a target return. */
export const budget: Bench = async () => {
  const measure = (what: string, curves: readonly ResponseCurve[], reach: boolean): Figure => {
    const spend = 5 * 1000 * ROWS;
    const bounds = curves.map(() => ({ lower: 0, upper: 5000 * ROWS }));
    const taken = cpuSeconds(7, () => optimizeBudget(curves, { budget: spend, bounds }));
    const figure = { what: `${what}: ${DRAWS} draws × ${CHANNELS} channels`, ours: `${taken.toFixed(3)} CPU s` };
    return reach
      ? { ...figure, rival: '30–40 s (a peer’s grid search)', reach: '0.2 CPU s', met: taken <= 0.2 }
      : figure;
  };
  const shares = Array.from({ length: ROWS }, () => 1 / ROWS);
  const steady = (s: number) => channels(s).map((channel) => steadyCurve(channel, ROWS));
  const target = cpuSeconds(7, () =>
    planForReturn(
      steady(0.7),
      2,
      Array.from({ length: CHANNELS }, () => ({ lower: 0, upper: 5000 * ROWS })),
    ),
  );
  return [
    measure('budget, concave Hill curves', steady(0.7), true),
    measure('budget, S-shaped Hill curves', steady(2), true),
    measure(
      'budget over a calendar of 13 weeks',
      channels(0.7).map((channel) => calendarCurve(channel, shares)),
      false,
    ),
    { what: `target return: ${DRAWS} draws × ${CHANNELS} channels`, ours: `${target.toFixed(3)} CPU s` },
  ];
};

/** Channels with Hill curves of about the given slope and geometric adstock, their parameters drawn about known ones. */
function channels(hillSlope: number): PlannedChannel[] {
  const random = seededRandom(1);
  return Array.from({ length: CHANNELS }, (_, c) => {
    const around = (centre: number, share: number) =>
      Float64Array.from({ length: DRAWS }, () => centre * Math.exp(share * random.normal()));
    const spend = Float64Array.from({ length: 208 }, () => 2000 * random.uniform());
    return {
      name: `channel ${c + 1}`,
      adstock: { kind: 'geometric', maxLag: 8 },
      saturation: { kind: 'hill' },
      adstockDraws: [Float64Array.from({ length: DRAWS }, () => 0.2 + 0.5 * random.uniform())],
      saturationDraws: [around(hillSlope, 0.1), around(0.5 + random.uniform(), 0.2)],
      effect: around(2000 + 4000 * random.uniform(), 0.2),
      media: spend.map((value) => value / 2000),
      spend,
      mediaPerSpend: 1 / 2000,
    };
  });
}
