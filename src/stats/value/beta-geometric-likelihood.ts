import type { Objective } from '../optimize/objective';
import type { HistoryGroups } from './histories';

/**
 * −log likelihood of BG/NBD and MBG/NBD and its slopes, over the logarithms of r, α, a, b. With k chances to leave that a
 * customer has let pass (x, or x + 1 where the first purchase is one too), a history has the likelihood
 *
 *     Γ(r+x)/Γ(r) · α^r · B(a, b+k)/B(a, b) · [ (α+T)^−(r+x) + a/(b+k−1) · (α+t_x)^−(r+x) ]
 *
 * where the second term, of those who left after their last purchase, needs k > 0. Ratios of gamma functions are products
 * over x, and their logarithms sums over how many customers bought more than j times.
 *
 * Source: Fader, Hardie and Lee (2005), Marketing Science 24(2), equation 6; Batislam, Denizel and Filiztekin (2007),
 * International Journal of Research in Marketing 24(3).
 *
 * @param firstIsChance whether a customer may leave after the very first purchase (MBG/NBD)
 */
export function betaGeometricObjective(groups: HistoryGroups, firstIsChance: boolean): Objective {
  const { frequency, recency, age, customers } = groups;
  const extra = firstIsChance ? 1 : 0;
  const total = customers.reduce((sum, count) => sum + count, 0);
  const moreThan = countAbove(frequency, customers, 0);
  const passedMoreThan = countAbove(frequency, customers, extra);
  // Days are shared by many customers: logarithms are taken once for each time, and once for each frequency.
  const { values: times, places } = distinct(age, recency);
  const logTimes = new Float64Array(times.length);
  const logLeaving = new Float64Array(moreThan.length + 1);
  return (logs, gradient) => {
    const [r, alpha, a, b] = Array.from(logs, Math.exp) as [number, number, number, number];
    let value = total * r * Math.log(alpha);
    let [dr, dAlpha, da, db] = [total * Math.log(alpha), (total * r) / alpha, 0, 0];
    for (let j = 0; j < moreThan.length; j++) {
      value += moreThan[j]! * Math.log(r + j);
      dr += moreThan[j]! / (r + j);
    }
    for (let j = 0; j < passedMoreThan.length; j++) {
      const count = passedMoreThan[j]!;
      value += count * Math.log((b + j) / (a + b + j));
      da -= count / (a + b + j);
      db += count * (1 / (b + j) - 1 / (a + b + j));
    }
    for (let k = 0; k < times.length; k++) logTimes[k] = Math.log(alpha + times[k]!);
    for (let x = 1 - extra; x < logLeaving.length; x++) logLeaving[x] = Math.log(a / (b + x + extra - 1));
    let product = 1; // of the 1 + odds of single customers, whose logarithm is taken now and then
    for (let g = 0; g < frequency.length; g++) {
      const count = customers[g]!;
      const power = r + frequency[g]!;
      const passed = frequency[g]! + extra;
      const whole = alpha + age[g]!;
      const logWhole = logTimes[places[g]!]!;
      value -= count * power * logWhole;
      if (passed === 0) {
        dr -= count * logWhole;
        dAlpha -= (count * power) / whole;
        continue;
      }
      const active = alpha + recency[g]!;
      const logActive = logTimes[places[frequency.length + g]!]!;
      const excess = logLeaving[frequency[g]!]! + power * (logWhole - logActive);
      const odds = Math.exp(-Math.abs(excess));
      if (excess > 0) value += count * excess;
      if (count === 1) {
        product *= 1 + odds;
        if (product > 1e290) {
          value += Math.log(product);
          product = 1;
        }
      } else value += count * Math.log1p(odds);
      const left = excess > 0 ? 1 / (1 + odds) : odds / (1 + odds);
      dr -= count * (logWhole - left * (logWhole - logActive));
      dAlpha -= count * power * ((1 - left) / whole + left / active);
      da += (count * left) / a;
      db -= (count * left) / (b + passed - 1);
    }
    value += Math.log(product);
    gradient[0] = -dr * r;
    gradient[1] = -dAlpha * alpha;
    gradient[2] = -da * a;
    gradient[3] = -db * b;
    return -value;
  };
}

/** The distinct ones among values, and for each of the first and then of the second array its place among them. */
function distinct(first: Float64Array, second: Float64Array): { values: Float64Array; places: Int32Array } {
  const n = first.length + second.length;
  const values = new Float64Array(n);
  const places = new Int32Array(n);
  // A table of places by a hash of the value's bits, a quarter longer at least than there can be values; −1 is empty.
  const mask = 2 ** Math.ceil(Math.log2(1.25 * n + 2)) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  let count = 0;
  for (const [from, all] of [
    [0, first],
    [first.length, second],
  ] as const) {
    // prettier-ignore
    const words = new Uint32Array(all.buffer, all.byteOffset, 2 * all.length);
    for (let i = 0; i < all.length; i++) {
      const value = all[i]!;
      const hash = Math.imul(words[2 * i]! ^ Math.imul(words[2 * i + 1]!, 0x85ebca6b), 0x9e3779b1);
      let at = (hash ^ (hash >>> 15)) & mask;
      while (table[at]! >= 0 && values[table[at]!] !== value) at = (at + 1) & mask;
      if (table[at]! < 0) {
        table[at] = count;
        values[count++] = value;
      }
      places[from + i] = table[at]!;
    }
  }
  return { values: values.slice(0, count), places };
}

/** For j = 0, 1, …: how many customers have frequency + extra above j. */
function countAbove(frequency: Float64Array, customers: Float64Array, extra: number): Float64Array {
  const most = frequency.reduce((largest, x) => Math.max(largest, x), 0) + extra;
  const above = new Float64Array(most);
  for (let g = 0; g < frequency.length; g++) {
    const last = frequency[g]! + extra - 1;
    if (last >= 0) above[last]! += customers[g]!;
  }
  for (let j = most - 2; j >= 0; j--) above[j]! += above[j + 1]!;
  return above;
}
