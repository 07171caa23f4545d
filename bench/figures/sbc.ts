import { calibrate, calibrationModel, chiSquared, coverage90 } from '../../test/stats/mix/calibration';
import type { Bench } from '../figure';

const SETS = 200;
/** χ² with 9 degrees of freedom is above this once in 1000. */
const UNLIKELY = 27.88;

/** Simulation-based calibration of the mix model: how often 90 % intervals hold the truth, and how evenly it ranks. */
export const sbc: Bench = () => {
  const result = calibrate(calibrationModel(104), { sets: SETS, warmup: 500, draws: 119, thin: 5, seed: 1000 });
  const rows = result.names.map((name) => {
    const ranks = result.ranks[name]!;
    return { name, coverage: coverage90(result, ranks), uneven: chiSquared(result, ranks, 10) };
  });
  const all = coverage90(
    result,
    result.names.flatMap((name) => result.ranks[name]!),
  );
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const [least, most] = [Math.min, Math.max].map((end) => end(...rows.map((row) => row.coverage)));
  const worst = rows.reduce((a, b) => (b.uneven > a.uneven ? b : a));
  return Promise.resolve([
    {
      what: `coverage of 90 % intervals, ${SETS} simulated sets, ${rows.length} parameters`,
      ours: `${percent(all)}; by parameter ${percent(least!)} to ${percent(most!)}; ${result.divergences} divergences`,
      reach: '85–95 %',
      met: least! >= 0.85 && most! <= 0.95,
    },
    {
      what: 'evenness of ranks, χ² in 10 bins, largest of all parameters',
      ours: `${worst.uneven.toFixed(1)} (${worst.name})`,
      reach: `≤ ${UNLIKELY}`,
      met: worst.uneven <= UNLIKELY,
    },
    ...rows.map(({ name, coverage, uneven }) => ({
      what: name,
      ours: `coverage ${percent(coverage)}, χ² ${uneven.toFixed(1)}`,
    })),
  ]);
};
