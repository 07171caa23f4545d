import { decodeTable, type Column } from '../table/decode';
import type { Database } from './database';

/** The columns of a relation or, in parentheses, of a query, given as SQL. */
export async function describe(database: Pick<Database, 'run'>, relation: string): Promise<Column[]> {
  const rows = decodeTable(await database.run(`DESCRIBE FROM ${relation}`)).toArray();
  return (rows as { column_name: string; column_type: string }[]).map((row) => ({
    name: row.column_name,
    type: row.column_type,
  }));
}
