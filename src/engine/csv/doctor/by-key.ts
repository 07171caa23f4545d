import type { ByKey, PlannedColumn } from '../../engine';

const KEY_NAME =
  /(?:^|[^\p{L}])(?:name|order|bestell\p{L}*|auftrag\p{L}*|rechnung\p{L}*|invoice|transaction|number|nummer|nr|id)(?:[^\p{L}]|$)/iu;
const ORDER_AMOUNT =
  /(?:^|[^\p{L}])(?:order|cart|invoice|bestell\p{L}*|auftrag\p{L}*|rechnung\p{L}*|gesamt\p{L}*)(?:[^\p{L}]|$).*(?:total|amount|subtotal|shipping|tax|fee|refund|discount|betrag|summe|steuer|versand)|(?:warenkorb|bestell|auftrags?|rechnungs?|gesamt)(?:summe|betrag)/iu;
/** With fewer blank columns a repeated name is no order of several lines. */
const FEWEST = 3;

/** Where an order's lines stand below each other: the column that numbers the orders, and the lines of each. */
interface Orders {
  readonly key: number;
  /** Rows of each order that has more than one. */
  readonly groups: readonly (readonly (readonly string[])[])[];
}

/**
 * Finds exports of orders with a row a line. `fill`: what belongs to the order (who, when, its state) stands on the first
 * line only, as Shopify writes it; amounts are not among these columns, since they would then be added up twice. `once`:
 * amounts of the whole order that stand on every line, as WooCommerce writes them.
 */
export function findByKey(
  columns: readonly PlannedColumn[],
  rows: readonly (readonly string[])[],
): { fill?: ByKey; once?: ByKey } {
  for (const [key, column] of columns.entries()) {
    if (!KEY_NAME.test(column.source)) continue;
    const orders = ordersBy(key, rows);
    if (!orders) continue;
    const fill = columns.filter((other, i) => i !== key && isDescription(other) && onFirstOnly(orders, i));
    const once = columns.filter((other, i) => isAmount(other) && ORDER_AMOUNT.test(other.source) && onEvery(orders, i));
    if (fill.length >= FEWEST) return { fill: byKey(column, fill) };
    if (once.length > 0) return { once: byKey(column, once) };
  }
  return {};
}

const byKey = (key: PlannedColumn, columns: readonly PlannedColumn[]): ByKey => ({
  by: key.source,
  columns: columns.map(({ source }) => source),
});

const isAmount = ({ type }: PlannedColumn): boolean => type === 'DOUBLE' || type === 'BIGINT';

/** Text, dates and the like; a whole number only where its name says that it numbers something. */
const isDescription = (column: PlannedColumn): boolean =>
  !isAmount(column) ||
  (column.type === 'BIGINT' && /(?:^|[^\p{L}])(?:id|nr|number|nummer)(?:[^\p{L}]|$)/iu.test(column.source));

/** What a notebook says of orders; undefined where it says nothing that can be done. Anyone may have written it. */
export function settledByKey(given: unknown): ByKey | false | undefined {
  if (given === false) return false;
  const { by, columns } = Object(given) as Record<string, unknown>;
  if (typeof by !== 'string' || !Array.isArray(columns)) return undefined;
  return { by, columns: columns.filter((column): column is string => typeof column === 'string') };
}

function ordersBy(key: number, rows: readonly (readonly string[])[]): Orders | null {
  const groups: (readonly string[])[][] = [];
  const seen = new Set<string>();
  let last: string | undefined;
  for (const row of rows) {
    const value = (row[key] ?? '').trim();
    if (value === '') return null;
    if (value === last) groups.at(-1)!.push(row);
    // The lines of an order follow each other; a name that comes back later is something else.
    else if (seen.has(value)) return null;
    else groups.push([row]);
    seen.add(value);
    last = value;
  }
  const several = groups.filter((group) => group.length > 1);
  return several.length > 0 && groups.length > 1 ? { key, groups: several } : null;
}

const filled = (row: readonly string[], i: number): boolean => (row[i] ?? '').trim() !== '';

function onFirstOnly({ groups }: Orders, i: number): boolean {
  return (
    groups.some(([first]) => filled(first!, i)) &&
    groups.every(([, ...others]) => !others.some((row) => filled(row, i)))
  );
}

function onEvery({ groups }: Orders, i: number): boolean {
  return groups.every(([first, ...others]) => filled(first!, i) && others.every((row) => row[i] === first![i]));
}
