import type { Filter } from './filter';
import { LONGEST_TEXT, type ColumnProfile, type Profile } from './profile';

/** A part of a column's rows: those with a value, those within bounds, all others, those without a value. */
export interface Bar {
  /** What only these rows pass. */
  readonly filter: Filter;
  readonly is:
    | { readonly kind: 'value'; readonly value: string }
    | { readonly kind: 'range'; readonly from: number | string; readonly below: number | string }
    | { readonly kind: 'other'; readonly values: number }
    | { readonly kind: 'empty' };
  /** Rows of the table, and rows that pass the filters. */
  readonly all: number;
  readonly passing: number;
}

/** The bars of each column of an explored table, with what passes of them. */
export function barsOf(whole: Profile, passing: Profile): readonly (readonly Bar[])[] {
  return whole.columns.map((column, i) => {
    const some = passing.columns[i]!;
    const bars = column.top
      ? valueBars(column, some, whole.rows, passing.rows)
      : (column.histogram ?? []).map((all, at) => rangeBar(column, at, all, some.histogram?.[at] ?? 0));
    if (column.nulls === 0) return bars;
    const filter = { column: column.name, op: 'is', value: null } as const;
    return [...bars, { filter, is: { kind: 'empty' }, all: column.nulls, passing: some.nulls }];
  });
}

function valueBars(column: ColumnProfile, some: ColumnProfile, allRows: number, passingRows: number): Bar[] {
  const { name } = column;
  const top = column.top ?? [];
  const bars = top.map(({ value, count }, i): Bar => ({
    filter: { column: name, op: value.length < LONGEST_TEXT ? 'is' : 'begins', value },
    is: { kind: 'value', value },
    all: count,
    passing: some.top?.[i]?.count ?? 0,
  }));
  const rest = (profile: ColumnProfile, rows: number): number =>
    rows - profile.nulls - (profile.top ?? []).reduce((sum, { count }) => sum + count, 0);
  const all = rest(column, allRows);
  if (all <= 0 || top.some(({ value }) => value.length >= LONGEST_TEXT)) return bars;
  const filter = { column: name, op: 'other', values: top.map(({ value }) => value) } as const;
  const values = Math.max(1, column.distinct - top.length);
  return [...bars, { filter, is: { kind: 'other', values }, all, passing: rest(some, passingRows) }];
}

function rangeBar({ name, type, edges = [] }: ColumnProfile, at: number, all: number, passing: number): Bar {
  const [from, below] = [edges[at]!, edges[at + 1]!].map((edge) => (isTime(type) ? moment(edge, type) : edge)) as [
    number | string,
    number | string,
  ];
  return {
    filter: { column: name, op: 'range', min: from, below },
    is: { kind: 'range', from, below },
    all,
    passing,
  };
}

/** Bars side by side as one: what is narrow on a phone is wide enough for a finger. */
export function joined(bars: readonly Bar[], size: number): readonly Bar[] {
  const ranges = bars.filter(({ is }) => is.kind === 'range');
  const groups: Bar[] = [];
  for (let at = 0; at < ranges.length; at += size) {
    const part = ranges.slice(at, at + size);
    const [first, last] = [part[0]!, part.at(-1)!];
    if (first.is.kind !== 'range' || last.is.kind !== 'range' || first.filter.op !== 'range') continue;
    groups.push({
      filter: { ...first.filter, below: last.is.below },
      is: { kind: 'range', from: first.is.from, below: last.is.below },
      all: part.reduce((sum, bar) => sum + bar.all, 0),
      passing: part.reduce((sum, bar) => sum + bar.passing, 0),
    });
  }
  return [...groups, ...bars.filter(({ is }) => is.kind !== 'range')];
}

const isTime = (type: string): boolean => /^(?:DATE|TIMESTAMP)/.test(type);

function moment(seconds: number, type: string): string {
  const date = new Date(seconds * 1000);
  // Beyond what a `Date` holds; DuckDB reads these words as the end of all days.
  if (Number.isNaN(date.getTime())) return seconds > 0 ? 'infinity' : '-infinity';
  const text = date.toISOString();
  return type === 'DATE' ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
