import { problemOf } from '../base/problem';
import { decodeTable, type Column } from '../table/decode';
import type { Database } from './database';
import type { RelationInfo } from './engine';
import { located } from './errors';
import type { Entry } from './journal';
import { identifier, text } from './literal';
import { concat } from '../base/concat';

/** Statements whose rows cannot stand in `CREATE TABLE … AS`, but can in a subquery. */
const IN_SUBQUERY = /^(?:DESCRIBE|DESC|SUMMARIZE|SHOW)$/;
/** Statements with rows that can stand in neither. */
const ROWS_ONLY = /^(?:EXPLAIN|PRAGMA|CALL|INSERT|UPDATE|DELETE)$/;

/**
 * Makes the relation of a query, whole or not at all: when the query fails, what had the name before is still there.
 * Returns the number of its rows, for a table. Places of errors are in the query's text.
 */
export async function defineRelation(
  database: Database,
  { name, keyword, view, text: query }: Extract<Entry, { kind: 'query' }>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  if (ROWS_ONLY.test(keyword)) {
    await insertRelation(database, name, concat(await database.run(query, signal)));
    return countRows(database, identifier(name));
  }
  const [before, after] = IN_SUBQUERY.test(keyword) ? ['FROM (', '\n)'] : ['', ''];
  const head = `CREATE OR REPLACE ${view ? 'VIEW' : 'TABLE'} ${identifier(name)} AS ${before}`;
  const statement = `${head}${query}${after}`;
  const create = async (work: () => Promise<Uint8Array[]>): Promise<number | undefined> => {
    const messages = await located(query, (position) => position - head.length, work);
    return view ? undefined : Number(decodeTable(messages).getChildAt(0)!.at(0));
  };
  try {
    return await create(() => database.run(statement, signal));
  } catch (error) {
    if (!/Existing object .* is of type/.test(problemOf(error).message)) throw error;
    return replacing(database, name, view ? 'TABLE' : 'VIEW', (connection) =>
      create(() => database.runOn(connection, statement, signal)),
    );
  }
}

/** Drops `name` and does `work` in one transaction. A failure ends the connection, and so undoes the drop. */
function replacing<T>(
  database: Database,
  name: string,
  kind: 'TABLE' | 'VIEW',
  work: (connection: number) => Promise<T>,
): Promise<T> {
  return database.session(async (connection) => {
    await database.runOn(connection, 'BEGIN');
    await database.runOn(connection, `DROP ${kind} IF EXISTS ${identifier(name)}`);
    const made = await work(connection);
    await database.runOn(connection, 'COMMIT');
    return made;
  });
}

/** Makes a table of Arrow IPC stream bytes. It is made beside the old one, then takes its place. */
export async function insertRelation(database: Database, name: string, bytes: Uint8Array): Promise<void> {
  const fresh = `levain_insert_${name}`;
  await database.run(`DROP TABLE IF EXISTS ${identifier(fresh)}`);
  await database.insertArrow(fresh, bytes);
  await replacing(database, name, await kindOf(database, name), (connection) =>
    database.runOn(connection, `ALTER TABLE ${identifier(fresh)} RENAME TO ${identifier(name)}`),
  );
}

export async function dropRelation(database: Database, name: string): Promise<void> {
  await database.run(`DROP ${await kindOf(database, name)} IF EXISTS ${identifier(name)}`);
}

export async function renameRelation(database: Database, from: string, to: string): Promise<void> {
  await database.run(`ALTER ${await kindOf(database, from)} ${identifier(from)} RENAME TO ${identifier(to)}`);
}

/** How many rows `FROM` gives: a relation's name as SQL, perhaps with a WHERE clause. */
export async function countRows(database: Pick<Database, 'run'>, from: string, signal?: AbortSignal): Promise<number> {
  return Number(decodeTable(await database.run(`SELECT count(*) AS n FROM ${from}`, signal)).at(0)!.n);
}

export async function isView(database: Database, name: string): Promise<boolean> {
  const named = `schema_name = 'main' AND NOT internal AND lower(view_name) = lower(${text(name)})`;
  return decodeTable(await database.run(`SELECT 1 FROM duckdb_views() WHERE ${named}`)).numRows > 0;
}

async function kindOf(database: Database, name: string): Promise<'TABLE' | 'VIEW'> {
  return (await isView(database, name)) ? 'VIEW' : 'TABLE';
}

/** The reader's tables and views with their columns, and the tables' rows. */
export async function relations(database: Database): Promise<RelationInfo[]> {
  const messages = await database.run(
    `SELECT c.table_name AS relation, c.column_name AS name, c.data_type AS type, v.view_oid IS NOT NULL AS is_view
     FROM duckdb_columns() c
     LEFT JOIN duckdb_views() v ON v.view_oid = c.table_oid AND v.schema_oid = c.schema_oid AND NOT v.internal
     WHERE c.schema_name = 'main' AND c.database_name = current_database() AND NOT c.internal
     ORDER BY lower(c.table_name), c.column_index`,
  );
  const found = new Map<string, { columns: Column[]; view: boolean }>();
  for (const row of decodeTable(messages).toArray() as Record<string, string>[]) {
    const known = found.get(row.relation!) ?? { columns: [], view: Boolean(row.is_view) };
    known.columns.push({ name: row.name!, type: row.type! });
    found.set(row.relation!, known);
  }
  const all: RelationInfo[] = [];
  for (const [name, { columns, view }] of found) {
    all.push(view ? { name, columns } : { name, columns, rows: await countRows(database, identifier(name)) });
  }
  return all;
}
