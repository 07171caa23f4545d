import {
  calibrate,
  calibrationModel,
  chiSquared,
  coverage90,
  otherKindsModel,
  type Calibration,
} from '../../test/stats/mix/calibration';
import type { Bench, Figure } from '../figure';

const SETS = 200;
/** Where the coverage of one parameter in 200 sets stays 999 times in 1000 when its true one is 90 %. */
const [LEAST, MOST] = [0.83, 0.96];
/** χ² with 9 degrees of freedom is above this once in 1000. */
const UNLIKELY = 27.88;

const MODELS = {
  'geometric and delayed adstock; logistic, Hill and Michaelis-Menten saturation': calibrationModel,
  'Weibull, binomial and no adstock; tanh, logistic, Hill and no saturation; a lift test': otherKindsModel,
};

/** Simulation-based calibration of the mix model: how often 90 % intervals hold the truth, and how evenly it ranks. */
export const sbc: Bench = async function* () {
  for (const [kinds, modelOf] of Object.entries(MODELS)) {
    await Promise.resolve();
    yield* figuresOf(kinds, calibrate(modelOf(104), { sets: SETS, warmup: 500, draws: 119, thin: 5, seed: 1000 }));
  }
};

function figuresOf(kinds: string, result: Calibration): Figure[] {
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
  return [
    {
      what: `${kinds}: coverage of 90 % intervals, ${SETS} simulated sets, ${rows.length} parameters together`,
      ours: `${percent(all)}, ${result.divergences} divergences`,
      reach: '85–95 %',
      met: all >= 0.85 && all <= 0.95,
    },
    {
      what: 'the same, one parameter at a time',
      ours: `${percent(least!)} to ${percent(most!)}`,
      reach: `${percent(LEAST)} to ${percent(MOST)}`,
      met: least! >= LEAST && most! <= MOST,
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
  ];
}
