import { locale } from '../../base/locale';
import type { Bar } from '../../table/bars';
import { isNumeric } from '../grid/format';
import { strings } from '../strings';

const DAY = 86_400_000;

/** What a bar holds, in words: a value, `10 to below 20`, days from the first to the last. */
export function barText({ is }: Bar, type: string): string {
  switch (is.kind) {
    case 'value':
      return is.value.trim() === '' ? strings.explore.blank : withBlanks(is.value);
    case 'empty':
      return strings.explore.empty;
    case 'other':
      return strings.explore.other(is.values.toLocaleString(locale()));
    case 'range':
      return type === 'DATE'
        ? strings.explore.days(String(is.from), dayBefore(String(is.below)))
        : strings.explore.range(edgeText(is.from), edgeText(is.below));
  }
}

/** A value whose blanks at its ends are seen: `Meta␣` is another than `Meta`. */
export const withBlanks = (value: string): string =>
  value.replace(/^\s+|\s+$/g, (blanks) => strings.explore.space.repeat(Math.min(3, blanks.length)));

export function edgeText(edge: number | string): string {
  if (typeof edge === 'string') return edge.replace(/ 00:00:00$/, '');
  return edge.toLocaleString(locale(), { maximumSignificantDigits: 12 });
}

/** A figure of a column of numbers, short. */
export function figure(value: number | string | undefined, type: string): string {
  const number = typeof value === 'string' && isNumeric(type) ? Number(value) : value;
  if (number === undefined || typeof number === 'string') return String(number ?? '').replace(/ 00:00:00$/, '');
  return number.toLocaleString(
    locale(),
    Math.abs(number) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 },
  );
}

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
