import { tableInside } from '../table/inside';
import type { TypedPlan } from '../table/plan';
import type { IngestOptions } from './csv/attempt';
import { columnNames, tableName } from './csv/names';
import type { Database } from './database';
import { readJson } from './json/ingest';
import { columnsOf } from './json/sniff';
import { Rows } from './json/rows';
import { Scanner } from './json/scan';
import { StagedTable, type TypedRead } from './staged-table';
import type { Walls } from './walls';
import { askForSheet } from './workbook/ask';
import type { SheetChoice, SheetRead } from './workbook/protocol';

/** Bytes of a sheet's rows by which the types of its columns are first told. */
const LOOKED_AT = 4_000_000;

/** Whether a file is a zip archive, as workbooks are: archives that people make are unpacked before they come here. */
export async function isWorkbook(file: Blob): Promise<boolean> {
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

/** How a workbook would be read: the sheet, the cells and the row of names that are chosen, or else found. */
export async function sniffWorkbook(
  walls: Walls | undefined,
  file: File,
  existingTables: readonly string[],
  choice: SheetChoice = {},
): Promise<TypedPlan> {
  const read = await sheetAskedFor(walls, file, choice);
  const rows = new Rows();
  const scanner = new Scanner({ kind: 'lines' });
  for (const element of scanner.push(new Uint8Array(await read.lines.slice(0, LOOKED_AT).arrayBuffer())))
    rows.look(element);
  const types = new Map(rows.seen > 0 ? columnsOf(rows).map(({ source, type }) => [source, type]) : []);
  const names = columnNames(read.columns);
  return {
    format: 'xlsx',
    table: tableName(file.name, existingTables),
    part: read.sheet,
    parts: read.sheets,
    ...(read.sheets.length > 1 && { tables: read.sheets.map((name) => ({ name })) }),
    range: read.range,
    headerRow: read.headerRow,
    columns: read.columns.map((source, i) => ({ name: names[i]!, source, type: types.get(`c${i}`) ?? 'VARCHAR' })),
    notes: read.notes,
  };
}

/** The sheet that is chosen, or that the file's name asks for (`costs.Budget.xlsx`), or else the first with cells. */
async function sheetAskedFor(
  walls: Walls | undefined,
  file: File,
  choice: SheetChoice,
): ReturnType<typeof askForSheet> {
  const read = await askForSheet(walls, file, choice);
  const named = choice.sheet === undefined ? tableInside(file.name, read.sheets) : undefined;
  return named === undefined || named === read.sheet ? read : askForSheet(walls, file, { ...choice, sheet: named });
}

/** Reads a sheet into the new table `loaded`. */
export async function readWorkbook(
  database: Database,
  walls: Walls | undefined,
  file: File,
  plan: TypedPlan,
  loaded: string,
  options: IngestOptions,
): Promise<TypedRead> {
  const { part: sheet, range, headerRow } = plan;
  const read = await askForSheet(walls, file, { sheet, range, headerRow }, options.signal);
  const { columns, notes } = read.rows > 0 ? await readLines(database, read, plan, loaded, file, options) : plan;
  if (read.rows === 0) await StagedTable.create(database, loaded, columns);
  const { rows, rejects } = read;
  return { rows, rejected: rejects.length, rejects, plan: { ...plan, columns, notes: [...read.notes, ...notes] } };
}

/** The rows come as JSON by the columns' places; their types and what is said of them are those of the JSON reader. */
async function readLines(
  database: Database,
  read: SheetRead,
  plan: TypedPlan,
  loaded: string,
  file: File,
  options: IngestOptions,
): Promise<Pick<TypedPlan, 'columns' | 'notes'>> {
  const byPlace = plan.columns.map((column, i) => ({ ...column, source: `c${i}` }));
  const { rows, plan: found } = await readJson(
    database,
    new File([read.lines], file.name),
    { format: 'json', layout: 'lines', table: plan.table, columns: byPlace, notes: [''] },
    loaded,
    options,
  );
  if (rows !== read.rows) throw new Error(`${read.rows} rows were read from the sheet, and ${rows} arrived.`);
  const columns = found.columns.map((column, i) => ({ ...column, source: read.columns[i]! }));
  return { columns, notes: found.notes.slice(1) };
}
