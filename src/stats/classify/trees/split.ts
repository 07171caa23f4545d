import { BINS, MISSING_BIN } from './bins';

/** Sums over the rows of a node, and how far its leaf may go. */
export interface NodeSums {
  readonly g: number;
  readonly h: number;
  readonly rows: number;
  /** Bounds of the weights below it, from monotone splits above. */
  readonly lower: number;
  readonly upper: number;
}

export interface Split {
  readonly feature: number;
  /** The last bin that goes left; of a category, see `categories`. */
  readonly bin: number;
  readonly categories: Uint8Array;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: { readonly g: number; readonly h: number; readonly rows: number };
}

export interface SplitRules {
  readonly lambda: number;
  readonly minGain: number;
  readonly minRows: number;
  readonly minWeight: number;
}

/**
 * Sums by column and bin, in turns: the gradients, and the curvatures with `mark` for each row. The mark is a power of 2
 * above the number of rows, so that one sum holds the rows (how often the mark is in it) beside the curvatures, and each
 * row costs two additions instead of three.
 */
export interface Histogram {
  readonly sums: Float64Array;
  readonly mark: number;
}

/** How many rows are in a sum; curvatures take at most a quarter of a mark. */
export function rowsIn(sum: number, mark: number): number {
  return Math.floor(sum / mark + 0.375);
}

/** −G / (H + λ), within the bounds. */
export function leafWeight(g: number, h: number, lambda: number, lower: number, upper: number): number {
  return Math.min(upper, Math.max(lower, -g / (h + lambda)));
}

/** What a leaf of this weight takes off the loss, twice: −(2Gw + (H + λ)w²); G²/(H + λ) where no bound holds. */
function worth(g: number, h: number, lambda: number, weight: number): number {
  return -(2 * g * weight + (h + lambda) * weight * weight);
}

const NONE = new Uint8Array(0);

/**
 * The best split of a node by one column, or undefined. Missing values are tried on both sides. Categories are put in
 * the sequence of their G/(H + λ), in which the best of all their divisions is a cut.
 *
 * Source: Chen and Guestrin (2016), "XGBoost", KDD, algorithms 1 and 3; Fisher (1958), "On grouping for maximum
 * homogeneity", JASA 53.
 */
export function bestSplit(
  histogram: Histogram,
  feature: number,
  bins: number,
  isCategory: boolean,
  monotone: number,
  node: NodeSums,
  rules: SplitRules,
): Split | undefined {
  const { sums, mark } = histogram;
  const base = feature * BINS;
  const missing = base + MISSING_BIN;
  const missingRows = rowsIn(sums[2 * missing + 1]!, mark);
  const order = isCategory ? bySlope(histogram, base, bins, rules) : undefined;
  const { lambda, minRows, minWeight } = rules;
  const { lower, upper } = node;
  const isFree = lower === -Infinity && upper === Infinity && monotone === 0;
  const whole = worth(node.g, node.h, lambda, leafWeight(node.g, node.h, lambda, lower, upper));
  const perRow = 1 / mark;
  let best = whole + rules.minGain;
  let [bestPlace, bestG, bestH, bestRows] = [-1, 0, 0, 0];
  let isMissingLeft = false;
  const places = order ? order.length : bins;
  for (let side = 0; side < (missingRows > 0 ? 2 : 1); side++) {
    let g = side ? sums[2 * missing]! : 0;
    let h = side ? sums[2 * missing + 1]! - missingRows * mark : 0;
    let count = side ? missingRows : 0;
    // With missing values on the right alone, all others may go left.
    const last = missingRows > 0 && !side ? places : places - 1;
    for (let place = 0; place < last; place++) {
      const at = 2 * (base + (order ? order[place]! : place));
      const marked = sums[at + 1]!;
      const here = Math.floor(marked * perRow + 0.375);
      if (here === 0) continue;
      g += sums[at]!;
      h += marked - here * mark;
      count += here;
      if (count < minRows || h < minWeight) continue;
      if (node.rows - count < minRows || node.h - h < minWeight) break;
      const [otherG, otherH] = [node.g - g, node.h - h];
      let found: number;
      if (isFree) {
        const [here, there] = [h + lambda, otherH + lambda];
        found = (g * g * there + otherG * otherG * here) / (here * there);
      } else {
        const weight = leafWeight(g, h, lambda, lower, upper);
        const other = leafWeight(otherG, otherH, lambda, lower, upper);
        if (monotone !== 0 && monotone * (other - weight) < 0) continue;
        found = worth(g, h, lambda, weight) + worth(otherG, otherH, lambda, other);
      }
      if (!(found > best && found < Infinity)) continue;
      best = found;
      bestPlace = place;
      isMissingLeft = side === 1;
      [bestG, bestH, bestRows] = [g, h, count];
    }
  }
  if (bestPlace < 0) return undefined;
  const gain = best - whole;
  const left = { g: bestG, h: bestH, rows: bestRows };
  // Values that were not met in training follow the side with more rows.
  const side = missingRows > 0 ? isMissingLeft : bestRows > node.rows / 2;
  if (!order) return { feature, bin: bestPlace, categories: NONE, missingLeft: side, gain, left };
  const categories = new Uint8Array(BINS).fill(Number(side));
  order.forEach((bin, at) => (categories[bin] = Number(at <= bestPlace)));
  return { feature, bin: 0, categories, missingLeft: side, gain, left };
}

/** The categories that rows have, from the least slope up. */
function bySlope({ sums, mark }: Histogram, base: number, bins: number, { lambda }: SplitRules): number[] {
  const rowsOf = (bin: number): number => rowsIn(sums[2 * (base + bin) + 1]!, mark);
  const slope = (bin: number): number => {
    const at = 2 * (base + bin);
    return sums[at]! / (sums[at + 1]! - rowsOf(bin) * mark + Math.max(lambda, 1));
  };
  return Array.from({ length: bins }, (_, bin) => bin)
    .filter((bin) => rowsOf(bin) > 0)
    .sort((a, b) => slope(a) - slope(b) || a - b);
}
