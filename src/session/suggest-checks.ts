import type { ColumnProfile, Profile } from '../engine/engine';
import { identifier } from '../engine/literal';
import { writtenText } from './written-text';

const DAY = 86_400_000;
/** A column with more different values than this is no list to choose from. */
const MOST_CHOICES = 6;

/**
 * What a table's profile says to hold now, as lines of a check cell: what is unique, never empty, within bounds, one of few,
 * and how fresh the data are. The reader strikes out what need not hold.
 */
export function suggestChecks(table: string, profile: Profile, now: number): string[] {
  if (profile.rows === 0) return [];
  const key = profile.columns.find((column) => isKey(column, profile.rows));
  const lines = [`${word(table)} has rows`];
  for (const column of profile.columns) {
    const name = `${word(table)}.${word(column.name)}`;
    if (column === key) lines.push(`${name} is unique`);
    if (column.nulls === 0) lines.push(`${name} is not null`);
    lines.push(...boundsOf(name, column, now));
  }
  return lines;
}

/** Numbers that name a thing have no least. */
const NAMING = /(?:^|[_\s])(?:id|no|nr|number|code|zip|plz|postcode)$|nummer$/i;

function boundsOf(name: string, column: ColumnProfile, now: number): string[] {
  const { type, min, max, distinct, top } = column;
  if (/^(?:DATE|TIMESTAMP)/.test(type) && max !== undefined) {
    const behind = Math.ceil((now - Date.parse(`${max.slice(0, 10)}T00:00:00Z`)) / DAY);
    // Old data are looked at, not waited for.
    return behind >= -1 && behind <= 31 ? [`${name} is fresh within ${behind <= 5 ? 7 : 35} days`] : [];
  }
  if (column.mean !== undefined && min !== undefined && Number(min) >= 0 && !NAMING.test(column.name))
    return [`${name} is at least 0`];
  const few = type === 'VARCHAR' && distinct > 1 && distinct <= MOST_CHOICES && top?.length === distinct;
  if (!few || top.some(({ value, count }) => count < 2 || value.length > 40)) return [];
  return [`${name} is one of ${top.map(({ value }) => writtenText(value)).join(', ')}`];
}

/** Every row has another value, and the column is called like a key: numbers differ by chance. */
function isKey({ name, nulls, distinct, approximate }: ColumnProfile, rows: number): boolean {
  return (
    !approximate &&
    nulls === 0 &&
    distinct === rows &&
    /(?:^|[_ ])(?:id|no|nr|number|key|code|sku|email)$|Id$/i.test(name)
  );
}

function word(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : identifier(name);
}
