import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as duckdb from '@duckdb/duckdb-wasm/blocking';

/** A native DuckDB to compare with. */
export async function nativeDuckDb(): Promise<DuckDBConnection> {
  return (await DuckDBInstance.create(':memory:')).connect();
}

/** The error message of a statement, or null. */
export type ErrorOf = (sql: string) => string | null;

/** The very DuckDB that runs in the page, here in Node: for its error messages as they really read. */
export async function pageDuckDb(): Promise<ErrorOf> {
  const dist = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm'));
  const bundle = (kind: string) => ({ mainModule: `${dist}/duckdb-${kind}.wasm`, mainWorker: '' });
  const bundles = { mvp: bundle('mvp'), eh: bundle('eh') };
  const database = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await database.instantiate(() => undefined);
  database.open({});
  const connection = database.connect();
  connection.query('SET autoload_known_extensions = false');
  return (sql) => {
    try {
      connection.query(sql);
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
}

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;

/** The tables of a SELECT by DuckDB's own parse tree, less CTEs; null when it has no tree to give. */
export async function parsedTables(connection: DuckDBConnection, sql: string): Promise<string[] | null> {
  const statement = await connection.prepare('SELECT json_serialize_sql($1::VARCHAR)');
  statement.bindVarchar(1, sql);
  const reader = await statement.runAndReadAll();
  const parsed = JSON.parse(String(reader.getRows()[0]![0])) as { error: boolean; statements: Json };
  if (parsed.error) return null;
  const tables = new Set<string>();
  collect(parsed.statements, new Set(), tables);
  return [...tables];
}

const OWN = new Set(['', 'main', 'memory']);

function collect(json: Json, outer: ReadonlySet<string>, tables: Set<string>): void {
  if (json === null || typeof json !== 'object') return;
  if (Array.isArray(json)) return json.forEach((item: Json) => collect(item, outer, tables));
  const node = json as { readonly [key: string]: Json };
  const ctes = new Set(outer);
  const map = (
    node.cte_map as { map?: { key: string; value: { query: { node: { type: string } } & Json } }[] } | undefined
  )?.map;
  for (const { key, value } of map ?? []) {
    const recursive = value.query.node.type === 'RECURSIVE_CTE_NODE';
    collect(value as Json, recursive ? new Set([...ctes, key.toLowerCase()]) : ctes, tables);
    ctes.add(key.toLowerCase());
  }
  const name = String(node.table_name ?? '').replaceAll('"', '');
  const schema = String(node.schema_name ?? '');
  const qualified = schema !== '';
  const isTable =
    node.type === 'BASE_TABLE' || (node.type === 'SHOW_REF' && !node.query && !/^__|^$|^tables$/.test(name));
  if (isTable && OWN.has(schema) && (qualified || !ctes.has(name.toLowerCase()))) tables.add(String(node.table_name));
  for (const [key, value] of Object.entries(node)) if (key !== 'cte_map') collect(value, ctes, tables);
}
