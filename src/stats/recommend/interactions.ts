import { LevainError, type Problem } from '../../base/problem';

/** What names a basket or a customer. */
export type Key = string | number | bigint | boolean;

/** A column of names as a table gives it: what is missing is null, undefined or NaN. */
export type Keys = ArrayLike<Key | null | undefined>;

/** A column of amounts as a table gives it. */
export type Amounts = ArrayLike<number | bigint | null | undefined>;

/** A table's columns, one line a product bought. */
export interface InteractionColumns {
  /** The basket (for rules and what goes together) or the customer (for what to offer). */
  readonly row: Keys;
  /** The product. */
  readonly item: Keys;
  /** Pieces, money or 1; below 0 where a line takes an earlier one back. 1 a line when not given. */
  readonly weight?: Amounts;
}

/**
 * Who took what: a sparse matrix of rows (baskets or customers) and items (products). Row r holds the items
 * `columns[starts[r]]` … `columns[starts[r + 1] - 1]`, in ascending order, each once, with its weight above 0.
 */
export interface Interactions {
  /** In ascending order. */
  readonly rows: readonly Key[];
  /** In ascending order. */
  readonly items: readonly string[];
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly weights: Float64Array;
  /** What was left out, and what the data cannot carry. */
  readonly warnings: readonly Problem[];
}

/**
 * Gathers lines into who took what. Lines of the same row and item are added up; what comes to 0 or less (an order that
 * was refunded) is left out, and so are lines without a row or an item, each with a warning. The sequence of the lines
 * does not matter.
 *
 * @returns warnings `missing-value`, `returned`, `one-row`, `one-item` on the result
 * @throws LevainError `unequal-lengths`, `not-finite` with the line counted from 1, `no-interactions`
 * @example interactionsOf({ row: [7, 7, 9], item: ['tea', 'scone', 'tea'] }).items // => ['scone', 'tea']
 */
export function interactionsOf({ row, item, weight }: InteractionColumns): Interactions {
  checkLengths(row.length, item.length, weight?.length);
  const pairs = addUp(row, item, weight);
  const kept = pairs.all.filter(({ net, gross }) => net > ROUNDING * gross);
  const warnings = [
    ...missingWarning(pairs.missing, pairs.firstMissing, row.length),
    ...returnedWarning(pairs.all.length - kept.length, pairs.all.length),
  ];
  if (kept.length === 0) {
    throw new LevainError({
      code: 'no-interactions',
      message:
        row.length === 0
          ? 'There are no lines, so nobody bought anything.'
          : `None of the ${row.length} lines says who bought what, after returns.`,
      hint: 'Check that the columns of the customer (or basket) and of the product are the right ones.',
    });
  }
  const rows = [...new Set(kept.map((pair) => pair.row))].sort(byKey);
  const items = [...new Set(kept.map((pair) => pair.item))].sort(byKey);
  return { ...compressed(kept, rows, items), warnings: [...warnings, ...fewWarnings(rows.length, items)] };
}

/** Sums of money leave such a part of their terms where they should leave 0. */
const ROUNDING = 1e-9;

interface Pair {
  readonly row: Key;
  readonly item: string;
  net: number;
  gross: number;
}

function addUp(row: Keys, item: Keys, weight: Amounts | undefined) {
  const byRow = new Map<Key, Map<string, Pair>>();
  const all: Pair[] = [];
  let [missing, firstMissing] = [0, 0];
  for (let line = 0; line < row.length; line++) {
    const [key, name] = [row[line], item[line]];
    if (isMissing(key) || isMissing(name)) {
      if (missing++ === 0) firstMissing = line + 1;
      continue;
    }
    const amount = weight ? finiteWeight(weight[line], line) : 1;
    let pairs = byRow.get(key);
    if (!pairs) byRow.set(key, (pairs = new Map()));
    let pair = pairs.get(String(name));
    if (!pair) {
      pair = { row: key, item: String(name), net: 0, gross: 0 };
      pairs.set(pair.item, pair);
      all.push(pair);
    }
    pair.net += amount;
    pair.gross += Math.abs(amount);
  }
  return { all, missing, firstMissing };
}

const isMissing = (key: Key | null | undefined): key is null | undefined =>
  key === null || key === undefined || Number.isNaN(key);

function finiteWeight(cell: Amounts[number], line: number): number {
  const value = typeof cell === 'bigint' ? Number(cell) : cell;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new LevainError({
    code: 'not-finite',
    message: `The weight in line ${line + 1} is ${cell === null || cell === undefined ? 'missing' : String(cell)}.`,
    hint: 'Fill in missing amounts, or leave the weight out: each line then counts as 1.',
  });
}

/** Numbers by size, texts by their code points, numbers before texts. */
export function byKey(a: Key, b: Key): number {
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compressed(pairs: readonly Pair[], rows: readonly Key[], items: readonly string[]) {
  const placeOfRow = new Map(rows.map((row, r) => [row, r]));
  const placeOfItem = new Map(items.map((item, i) => [item, i]));
  const placed = pairs
    .map((pair) => ({ row: placeOfRow.get(pair.row)!, item: placeOfItem.get(pair.item)!, weight: pair.net }))
    .sort((a, b) => a.row - b.row || a.item - b.item);
  const starts = new Uint32Array(rows.length + 1);
  for (const { row } of placed) starts[row + 1]!++;
  for (let r = 0; r < rows.length; r++) starts[r + 1]! += starts[r]!;
  return {
    rows,
    items,
    starts,
    columns: Uint32Array.from(placed, ({ item }) => item),
    weights: Float64Array.from(placed, ({ weight }) => weight),
  };
}

function checkLengths(rows: number, items: number, weights = rows): void {
  if (rows === items && rows === weights) return;
  const [what, length] = rows === items ? ['weights', weights] : ['products', items];
  throw new LevainError({
    code: 'unequal-lengths',
    message: `There are ${rows} baskets or customers and ${length} ${what}; each line needs both.`,
    hint: 'Take all columns from the same rows.',
  });
}

function missingWarning(missing: number, first: number, lines: number): Problem[] {
  if (missing === 0) return [];
  const message = `${missing} of ${lines} lines name no customer (or basket) or no product, the first in line ${first}: left out.`;
  return [{ code: 'missing-value', message }];
}

function returnedWarning(returned: number, pairs: number): Problem[] {
  if (returned === 0) return [];
  const message = `${returned} of ${pairs} purchases were wholly returned: left out.`;
  return [{ code: 'returned', message }];
}

function fewWarnings(rows: number, items: readonly string[]): Problem[] {
  const warnings: Problem[] = [];
  if (rows === 1) {
    const message = 'There is a single basket or customer: nothing can be learnt from one.';
    warnings.push({ code: 'one-row', message, hint: 'Bring a longer list of orders.' });
  }
  if (items.length === 1) {
    const message = `There is a single product, “${items[0]}”: nothing can go with it.`;
    warnings.push({ code: 'one-item', message, hint: 'Take the column that names the product.' });
  }
  return warnings;
}
