import { looksTyped } from '../infer';
import { numberParts } from '../numbers';
import { isTotals } from '../totals';

const GRAND_TOTAL = /^(?:grand totals?|totals?|gesamt(?:summe|ergebnis)?|summe)$/i;
/** Sums in reports are rounded. */
const NEAR = 0.001;

/**
 * How many rows right below the header are totals: 0 or 1. Meta's summary row leaves the names blank and GA4's stands
 * behind `Grand total`. A row that leaves every column of names blank counts as one when it is the sum of the others in at least two columns of
 * numbers, or, where not all rows are known, when it is greater than any other in all of them.
 */
export function totalsFirst(rows: readonly (readonly string[])[], width: number, whole: boolean): number {
  const [first, ...below] = rows;
  const others = below.filter((row) => row.length >= width);
  if (!first || others.length === 0) return 0;
  if (isTotals(first) || first.some((field) => GRAND_TOTAL.test(field.trim()))) return 1;
  if (others.length < 2 || first.length < width) return 0;
  // A row of totals leaves the names blank: most first rows are told from one at a glance.
  if (first.every((field) => field.trim() !== '')) return 0;
  const columns = Array.from({ length: width }, (_, i) => i);
  const names = columns.filter((i) => others.every((row) => isText(row[i])));
  if (names.length === 0 || names.some((i) => first[i]!.trim() !== '')) return 0;
  const figures = columns.filter((i) => (numberOf(first[i]) ?? 0) > 0);
  const sums = figures.filter((i) => {
    const sum = others.reduce((total, row) => total + (numberOf(row[i]) ?? 0), 0);
    const value = numberOf(first[i])!;
    return Math.abs(value - sum) <= NEAR * Math.abs(sum);
  });
  if (sums.length >= 2) return 1;
  const greatest = figures.every((i) => others.every((row) => (numberOf(row[i]) ?? 0) <= numberOf(first[i])!));
  return !whole && figures.length >= 2 && greatest ? 1 : 0;
}

const isText = (field: string | undefined): boolean => {
  const text = (field ?? '').trim();
  return text !== '' && !looksTyped(text);
};

/** A number for comparing only: a mark before one or two last digits is the decimal one. */
function numberOf(field: string | undefined): number | null {
  const parts = field ? numberParts(field) : null;
  if (!parts) return null;
  const plain = parts.digits
    .replace(/\s/g, '')
    .replace(/[.,](?=\d*[.,])/g, '')
    .replace(',', '.');
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
