import { expect, it } from 'vitest';
import { calibrate, calibrationModel, chiSquared, coverage90, otherKindsModel } from './calibration';

// 200 sets of each are run by `npm run bench -- sbc`.
it.each([
  ['geometric and delayed channels', calibrationModel, 19],
  ['channels of every other kind, and a lift test', otherKindsModel, 22],
] as const)(
  'the truth ranks evenly among the draws of 20 simulated sets: %s',
  (_, modelOf, parameters) => {
    const result = calibrate(modelOf(60), { sets: 20, warmup: 200, draws: 59, thin: 3, seed: 100 });
    const all = result.names.flatMap((name) => result.ranks[name]!);
    expect(all.length).toBe(20 * parameters);
    expect(coverage90(result, all)).toBeGreaterThan(0.85);
    expect(coverage90(result, all)).toBeLessThan(0.95);
    // Four degrees of freedom: above 20 once in 2000; some 20 parameters.
    for (const name of result.names) expect(chiSquared(result, result.ranks[name]!, 5), name).toBeLessThan(20);
  },
  120_000,
);
