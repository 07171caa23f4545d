import type { Engine } from '../engine/engine';
import { writtenIdentifier } from './written-identifier';
import { decodeTable } from '../table/decode';

/** How much time each row of a file of ads stands for. */
export type Rhythm = 'day' | 'week' | 'month';

/** Fewer days tell nothing of how far apart they are. */
const LEAST = 3;

/** The one row that {@link rhythmOf} reads. */
export const rhythmQuery = (table: string, day: string): string => {
  const column = `${writtenIdentifier(day)}::DATE`;
  return `SELECT count(DISTINCT ${column})::DOUBLE AS n, count(DISTINCT isodow(${column}))::DOUBLE AS weekdays, count(DISTINCT day(${column}))::DOUBLE AS dates FROM ${writtenIdentifier(table)}`;
};

/** A file of weeks has its days on one weekday, one of months on one day of the month. */
export function rhythmOf({ n, weekdays, dates }: Readonly<Record<'n' | 'weekdays' | 'dates', number>>): Rhythm {
  if (n < LEAST) return 'day';
  if (weekdays === 1) return 'week';
  return dates === 1 ? 'month' : 'day';
}

/** The rhythm of a table of ads by its column of days. */
export async function askRhythm(engine: Pick<Engine, 'query'>, table: string, day: string): Promise<Rhythm> {
  const bytes = await engine.query(`rhythm:${table}`, { text: rhythmQuery(table, day), parameters: [] });
  return rhythmOf(decodeTable(bytes).toArray()[0] as Parameters<typeof rhythmOf>[0]);
}
