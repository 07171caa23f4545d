import type { CurvePoint } from './curve';

/** A curve as a cubic Hermite spline: its values and slopes at rising spends. */
export interface CurveTable {
  readonly spend: Float64Array;
  readonly response: Float64Array;
  readonly slope: Float64Array;
}

/** Equal steps that every table starts from: enough that a shape is not missed between two of them. */
const FIRST_STEPS = 16;
/** How far the spline may be from the curve in the middle of a step, as a share of the curve's range. */
const TOLERANCE = 1e-6;
const MOST_HALVINGS = 12;

/**
 * Tabulates a curve from `lower` to `upper`, halving each step until the spline foretells the curve in its middle.
 *
 * A curve is an average over thousands of draws and dear to evaluate; the search for a plan evaluates it tens of
 * thousands of times, so it works on this table and only the last digits are taken from the curve itself.
 */
export function tabulate(curve: (spend: number) => CurvePoint, lower: number, upper: number): CurveTable {
  if (lower === upper) return fromPoints([curve(lower)]);
  const first = Array.from({ length: FIRST_STEPS + 1 }, (_, i) =>
    curve(i === FIRST_STEPS ? upper : lower + ((upper - lower) * i) / FIRST_STEPS),
  );
  const responses = first.map((point) => point.response);
  const tolerance = TOLERANCE * (Math.max(...responses) - Math.min(...responses));
  const points = [first[0]!];
  for (let i = 1; i <= FIRST_STEPS; i++) {
    halve(curve, first[i - 1]!, first[i]!, tolerance, MOST_HALVINGS, points);
    points.push(first[i]!);
  }
  return fromPoints(points);
}

/** Adds the points needed strictly between two others. */
function halve(
  curve: (spend: number) => CurvePoint,
  left: CurvePoint,
  right: CurvePoint,
  tolerance: number,
  halvings: number,
  points: CurvePoint[],
): void {
  const width = right.spend - left.spend;
  const middle = curve(left.spend + width / 2);
  const foretold = (left.response + right.response) / 2 + (width * (left.slope - right.slope)) / 8;
  const close = Math.abs(foretold - middle.response) <= tolerance;
  if (close || halvings === 0) {
    points.push(middle);
    return;
  }
  halve(curve, left, middle, tolerance, halvings - 1, points);
  points.push(middle);
  halve(curve, middle, right, tolerance, halvings - 1, points);
}

function fromPoints(points: readonly CurvePoint[]): CurveTable {
  return {
    spend: Float64Array.from(points, (point) => point.spend),
    response: Float64Array.from(points, (point) => point.response),
    slope: Float64Array.from(points, (point) => point.slope),
  };
}

/** The tabulated response to a spend within the table. */
export function responseAt(table: CurveTable, spend: number): number {
  const at = table.spend;
  let [low, high] = [0, at.length - 1];
  if (spend <= at[0]!) return table.response[0]!;
  if (spend >= at[high]!) return table.response[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= spend) low = middle;
    else high = middle;
  }
  return cubicAt(table, low, (spend - at[low]!) / (at[high]! - at[low]!));
}

/**
 * The spend with the highest f(x) − μx anywhere in the table: what a channel would spend if a unit of budget cost μ.
 * Looks at every node and at every turning point of every cubic, so it is right for S-shaped curves too. Of several
 * equally good spends, the lowest.
 */
export function bestSpend(table: CurveTable, price: number): number {
  const { spend, response, slope } = table;
  let best = spend[0]!;
  let highest = response[0]! - price * spend[0]!;
  for (let i = 1; i < spend.length; i++) {
    const width = spend[i]! - spend[i - 1]!;
    const t = turningPoint(slope[i - 1]! - price, slope[i]! - price, (response[i]! - response[i - 1]!) / width - price);
    if (t > 0 && t < 1) {
      const x = spend[i - 1]! + t * width;
      const value = cubicAt(table, i - 1, t) - price * x;
      if (value > highest) [best, highest] = [x, value];
    }
    const value = response[i]! - price * spend[i]!;
    if (value > highest) [best, highest] = [spend[i]!, value];
  }
  return best;
}

/** Where in [0, 1] a cubic with these slopes at its ends and this mean slope has its maximum; outside when it has none. */
function turningPoint(left: number, right: number, mean: number): number {
  // Slope at t: left + b t + a t²; a maximum is where it falls through 0.
  const a = 3 * (left + right - 2 * mean);
  const b = 2 * (3 * mean - 2 * left - right);
  const discriminant = b * b - 4 * a * left;
  if (discriminant < 0) return -1;
  const root = Math.sqrt(discriminant);
  // The falling root is (−b − root) / 2a; each of its two forms cancels for one sign of b.
  return b > 0 ? (-b - root) / (2 * a) : (2 * left) / (root - b);
}

function cubicAt({ spend, response, slope }: CurveTable, i: number, t: number): number {
  const width = spend[i + 1]! - spend[i]!;
  const rise = response[i + 1]! - response[i]!;
  const left = width * slope[i]!;
  const right = width * slope[i + 1]!;
  return response[i]! + t * (left + t * (3 * rise - 2 * left - right + t * (left + right - 2 * rise)));
}
