import { LevainError } from '../../../base/problem';
import { seededRandom } from '../../../base/random';
import { normalQuantile } from '../../distributions/normal';
import { checkConfidence } from '../../intervals/interval';
import { checkFeatures, type Feature } from '../features';
import { measuresOf, type Measures } from '../metrics/measures';
import { ranking } from '../metrics/ranking';
import { binaryOutcome, checkProbabilities, type Outcome } from '../outcome';

export interface ImportanceOptions {
  /** How often each column is shuffled, 20 when not given. */
  readonly repeats?: number;
  /** What is lost: `auc` (when not given), `averagePrecision`, `logLoss` or `brier`. */
  readonly metric?: 'auc' | 'averagePrecision' | 'logLoss' | 'brier';
  readonly confidence?: number;
  readonly seed?: number;
}

export interface Importance {
  readonly name: string;
  /** How much worse the metric becomes without what the column says, the mean over shuffles. */
  readonly value: number;
  /** The standard deviation over shuffles. */
  readonly deviation: number;
  /** Where one shuffle in so many falls: value ± z · deviation. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Permutation importance: how much worse a model judges rows when the values of one column are shuffled among them. Of
 * columns that say the same, each looks unimportant, since the other still speaks.
 *
 * Source: Breiman (2001), "Random forests", Machine Learning 45; Fisher, Rudin and Dominici (2019), JMLR 20.
 *
 * @param y zeros and ones of rows that the model has not seen
 * @param features their columns
 * @param predict gives the probability of each row from columns like these
 * @returns from the most important down
 * @throws LevainError `bad-parameter`, `single-class`, `not-binary`, `unequal-lengths`
 * @example permutationImportance([0, 1], [{ name: 'x', values: [0, 1] }], () => [0.2, 0.8], { repeats: 2 })[0].value // => 0
 */
export function permutationImportance(
  y: Outcome,
  features: readonly Feature[],
  predict: (features: readonly Feature[]) => ArrayLike<number>,
  options: ImportanceOptions = {},
): Importance[] {
  const { repeats = 20, metric = 'auc', confidence = 0.9, seed = 1 } = options;
  checkConfidence(confidence);
  if (!(Number.isInteger(repeats) && repeats >= 2)) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `Columns must be shuffled at least twice, not ${repeats} times.`,
    });
  }
  const outcome = binaryOutcome(y);
  const n = outcome.length;
  checkFeatures(features, n);
  const counts = new Uint32Array(n).fill(1);
  const badness = (columns: readonly Feature[]): number => {
    const p = checkProbabilities(predict(columns), n);
    const measures: Measures = measuresOf({ y: outcome, p, order: ranking(p), threshold: 0.5 }, counts);
    return metric === 'auc' || metric === 'averagePrecision' ? -measures[metric] : measures[metric];
  };
  const whole = badness(features);
  const random = seededRandom(seed);
  const reach = normalQuantile((1 + confidence) / 2);
  return features
    .map(({ name, values }, j) => {
      const losses = Array.from({ length: repeats }, () => {
        const order = shuffled(n, random);
        const mixed = { name, values: Array.from(order, (i) => values[i]) };
        return badness(features.with(j, mixed)) - whole;
      });
      const value = losses.reduce((sum, loss) => sum + loss, 0) / repeats;
      const deviation = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - value) ** 2, 0) / (repeats - 1));
      return { name, value, deviation, lower: value - reach * deviation, upper: value + reach * deviation };
    })
    .sort((a, b) => b.value - a.value);
}

/** The numbers below n in a random sequence, by Fisher and Yates. */
function shuffled(n: number, random: { integer(n: number): number }): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
