import { LevainError, type Problem } from '../../base/problem';
import { proportionInterval, type ProportionEstimate } from '../intervals/proportion';
import type { Estimate } from '../intervals/interval';
import { ratioOfSums } from '../intervals/ratio-of-sums';

/** Who belongs to an audience: a condition on a row. */
export type Condition<Row> = (row: Row) => boolean;

export interface Audience {
  readonly name: string;
  /** How many rows. */
  readonly size: number;
  /** Of all rows. */
  readonly share: ProportionEstimate;
  /** Value of its rows together, and as a share of everybody's (undefined where that is not above 0). */
  readonly value: number;
  readonly valueShare: number | undefined;
  /** Value a member; undefined for fewer than two. */
  readonly mean: Estimate | undefined;
  /** One a row: 1 for a member. */
  readonly members: Uint8Array;
}

/** Two audiences beside each other. */
export interface Overlap {
  readonly a: string;
  readonly b: string;
  /** Rows in both. */
  readonly size: number;
  /** Of the rows of a, how many are in b too. */
  readonly shareOfA: number;
  /** Rows in both over rows in either. */
  readonly jaccard: number;
}

/** Rows that are in exactly these audiences. */
export interface Intersection {
  /** None for those that no audience reaches. */
  readonly names: readonly string[];
  readonly size: number;
  readonly value: number;
}

export interface Audiences {
  readonly rows: number;
  readonly audiences: readonly Audience[];
  /** Every pair, both ways round. */
  readonly overlaps: readonly Overlap[];
  /** Every row once, the most frequent first. */
  readonly intersections: readonly Intersection[];
  readonly warnings: readonly Problem[];
}

/**
 * Named sets of customers by any rule over their columns, with the size, value and overlap of each. An audience is no
 * segment: a row may be in several, or in none.
 *
 * @param rows one a customer, at least two
 * @param conditions name → condition; each must answer true or false
 * @param value what a row is worth
 * @returns shares and means with 90 % intervals that take rows as independent; the warnings `empty-audience`,
 * `same-audience`, `negative-value`
 * @throws LevainError `too-few-rows`, `no-audience`, `bad-condition` with the row, `not-finite` with the row
 * @example audiences([{ spent: 5 }, { spent: 50 }], { Big: (row) => row.spent > 20 }, (row) => row.spent).audiences[0].value // => 50
 */
export function audiences<Row>(
  rows: Iterable<Row>,
  conditions: Readonly<Record<string, Condition<Row>>>,
  value: (row: Row) => number,
  options: { confidence?: number } = {},
): Audiences {
  const all = [...rows];
  const names = Object.keys(conditions);
  if (all.length < 2) {
    const message = `Audiences need at least two rows; there ${all.length === 1 ? 'is 1' : 'are 0'}.`;
    throw new LevainError({ code: 'too-few-rows', message, hint: 'Bring one row a customer.' });
  }
  if (names.length === 0) {
    const message = 'There is no audience: give each a name and a condition.';
    throw new LevainError({ code: 'no-audience', message, hint: 'Write { Regulars: (row) => row.orders >= 3 }.' });
  }
  const values = valuesOf(all, value);
  const memberships = names.map((name) => membersOf(name, all, conditions[name]!));
  const total = values.reduce((sum, each) => sum + each, 0);
  const found = names.map((name, at) => audienceOf(name, memberships[at]!, values, total, options));
  return {
    rows: all.length,
    audiences: found,
    overlaps: overlapsOf(found),
    intersections: intersectionsOf(names, memberships, values),
    warnings: warningsOf(found, values),
  };
}

function valuesOf<Row>(rows: readonly Row[], value: (row: Row) => number): Float64Array {
  return Float64Array.from(rows, (row, i) => {
    const worth: unknown = value(row);
    if (typeof worth === 'number' && Number.isFinite(worth)) return worth;
    throw new LevainError({
      code: 'not-finite',
      message: `The value of row ${i + 1} is ${String(worth)}.`,
      hint: 'Give every row a number; in SQL, coalesce(column, 0) fills gaps.',
    });
  });
}

function membersOf<Row>(name: string, rows: readonly Row[], condition: Condition<Row>): Uint8Array {
  return Uint8Array.from(rows, (row, i) => {
    const answer: unknown = condition(row);
    if (typeof answer === 'boolean') return answer ? 1 : 0;
    throw new LevainError({
      code: 'bad-condition',
      message: `The condition of “${name}” answers ${String(answer)} for row ${i + 1}; it must answer true or false.`,
      hint: 'Compare the column with something: (row) => row.city === "Gent".',
      subject: name,
    });
  });
}

function audienceOf(
  name: string,
  members: Uint8Array,
  values: Float64Array,
  total: number,
  options: { confidence?: number },
): Audience {
  const inside = values.filter((_, i) => members[i] === 1);
  const size = inside.length;
  const value = inside.reduce((sum, each) => sum + each, 0);
  return {
    name,
    size,
    share: proportionInterval(size, values.length, options),
    value,
    valueShare: total > 0 ? value / total : undefined,
    mean: size > 1 ? ratioOfSums(inside, new Float64Array(size).fill(1), options) : undefined,
    members,
  };
}

function overlapsOf(found: readonly Audience[]): Overlap[] {
  return found.flatMap((a) =>
    found
      .filter((b) => b !== a)
      .map((b): Overlap => {
        const size = a.members.reduce((sum, member, i) => sum + (member & b.members[i]!), 0);
        const either = a.size + b.size - size;
        return {
          a: a.name,
          b: b.name,
          size,
          shareOfA: a.size > 0 ? size / a.size : 0,
          jaccard: either > 0 ? size / either : 0,
        };
      }),
  );
}

function intersectionsOf(
  names: readonly string[],
  memberships: readonly Uint8Array[],
  values: Float64Array,
): Intersection[] {
  const found = new Map<string, { names: string[]; size: number; value: number }>();
  values.forEach((value, i) => {
    const key = memberships.map((members) => members[i]).join('');
    const entry = found.get(key) ?? { names: names.filter((_, at) => memberships[at]![i] === 1), size: 0, value: 0 };
    entry.size++;
    entry.value += value;
    found.set(key, entry);
  });
  return [...found.values()].sort((a, b) => b.size - a.size || a.names.join().localeCompare(b.names.join()));
}

function warningsOf(found: readonly Audience[], values: Float64Array): Problem[] {
  const warnings: Problem[] = [];
  for (const { name, size } of found) {
    if (size > 0) continue;
    const message = `Nobody is in “${name}”.`;
    warnings.push({
      code: 'empty-audience',
      message,
      hint: 'Its condition may be too strict, or a name misspelt.',
      subject: name,
    });
  }
  found.forEach((a, at) => {
    const twin = found.slice(at + 1).find((b) => a.size > 0 && a.members.every((member, i) => member === b.members[i]));
    if (!twin) return;
    const message = `“${a.name}” and “${twin.name}” hold the same customers.`;
    warnings.push({ code: 'same-audience', message, subject: a.name });
  });
  const negative = values.filter((value) => value < 0).length;
  if (negative > 0) {
    const message = `${negative} customers got back more than they paid: their value is negative and counts as that.`;
    warnings.push({ code: 'negative-value', message });
  }
  return warnings;
}
