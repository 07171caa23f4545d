import type { ColumnProfile, Profile } from '../engine/engine';
import { identifier } from '../engine/literal';
import { namesThings } from '../base/names-things';
import { rolesOf } from './roles';
import { writtenText } from './written-text';

const DAY = 86_400_000;
/** A column with more different values than this is no list to choose from. */
const MOST_CHOICES = 6;

/**
 * What a table's profile says to hold now, as lines of a check cell: what is unique, never empty (of columns that are known to
 * matter), within bounds, one of few, and how fresh the data are. The reader strikes out what need not hold.
 */
export function suggestChecks(table: string, profile: Profile, now: number): string[] {
  if (profile.rows === 0) return [];
  const roles = new Set(
    Object.values(
      rolesOf(
        profile.columns.map((column) => ({ ...column, source: column.name })),
        profile,
      ),
    ),
  );
  const lines = [`${word(table)} has rows`];
  for (const column of profile.columns) {
    const name = `${word(table)}.${word(column.name)}`;
    const key = isKey(column, profile.rows);
    if (key) lines.push(`${name} is unique`);
    if (column.nulls === 0 && (key || roles.has(column.name))) lines.push(`${name} is not null`);
    lines.push(...boundsOf(name, column, now));
  }
  return lines;
}

function boundsOf(name: string, column: ColumnProfile, now: number): string[] {
  const { type, min, max, distinct, top } = column;
  if (/^(?:DATE|TIMESTAMP)/.test(type) && max !== undefined) {
    const behind = Math.ceil((now - Date.parse(`${max.slice(0, 10)}T00:00:00Z`)) / DAY);
    // Old data are looked at, not waited for.
    return behind >= -1 && behind <= 31 ? [`${name} is fresh within ${behind <= 5 ? 7 : 35} days`] : [];
  }
  if (column.mean !== undefined && min !== undefined && Number(min) >= 0 && !namesThings(column.name))
    return [`${name} is at least 0`];
  const few = type === 'VARCHAR' && distinct > 1 && distinct <= MOST_CHOICES && top?.length === distinct;
  if (!few || top.some(({ value, count }) => count < 2 || !isLabel(value))) return [];
  return [`${name} is one of ${top.map(({ value }) => writtenText(value)).join(', ')}`];
}

/** A state, a channel, a kind: neither a sentence nor a period, of which the next export has another. */
const isLabel = (value: string): boolean =>
  value.length <= 24 && value.split(/\s+/).length <= 3 && !/^\d{4}\D?\d{2}/.test(value);

/** Every row has another value, and the column is called like a key: numbers differ by chance. */
function isKey({ name, nulls, distinct, approximate }: ColumnProfile, rows: number): boolean {
  return (
    !approximate && nulls === 0 && distinct === rows && (namesThings(name) || /(?:^|[_ ])(?:key|e_?mail)$/i.test(name))
  );
}

function word(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : identifier(name);
}
