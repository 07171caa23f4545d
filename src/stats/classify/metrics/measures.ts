/** Scores as they are judged: probabilities, what happened, and the rows from the highest score down. */
export interface Judged {
  readonly y: Float64Array;
  readonly p: Float64Array;
  readonly order: Uint32Array;
  readonly threshold: number;
}

/** What a threshold and probabilities are worth, each a number or NaN where it does not exist. */
export interface Measures {
  readonly auc: number;
  readonly averagePrecision: number;
  readonly logLoss: number;
  readonly brier: number;
  /** Expected calibration error over ten equal widths of probability. */
  readonly calibrationError: number;
  /** Kolmogorov-Smirnov: the largest gap between the rates of true and of false positives. */
  readonly ks: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Matthews' correlation coefficient. */
  readonly mcc: number;
}

/** Counts at the threshold. */
export interface Confusion {
  readonly trueNegatives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly truePositives: number;
}

/** All measures, each row counted as often as `counts` says. */
export function measuresOf(judged: Judged, counts: ArrayLike<number>): Measures {
  return { ...rankMeasures(judged, counts), ...probabilityMeasures(judged, counts), ...decisions(judged, counts) };
}

export function confusionOf({ y, p, threshold }: Judged, counts: ArrayLike<number>): Confusion {
  let [trueNegatives, falsePositives, falseNegatives, truePositives] = [0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const count = counts[i]!;
    if (p[i]! >= threshold) {
      if (y[i] === 1) truePositives += count;
      else falsePositives += count;
    } else if (y[i] === 1) falseNegatives += count;
    else trueNegatives += count;
  }
  return { trueNegatives, falsePositives, falseNegatives, truePositives };
}

/** What depends on the sequence of scores alone, in one pass from the highest down. */
function rankMeasures({ y, p, order }: Judged, counts: ArrayLike<number>) {
  let [ones, zeros] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    if (y[i] === 1) ones += counts[i]!;
    else zeros += counts[i]!;
  }
  let [found, mistaken, pairs, precision, ks] = [0, 0, 0, 0, 0];
  for (let start = 0; start < order.length;) {
    let [tiedOnes, tiedZeros, end] = [0, 0, start];
    const score = p[order[start]!];
    for (; end < order.length && p[order[end]!] === score; end++) {
      const row = order[end]!;
      if (y[row] === 1) tiedOnes += counts[row]!;
      else tiedZeros += counts[row]!;
    }
    pairs += tiedZeros * (found + tiedOnes / 2);
    found += tiedOnes;
    mistaken += tiedZeros;
    if (tiedOnes > 0) precision += (tiedOnes * found) / (found + mistaken);
    ks = Math.max(ks, found / ones - mistaken / zeros);
    start = end;
  }
  const both = ones > 0 && zeros > 0;
  return { auc: both ? pairs / (ones * zeros) : NaN, averagePrecision: precision / ones, ks: both ? ks : NaN };
}

/** The least probability that a log loss is counted with: an impossible event costs 36, not everything. */
const LEAST = 2 ** -52;
const WIDTHS = 10;

function probabilityMeasures({ y, p }: Judged, counts: ArrayLike<number>) {
  let [rows, logLoss, brier] = [0, 0, 0];
  const [said, happened] = [new Float64Array(WIDTHS), new Float64Array(WIDTHS)];
  for (let i = 0; i < y.length; i++) {
    const [count, probability, outcome] = [counts[i]!, p[i]!, y[i]!];
    rows += count;
    logLoss -= count * Math.log(Math.max(LEAST, outcome === 1 ? probability : 1 - probability));
    brier += count * (probability - outcome) ** 2;
    const width = Math.min(WIDTHS - 1, Math.floor(WIDTHS * probability));
    said[width]! += count * probability;
    happened[width]! += count * outcome;
  }
  const gap = said.reduce((sum, value, width) => sum + Math.abs(value - happened[width]!), 0);
  return { logLoss: logLoss / rows, brier: brier / rows, calibrationError: gap / rows };
}

function decisions(judged: Judged, counts: ArrayLike<number>) {
  const { trueNegatives: tn, falsePositives: fp, falseNegatives: fn, truePositives: tp } = confusionOf(judged, counts);
  const root = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
  return {
    accuracy: (tp + tn) / (tp + tn + fp + fn),
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: (2 * tp) / (2 * tp + fp + fn),
    // By convention 0 where one side is empty.
    mcc: root > 0 ? (tp * tn - fp * fn) / root : 0,
  };
}
