import { LevainError } from '../../../base/problem';
import type { Warning } from '../../regression/design';
import { checkFeatures, type Feature } from '../features';
import { sigmoid } from '../logistic/model';
import { binaryOutcome, type Outcome } from '../outcome';
import { binColumns, type BinnedColumns } from './binned';
import { binningOf, binsOf, type Binning } from './bins';
import { growTree, type GrowRules } from './grow';
import { leafOf, type Tree } from './tree';
import { plainWorkspace } from './workspace';
import { simdWorkspace } from './workspace-simd';

export interface BoostOptions {
  /** How many trees at most; 100 when not given. */
  readonly rounds?: number;
  /** How much of each tree is believed, in (0, 1]; 0.1 when not given. */
  readonly learningRate?: number;
  /** Leaves of a tree at most; 8 when not given, which suits some thousand rows. */
  readonly leaves?: number;
  /** How many splits lie above a leaf at most; no bound when not given. */
  readonly depth?: number;
  /** The fewest rows of a leaf; 20 when not given. */
  readonly minRows?: number;
  /** The least Σ p(1 − p) of a leaf; 0.001 when not given. */
  readonly minWeight?: number;
  /** λ, which pulls leaves towards 0; 1 when not given. */
  readonly lambda?: number;
  /** The least gain of a split; 0 when not given. */
  readonly minGain?: number;
  /** Columns with which the score may only rise (1) or only fall (−1). */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** The probability that the first tree begins with; the share of ones when not given. */
  readonly baseRate?: number;
  /** Other rows, later ones where rows have dates: trees stop when these are no longer predicted better. */
  readonly validation?: { readonly y: Outcome; readonly features: readonly Feature[] };
  /** How many trees without gain on the validation rows are waited for; 20 when not given. */
  readonly patience?: number;
}

export interface BoostedTrees {
  readonly binnings: readonly Binning[];
  /** Log odds that the trees add to. */
  readonly base: number;
  readonly trees: readonly Tree[];
  readonly n: number;
  readonly positives: number;
  /** The mean log loss after each round, of the rows trained on and of the validation rows (empty without). */
  readonly trainingLoss: Float64Array;
  readonly validationLoss: Float64Array;
  readonly warnings: readonly Warning[];
}

/**
 * Gradient-boosted trees for a yes or no: each tree is fitted to the slope and curvature of the log loss of those before
 * it,
 *
 *     gᵢ = pᵢ − yᵢ,   hᵢ = pᵢ(1 − pᵢ),   leaf = −η Σg / (Σh + λ),   gain = G_L²/(H_L+λ) + G_R²/(H_R+λ) − G²/(H+λ)
 *
 * on values in at most 255 bins. Missing values go to the side that gains more; categories are divided in the best two
 * sets. Where a column has at most 255 values the splits are those of an exact search.
 *
 * Source: Friedman (2001), "Greedy function approximation", Annals of Statistics 29; Chen and Guestrin (2016), "XGBoost",
 * KDD; Ke et al. (2017), "LightGBM", NIPS 30.
 *
 * @param y zeros and ones (or booleans)
 * @param features columns of numbers or of text, with or without missing values
 * @returns a column without any value, or with one only, takes no part, with a warning
 * @throws LevainError `single-class`, `not-binary`, `mixed-column`, `infinite`, `unequal-lengths`, `duplicate-name`,
 * `missing-column`, `bad-parameter`
 * @example boostTrees([0, 0, 1, 1], [{ name: 'x', values: [1, 2, 3, 4] }], { minRows: 1, rounds: 5 }).trees.length // => 5
 */
export function boostTrees(y: Outcome, features: readonly Feature[], options: BoostOptions = {}): BoostedTrees {
  const outcome = binaryOutcome(y);
  const n = outcome.length;
  checkFeatures(features, n);
  const warnings: Warning[] = [];
  const binnings = features.map((feature) => binningOf(feature, warnings));
  const { rounds, patience, rules } = rulesOf(features, options);
  const work = simdWorkspace(n, binnings.length, rules.leaves) ?? plainWorkspace(n, binnings.length);
  const data = binColumns(binnings, features, work.words);
  warnings.push(...idleColumns(binnings, data));
  const positives = outcome.reduce((sum, value) => sum + value, 0);
  const rate = options.baseRate ?? positives / n;
  if (!(rate > 0 && rate < 1)) throw badParameter('base rate', rate, 'between 0 and 1');
  const base = Math.log(rate / (1 - rate));
  const held = options.validation && heldOut(options.validation, features, binnings, base);

  const margin = new Float64Array(n).fill(base);
  const trees: Tree[] = [];
  const [trainingLoss, validationLoss]: number[][] = [[], []];
  let best = { loss: Infinity, trees: 0 };
  slopesAt(margin, outcome, work.slopes);
  while (trees.length < rounds) {
    const { tree, leaves } = growTree(data, binnings, rules, work);
    if (leaves.length === 1) break;
    trees.push(tree);
    for (const { node, start, end } of leaves) {
      const value = tree.value[node]!;
      for (let k = start; k < end; k++) margin[work.order[k]!]! += value;
    }
    trainingLoss!.push(slopesAt(margin, outcome, work.slopes));
    if (!held) continue;
    const loss = held.add(tree);
    validationLoss!.push(loss);
    if (loss < best.loss) best = { loss, trees: trees.length };
    else if (trees.length - best.trees >= patience) break;
  }
  if (trees.length === 0) {
    const message = `No split of any column helps with ${n} rows: every row gets the same probability.`;
    warnings.push({ code: 'no-split', message });
  }
  return {
    binnings,
    base,
    trees: held ? trees.slice(0, best.trees) : trees,
    n,
    positives,
    trainingLoss: Float64Array.from(trainingLoss!),
    validationLoss: Float64Array.from(validationLoss!),
    warnings,
  };
}

/** Slopes and curvatures of the log loss at the margins, in turns; gives its mean. */
function slopesAt(margin: Float64Array, y: Float64Array, slopes: Float64Array): number {
  let loss = 0;
  // Of what happened: the logarithm is taken of a product, before it nears what 64 bits hold.
  let product = 1;
  for (let i = 0; i < y.length; i++) {
    const p = sigmoid(margin[i]!);
    slopes[2 * i] = p - y[i]!;
    slopes[2 * i + 1] = p * (1 - p);
    const probability = y[i] === 1 ? p : 1 - p;
    if (probability < 1e-100) {
      // 0 only where a margin is past all doubt and wrong.
      loss -= Math.log(Math.max(Number.MIN_VALUE, probability));
      continue;
    }
    product *= probability;
    if (product > 1e-200) continue;
    loss -= Math.log(product);
    product = 1;
  }
  return (loss - Math.log(product)) / y.length;
}

function rulesOf(features: readonly Feature[], options: BoostOptions) {
  const { rounds = 100, learningRate = 0.1, leaves = 8, depth = Infinity, patience = 20 } = options;
  const { minRows = 20, minWeight = 1e-3, lambda = 1, minGain = 0, monotone = {} } = options;
  const whole = (name: string, value: number, least: number): void => {
    if (!(value >= least) || (value !== Infinity && !Number.isInteger(value))) {
      throw badParameter(name, value, `a whole number of ${least} or more`);
    }
  };
  whole('number of rounds', rounds, 1);
  whole('number of leaves', leaves, 2);
  whole('depth', depth, 1);
  whole('patience', patience, 1);
  whole('fewest rows of a leaf', minRows, 1);
  if (!(learningRate > 0 && learningRate <= 1))
    throw badParameter('learning rate', learningRate, 'above 0 and at most 1');
  for (const [name, value] of Object.entries({ lambda, minGain, minWeight })) {
    if (!(value >= 0 && value < Infinity)) throw badParameter(name, value, '0 or more');
  }
  const unknown = Object.keys(monotone).find((name) => !features.some((feature) => feature.name === name));
  if (unknown !== undefined) {
    const message = `The column "${unknown}", which is to be monotone, is not among the columns.`;
    throw new LevainError({ code: 'missing-column', message });
  }
  const text = features.find(({ name, values }) => monotone[name] && typeof Array.from(values).find((value) => value != null) === 'string'); // prettier-ignore
  if (text) {
    const message = `The column "${text.name}" is text and has no order to be monotone in.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const rules: GrowRules = {
    learningRate,
    leaves,
    depth,
    minRows,
    minWeight,
    lambda,
    // A gain that is rounding alone is none.
    minGain: Math.max(minGain, 1e-6),
    monotone: Int8Array.from(features, ({ name }) => monotone[name] ?? 0),
  };
  return { rounds, patience, rules };
}

/** Rows that the trees are not fitted to, and their loss as trees are added. */
function heldOut(
  validation: NonNullable<BoostOptions['validation']>,
  trained: readonly Feature[],
  binnings: readonly Binning[],
  base: number,
) {
  const y = binaryOutcome(validation.y);
  const features = inSequence(validation.features, trained.map(({ name }) => name), y.length); // prettier-ignore
  const data = binColumns(binnings, features);
  const margin = new Float64Array(y.length).fill(base);
  const slopes = new Float64Array(2 * y.length);
  return {
    add(tree: Tree): number {
      for (let i = 0; i < y.length; i++) margin[i]! += tree.value[leafOf(tree, data, i)]!;
      return slopesAt(margin, y, slopes);
    },
  };
}

/** The columns of the given names, in that sequence. */
export function inSequence(features: readonly Feature[], names: readonly string[], n: number): readonly Feature[] {
  const picked = names.map((name) => {
    const feature = features.find((candidate) => candidate.name === name);
    if (feature) return feature;
    const message = `The model was fitted with a column "${name}", which is not among those given.`;
    throw new LevainError({ code: 'missing-column', message });
  });
  checkFeatures(picked, n);
  return picked;
}

function idleColumns(binnings: readonly Binning[], data: BinnedColumns): Warning[] {
  return binnings.flatMap((binning, j) => {
    const values = binning.kind === 'number' ? binsOf(binning) : binning.levels.length;
    const place = 4 * (j >>> 2) * data.rows + (j & 3);
    let missing = 0;
    for (let i = 0; i < data.rows; i++) missing += Number(data.bytes[place + 4 * i] === 255);
    if (missing === data.rows) {
      const message = `Column "${binning.name}" is empty in every row: it takes no part.`;
      return [{ code: 'empty-column', message }];
    }
    if (values > 1 || missing > 0) return [];
    const message = `Column "${binning.name}" is the same in every row: it takes no part.`;
    return [{ code: 'constant-column', message }];
  });
}

function badParameter(name: string, value: number, needed: string): LevainError {
  return new LevainError({ code: 'bad-parameter', message: `The ${name} must be ${needed}; it is ${value}.` });
}
