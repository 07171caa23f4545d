import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { sigmoid, logisticProbabilities } from '../../../src/stats/classify/logistic/model';
import { logistic } from '../../../src/stats/classify/logistic/logistic';
import { calibrationCurve } from '../../../src/stats/classify/metrics/calibration-curve';
import { gainsTable } from '../../../src/stats/classify/metrics/gains';
import { classifierMetrics } from '../../../src/stats/classify/metrics/metrics';
import { precisionRecallCurve } from '../../../src/stats/classify/metrics/precision-recall';
import { profitAt, profitThreshold } from '../../../src/stats/classify/metrics/profit';
import { areaUnderRoc, rocCurve } from '../../../src/stats/classify/metrics/roc';
import { isotonic, isotonicProbabilities } from '../../../src/stats/classify/calibrate/isotonic';
import { platt, plattProbabilities } from '../../../src/stats/classify/calibrate/platt';
import { input, isMissing, reference, telco } from './reference';

/** Scores drawn well calibrated, then what happened. */
function simulated(n: number, seed: number, shift = -1) {
  const random = seededRandom(seed);
  const p = Float64Array.from({ length: n }, () => sigmoid(shift + 1.5 * random.normal()));
  return { p, y: p.map((value) => Number(random.uniform() < value)) };
}

describe.skipIf(isMissing)('measures beside published numbers', () => {
  it('are those of the reference for its own logistic regression', () => {
    const known = reference<{ mle: { test_metrics: Record<string, number & number[]> } }>('11_logistic_telco').mle.test_metrics; // prettier-ignore
    const { train, test } = telco();
    const p = logisticProbabilities(logistic(train.y, train.predictors), test.predictors);
    const found = classifierMetrics(test.y, p);
    const pairs = {
      auc: found.auc.value,
      average_precision: found.averagePrecision.value,
      logloss: found.logLoss.value,
      brier: found.brier.value,
      ece10: found.calibrationError.value,
      ks: found.ks.value,
      accuracy_50: found.accuracy.value,
      precision_50: found.precision.value,
      recall_50: found.recall.value,
      f1_50: found.f1.value,
      mcc_50: found.mcc.value,
    };
    for (const [name, value] of Object.entries(pairs)) expect(value, name).toBeCloseTo(known[name]!, 9);
    expect(found.auc.value).toBeGreaterThanOrEqual(0.854);
    const { trueNegatives, falsePositives, falseNegatives, truePositives } = found.confusion;
    expect([
      [trueNegatives, falsePositives],
      [falseNegatives, truePositives],
    ]).toEqual(known.confusion_50);
    const gains = gainsTable(test.y, p);
    gains.forEach(({ response, lift }, at) => {
      expect(response).toBeCloseTo(known.decile_response![at]!, 9);
      expect(lift).toBeCloseTo(known.decile_lift![at]!, 9);
    });
    expect(gains[0]!.captured).toBeCloseTo(known.top_decile_capture!, 9);
    expect(areaUnderRoc(test.y, p).value).toBeCloseTo(known.auc!, 9);
  });

  it('calibrate as scikit-learn does', () => {
    const known = reference<Case13>('13_governance_telco');
    const { y, score, gbm } = input('telco_scores');
    for (const strategy of ['uniform', 'quantile'] as const) {
      const curve = calibrationCurve(y!, score!, { strategy });
      const there = known[`calibration_${strategy}`];
      expect(curve).toHaveLength(there.mean_pred.length);
      curve.forEach(({ said, happened, lower, upper }, at) => {
        expect(said).toBeCloseTo(there.mean_pred[at]!, 9);
        expect(happened).toBeCloseTo(there.frac_pos[at]!, 9);
        expect(lower).toBeLessThan(happened + 1e-12);
        expect(upper).toBeGreaterThan(happened - 1e-12);
      });
    }
    const { slope, intercept } = platt(y!, gbm!);
    expect(Math.abs(slope - known.platt_on_gbm_logit.slope)).toBeLessThan(1e-6);
    expect(Math.abs(intercept - known.platt_on_gbm_logit.intercept)).toBeLessThan(1e-6);
    const map = isotonic(y!, gbm!);
    expect(map.at).toHaveLength(known.isotonic_on_gbm.n_knots);
    isotonicProbabilities(map, known.isotonic_on_gbm.at).forEach((value, k) => {
      expect(value).toBeCloseTo(known.isotonic_on_gbm.values[k]!, 9);
    });
  });
});

describe('the measures of a classifier', () => {
  it('hold the true area under ROC as often as the interval says', () => {
    // P(a one scores above a zero) for these scores, from 300,000 draws.
    const { y, p } = simulated(300_000, 99);
    const truth = areaUnderRoc(y, p).value;
    let inside = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const sample = simulated(300, seed);
      const { lower, upper } = areaUnderRoc(sample.y, sample.p);
      inside += Number(lower <= truth && truth <= upper);
    }
    // 200 times 90 %: 180 ± 3 · 4.2.
    expect(inside).toBeGreaterThan(167);
    expect(inside).toBeLessThan(193);
  });

  it('agree between DeLong’s error and resamples', () => {
    const { y, p } = simulated(1500, 5);
    const exact = areaUnderRoc(y, p);
    const { auc } = classifierMetrics(y, p);
    expect(auc.value).toBeCloseTo(exact.value, 12);
    expect(auc.standardError / exact.standardError).toBeGreaterThan(0.88);
    expect(auc.standardError / exact.standardError).toBeLessThan(1.12);
  });

  it('count pairs, ties as half, as by brute force', () => {
    const random = seededRandom(3);
    const p = Float64Array.from({ length: 120 }, () => Math.round(10 * random.uniform()) / 10);
    const y = p.map((value) => Number(random.uniform() < value));
    let [pairs, right] = [0, 0];
    for (let i = 0; i < 120; i++) {
      for (let j = 0; j < 120; j++) {
        if (y[i] !== 1 || y[j] !== 0) continue;
        pairs++;
        right += p[i]! > p[j]! ? 1 : p[i] === p[j] ? 0.5 : 0;
      }
    }
    expect(areaUnderRoc(y, p).value).toBeCloseTo(right / pairs, 12);
    expect(classifierMetrics(y, p).auc.value).toBeCloseTo(right / pairs, 12);
    const curve = rocCurve(y, p);
    const area = curve.slice(1).reduce((sum, point, k) => {
      const before = curve[k]!;
      const width = point.falsePositiveRate - before.falsePositiveRate;
      return sum + (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
    }, 0);
    expect(area).toBeCloseTo(right / pairs, 12);
    const steps = precisionRecallCurve(y, p);
    const average = steps.reduce((sum, { precision, recall }, k) => sum + precision * (recall - (steps[k - 1]?.recall ?? 0)), 0); // prettier-ignore
    expect(classifierMetrics(y, p).averagePrecision.value).toBeCloseTo(average, 12);
  });

  it('do not depend on the sequence of rows', () => {
    const { y, p } = simulated(400, 6);
    const back = [y.toReversed(), p.toReversed()] as const;
    const [here, there] = [classifierMetrics(y, p), classifierMetrics(...back)];
    for (const name of ['auc', 'averagePrecision', 'logLoss', 'brier', 'ks', 'mcc'] as const) {
      expect(there[name].value).toBeCloseTo(here[name].value, 12);
    }
    expect(gainsTable(...back)[0]!.lift).toBeCloseTo(gainsTable(y, p)[0]!.lift, 12);
  });

  it('hold the value itself, also of a calibration error, which drawing again makes larger', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const p = Float64Array.from({ length: 300 }, () => 0.1 + 0.8 * random.uniform());
      const y = Array.from(p, (chance) => Number(random.uniform() < chance));
      const { value, lower, upper } = classifierMetrics(y, p, { resamples: 100 }).calibrationError;
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(lower).toBeLessThanOrEqual(value);
      expect(upper).toBeGreaterThanOrEqual(value);
    }
  });

  it('give no interval where resamples lack a kind of row, and an honest one where the ranking is perfect', () => {
    const p = Float64Array.from({ length: 50 }, (_, i) => i / 50);
    const one = p.map((_, i) => Number(i === 49));
    const { auc, recall } = classifierMetrics(one, p);
    expect(auc.value).toBe(1);
    expect(auc.lower).toBeUndefined();
    expect(recall.upper).toBeUndefined();
    const perfect = areaUnderRoc(p.map((value) => Number(value >= 0.8)), p); // prettier-ignore
    expect(perfect).toMatchObject({ value: 1, upper: 1 });
    expect(perfect.lower).toBeGreaterThan(0.7);
    expect(perfect.lower).toBeLessThan(0.95);
  });

  it('refuse scores that are no probabilities', () => {
    expect(() => classifierMetrics([0, 1], [0.2, 1.2])).toThrow('The probability in row 2 is 1.2');
    expect(() => classifierMetrics([0, 1], [0.2])).toThrow('There are 1 probabilities for 2 outcomes');
    expect(() => classifierMetrics([1, 1], [0.2, 0.4])).toThrow('The outcome is 1 in all 2 rows');
    expect(() => areaUnderRoc([0, 1], [null, 1] as never)).toThrow('no number among the scores in row 1');
    expect(() => areaUnderRoc([0, 1], [NaN, 1])).toThrow('no number among the scores in row 1');
    expect(() => gainsTable([0, 1], [0.2, 0.4])).toThrow('cannot be divided into 10 parts');
  });
});

describe('calibration', () => {
  it('recovers the map that spoilt the probabilities', () => {
    const { y, p } = simulated(20_000, 8);
    const spoilt = p.map((value) => sigmoid(2 * Math.log(value / (1 - value)) + 0.6));
    const { slope, intercept } = platt(y, spoilt);
    expect(slope).toBeCloseTo(0.5, 1);
    expect(intercept).toBeCloseTo(-0.3, 1);
    const later = simulated(20_000, 9);
    const wrong = later.p.map((value) => sigmoid(2 * Math.log(value / (1 - value)) + 0.6));
    const error = (q: Float64Array): number => classifierMetrics(later.y, q, { resamples: 100 }).calibrationError.value;
    expect(error(wrong)).toBeGreaterThan(0.08);
    expect(error(plattProbabilities({ slope, intercept }, wrong))).toBeLessThan(0.02);
    expect(error(isotonicProbabilities(isotonic(y, spoilt), wrong))).toBeLessThan(0.02);
  });

  it('by isotonic maps is the closest that never falls, as by brute force', () => {
    const random = seededRandom(4);
    for (let trial = 0; trial < 30; trial++) {
      const scores = Float64Array.from({ length: 9 }, () => Math.round(6 * random.uniform()));
      const y = [0, 1, ...Array.from({ length: 7 }, () => random.integer(2))];
      const fitted = isotonicProbabilities(isotonic(y, scores), scores);
      const levels = [...new Set(scores)].sort((a, b) => a - b);
      // The max-min formula: the largest mean over what begins at or below, of the least over what ends at or above.
      levels.forEach((level) => {
        const mean = (from: number, to: number): number => {
          const rows = y.filter((_, i) => scores[i]! >= from && scores[i]! <= to);
          return rows.reduce((sum, value) => sum + value, 0) / rows.length;
        };
        const from = levels.filter((other) => other <= level);
        const to = levels.filter((other) => other >= level);
        const best = Math.max(...from.map((low) => Math.min(...to.map((high) => mean(low, high)))));
        expect(fitted[scores.indexOf(level)]).toBeCloseTo(best, 12);
      });
    }
  });
});

describe('the threshold that earns most', () => {
  it('is near cost over benefit for probabilities that are right, and beats everybody and nobody', () => {
    const { y, p } = simulated(40_000, 10);
    const found = profitThreshold(y, p, { benefit: 10, cost: 2 }, { resamples: 200 });
    expect(found.breakEven).toBe(0.2);
    expect(Math.abs(found.threshold - 0.2)).toBeLessThan(0.05);
    expect(found.gain.lower).toBeGreaterThan(0);
    const byHand = p.reduce((sum, value, i) => sum + (value >= found.threshold ? 10 * y[i]! - 2 : 0), 0);
    expect(found.profit.value).toBeCloseTo(byHand, 6);
    expect(Math.max(...found.curve.map(({ profit }) => profit))).toBe(found.profit.value);
    const later = simulated(40_000, 11);
    const there = profitAt(later.y, later.p, found.threshold, { benefit: 10, cost: 2 }, { resamples: 200 });
    expect(there.profit.value).toBeGreaterThan(0.9 * found.profit.value);
    const [low, high] = [found.profit.lower!, found.profit.upper!];
    expect(low < found.profit.value && found.profit.value < high).toBe(true);
  });

  it('contacts nobody where a contact costs more than it brings', () => {
    const found = profitThreshold([0, 1, 0, 1], [0.1, 0.6, 0.3, 0.5], { benefit: 1, cost: 5 }, { resamples: 100 });
    expect(found).toMatchObject({ threshold: Infinity, contacted: 0, share: 0 });
    expect(found.profit.value).toBe(0);
    expect(() => profitThreshold([0, 1], [0.1, 0.2], { benefit: 1, cost: 0 })).toThrow(
      'The cost of a contact must be above 0',
    );
  });
});

interface Case13 {
  calibration_uniform: { mean_pred: number[]; frac_pos: number[] };
  calibration_quantile: { mean_pred: number[]; frac_pos: number[] };
  platt_on_gbm_logit: { slope: number; intercept: number };
  isotonic_on_gbm: { at: number[]; values: number[]; n_knots: number };
}
