import { responseAt, type CurveTable } from './table';

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const SWEEPS = 200;

/**
 * Improves a plan by moving budget between two channels at a time, never further than `reach`, until no pair gains. The
 * budget is kept; what is left of it is first handed to the channels that gain most by it.
 */
export function exchange(
  tables: readonly CurveTable[],
  start: Float64Array,
  budget: number,
  reach: number,
): Float64Array {
  const spend = handOut(tables, start, budget);
  const scale = Math.abs(tables.reduce((total, table, c) => total + responseAt(table, spend[c]!), 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let gained = 0;
    for (let i = 0; i < tables.length; i++) {
      for (let j = i + 1; j < tables.length; j++) gained += movePair(tables, spend, i, j, reach);
    }
    if (gained <= 1e-10 * scale) break;
  }
  return spend;
}

/** Moves the best amount between channels i and j; returns what it gained. */
function movePair(tables: readonly CurveTable[], spend: Float64Array, i: number, j: number, reach: number): number {
  const [from, to] = [tables[i]!, tables[j]!];
  const [x, y] = [spend[i]!, spend[j]!];
  let low = Math.max(-reach, from.spend[0]! - x, y - to.spend.at(-1)!);
  let high = Math.min(reach, from.spend.at(-1)! - x, y - to.spend[0]!);
  const value = (move: number) => responseAt(from, x + move) + responseAt(to, y - move);
  const now = value(0);
  let best: readonly [move: number, value: number] = [0, now];
  for (const move of [low, high]) if (value(move) > best[1]) best = [move, value(move)];
  while (high - low > 1e-6 * reach) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    const [left, right] = [value(a), value(b)];
    if (left > best[1]) best = [a, left];
    if (right > best[1]) best = [b, right];
    if (left > right) high = b;
    else low = a;
  }
  spend[i] = x + best[0];
  spend[j] = y - best[0];
  return best[1] - now;
}

function handOut(tables: readonly CurveTable[], start: Float64Array, budget: number): Float64Array {
  const spend = start.slice();
  let left = budget - spend.reduce((total, value) => total + value, 0);
  while (left > 0) {
    let [channel, rate] = [-1, -Infinity];
    for (const [c, table] of tables.entries()) {
      const amount = Math.min(left, table.spend.at(-1)! - spend[c]!);
      if (!(amount > 0)) continue;
      const gain = (responseAt(table, spend[c]! + amount) - responseAt(table, spend[c]!)) / amount;
      if (gain > rate) [channel, rate] = [c, gain];
    }
    if (channel < 0) break;
    const amount = Math.min(left, tables[channel]!.spend.at(-1)! - spend[channel]!);
    spend[channel] = spend[channel]! + amount;
    left -= amount;
  }
  return spend;
}
