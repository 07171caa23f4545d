import { LevainError } from '../base/problem';
import type { Column } from '../table/decode';
import { tableInside } from '../table/inside';
import type { TypedPlan } from '../table/plan';
import type { Assets } from './assets';
import type { IngestOptions } from './csv/attempt';
import { columnNames, tableName } from './csv/names';
import type { Database } from './database';
import { describe } from './describe';
import { rowsOf, withAttached, type Attached } from './duckdb-file/attached';
import { damaged, empty } from './duckdb-file/header';
import { contentsOf, type Contents, type TableOfFile } from './duckdb-file/tables';
import { carried, type Carried } from './duckdb-file/types';
import { BATCH_ROWS } from './formats/batch-rows';
import { identifier } from './literal';
import { countRows } from './relations';
import { concat } from '../base/concat';
import { StagedTable, type TypedRead } from './staged-table';

/** How a table of a DuckDB file would be read: the one that `part` or the file's name asks for, or else the longest. */
export async function sniffDuckdb(
  assets: Assets,
  file: File,
  existingTables: readonly string[],
  part?: string,
): Promise<TypedPlan> {
  return withAttached(assets, file, new AbortController().signal, async (attached) => {
    const contents = await contentsOf(attached);
    const table = chosen(contents, file, part);
    const columns = await describe(attached, table.sql);
    const names = columnNames(columns.map(({ name }) => name));
    const carriers = columns.map(({ type }) => carried(type));
    return {
      format: 'duckdb',
      table: tableName(table.name, existingTables),
      part: table.name,
      tables: contents.tables.map(({ name, columns, rows }) => ({
        name,
        columns,
        ...(rows !== undefined && { rows }),
      })),
      columns: columns.map(({ name }, i) => ({ name: names[i]!, source: name, type: carriers[i]!.type })),
      notes: [
        `This is the ${table.isView ? 'view' : 'table'} ${table.name} of the DuckDB database.`,
        ...columns.flatMap(({ name, type }, i) => noteOf(name, type, carriers[i]!)),
        ...contents.broken,
      ],
    };
  });
}

/** Reads a table of a DuckDB file into the new table `loaded`, range by range. */
export async function readDuckdb(
  database: Database,
  assets: Assets,
  file: File,
  plan: TypedPlan,
  loaded: string,
  { signal, onProgress }: IngestOptions,
): Promise<TypedRead> {
  return withAttached(assets, file, signal, async (attached) => {
    const table = chosen(await contentsOf(attached), file, plan.part);
    // A view may take as long as it takes; it is stopped with the reading.
    attached.opened();
    const columns = await describe(attached, table.sql);
    const source = await numbered(attached, table, columns);
    const [count] = (await rowsOf(attached, `SELECT count(*) AS n, max(rowid) AS last FROM ${source.from}`)) as [
      { n: number; last: number | null },
    ];
    const carriers = columns.map(({ type }) => carried(type));
    const list = carriers.map(({ carrier }, i) => `CAST(${source.columns(i)} AS ${carrier}) AS c${i}`).join(', ');
    const staged = await StagedTable.create(
      database,
      loaded,
      plan.columns.map(({ name }, i) => ({ name, type: carriers[i]!.type })),
    );
    for (let from = 0; from <= (count.last ?? -1); from += BATCH_ROWS) {
      const range = `rowid >= ${from} AND rowid < ${from + BATCH_ROWS}`;
      await staged.append(concat(await attached.run(`SELECT ${list} FROM ${source.from} WHERE ${range}`)), signal);
      const share = Math.min(1, (from + BATCH_ROWS) / (count.last! + 1));
      onProgress({ bytes: Math.round(file.size * share), total: file.size });
    }
    const rows = await countRows(database, identifier(loaded));
    if (rows !== count.n) throw damaged(file, `${table.name} has ${count.n} rows, and ${rows} came out`);
    return { rows, rejected: 0, rejects: [], plan };
  });
}

interface Numbered {
  readonly from: string;
  readonly columns: (place: number) => string;
}

/** Rows with numbers by which they are read in ranges: a table has them, a view is computed once into one. */
async function numbered(attached: Attached, table: TableOfFile, columns: readonly Column[]): Promise<Numbered> {
  if (!table.isView && !columns.some(({ name }) => name.toLowerCase() === 'rowid')) {
    return { from: table.sql, columns: (place) => identifier(columns[place]!.name) };
  }
  const places = columns.map((_, i) => `c${i}`).join(', ');
  await attached.run(`CREATE TABLE levain_rows AS SELECT * FROM ${table.sql} AS t(${places})`);
  return { from: 'levain_rows', columns: (place) => `c${place}` };
}

function chosen({ tables, broken }: Contents, file: File, part: string | undefined): TableOfFile {
  const wanted =
    part ??
    tableInside(
      file.name,
      tables.map(({ name }) => name),
    );
  const [longest] = [...tables].sort((a, b) => (b.rows ?? -1) - (a.rows ?? -1));
  const table = wanted === undefined ? longest : tables.find(({ name }) => name === wanted);
  if (table) return table;
  if (!longest) throw broken.length > 0 ? unreachable(file, broken) : empty(file);
  throw new LevainError({
    code: 'duckdb-no-table',
    message: `${file.name} has no table ${wanted} any more. It has ${tables.map(({ name }) => name).join(', ')}.`,
    hint: 'Give the table its former name in the database, or remove this file here and drop the other one anew.',
    subject: file.name,
  });
}

function noteOf(name: string, type: string, { change }: Carried): string[] {
  if (change === 'text') return [`${name} is of type ${type}, which is read as text.`];
  if (change === 'enum') return [`${name} has a fixed list of values (ENUM), which are read as text.`];
  return change === 'utc' ? [`${name} holds moments with a time zone, which are read as UTC.`] : [];
}

const unreachable = (file: File, broken: readonly string[]): LevainError =>
  new LevainError({
    code: 'duckdb-empty',
    message: `${file.name} holds nothing that can be read by itself. ${broken.join(' ')}`,
    hint: 'In DuckDB, make tables of its views (CREATE TABLE … AS FROM …) and drop the file again.',
    subject: file.name,
  });
