import { rowOf, type Calendar } from '../data/calendar';
import type { Holiday } from './holidays';
import type { NamedColumn } from './season';

/**
 * Days with names as one column a name: how many of its days fall in the row, 0 or 1 for daily rows. Names of which no
 * day falls in the calendar have no column.
 */
export function eventColumns(calendar: Calendar, days: readonly Holiday[]): NamedColumn[] {
  const columns = new Map<string, Float64Array>();
  for (const { name, day } of days) {
    const row = rowOf(calendar, day);
    if (row < 0 || row >= calendar.starts.length) continue;
    const column = columns.get(name) ?? new Float64Array(calendar.starts.length);
    column[row]! += 1;
    columns.set(name, column);
  }
  return [...columns].map(([name, values]) => ({ name, values }));
}
