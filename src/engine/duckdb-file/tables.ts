import type { TableInside } from '../../table/inside';
import { describe } from '../describe';
import { identifier, text } from '../literal';
import { countRows } from '../relations';
import { problemOf } from '../../base/problem';
import { ATTACHED, rowsOf, type Attached } from './attached';

/** A table of the attached file: how it is called there, and in SQL. */
export interface TableOfFile extends TableInside {
  readonly sql: string;
  readonly isView: boolean;
}

/** What an attached file holds; `broken` are sentences about views that cannot be computed from it alone. */
export interface Contents {
  readonly tables: readonly TableOfFile[];
  readonly broken: readonly string[];
}

/** The tables and views of the attached file, tables first, each by schema and name. */
export async function contentsOf(attached: Attached): Promise<Contents> {
  const where = `database_name = ${text(ATTACHED)} AND NOT internal`;
  const found = await rowsOf(
    attached,
    `FROM (SELECT schema_name AS "schema", table_name AS name, false AS is_view FROM duckdb_tables() WHERE ${where}
     UNION ALL SELECT schema_name, view_name, true FROM duckdb_views() WHERE ${where})
     ORDER BY is_view, "schema" <> 'main', "schema", name`,
  );
  const tables: TableOfFile[] = [];
  const broken: string[] = [];
  for (const row of found as { schema: string; name: string; is_view: boolean }[]) {
    const { schema, name, is_view: isView } = row;
    const called = schema === 'main' && !name.includes('.') ? name : `${schema}.${name}`;
    const sql = [ATTACHED, schema, name].map(identifier).join('.');
    try {
      const columns = (await describe(attached, sql)).length;
      tables.push({ name: called, sql, columns, isView, ...(!isView && { rows: await countRows(attached, sql) }) });
    } catch (error) {
      if (!isView) throw error;
      // What it lacks says nothing of the file's own bytes.
      const { message } = problemOf((error as Error).cause ?? error);
      broken.push(`The view ${called} cannot be computed from the file alone: ${message}`);
    }
  }
  return { tables, broken };
}
