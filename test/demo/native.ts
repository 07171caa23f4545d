import { readFileSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { define } from '../../src/language/define';
import { parseNotebook } from '../../src/notebook/parse';

export async function database(): Promise<DuckDBConnection> {
  return (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
}

export async function rowsOf(db: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  const reader = await db.runAndReadAll(sql);
  const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
  return reader
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
}

/** Runs some of a notebook's own SQL cells, one after the other; their parameters all get the one value. */
export async function runCells(
  db: DuckDBConnection,
  notebook: string,
  ids: readonly string[],
  value: string,
): Promise<void> {
  const { notebook: document } = parseNotebook(readFileSync(notebook, 'utf8'));
  for (const id of ids) {
    const { body, outputs } = define(document.cells.find((cell) => cell.id === id)!);
    if (body.type !== 'sql') throw new Error(`${id} is no SQL cell`);
    const [statement] = body.statements;
    await db.run(
      `CREATE OR REPLACE TABLE "${outputs[0]}" AS ${statement!.text}`,
      statement!.parameters.map(() => value),
    );
  }
}

/** A notebook's text with the sources of some cells written anew, as a reader does who maps columns of their own. */
export function withCells(text: string, sources: Readonly<Record<string, string>>): string {
  return Object.entries(sources).reduce((written, [id, source]) => {
    const cell = new RegExp('(```\\w+ id=' + id + '\\b[^\\n]*\\n)[\\s\\S]*?(\\n```\\n)');
    if (!cell.test(written)) throw new Error(`There is no cell ${id}`);
    return written.replace(cell, (_, fence: string, end: string) => fence + source + end);
  }, text);
}
