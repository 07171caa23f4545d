import type { Database } from '../database';
import type { CsvPlan } from '../engine';
import { identifier, text } from '../literal';
import { countRows, isView } from '../relations';
import { LONGEST_RECORD } from './tokenizer';

/** A file that holds nothing but rows: no header, no byte-order mark, newlines all alike. */
export interface Rows {
  readonly blob: Blob;
  readonly newline: '\n' | '\r\n';
}

/** How many files were made readable so far, by database. */
const loads = new WeakMap<Database, number>();

/** Makes the view `view` of rows by DuckDB's own reader, streaming through a handle. Returns how many there are. */
export async function viewRows(
  database: Database,
  view: string,
  rows: Rows,
  plan: CsvPlan,
  signal: AbortSignal,
): Promise<number> {
  const number = (loads.get(database) ?? 0) + 1;
  loads.set(database, number);
  // The file stays registered: the view reads it whenever it is asked.
  const path = await database.registerFile(`load-${number}.csv`, new File([rows.blob], 'load.csv'));
  await database.run(`CREATE OR REPLACE VIEW ${identifier(view)} AS FROM ${readCsv(path, rows, plan)}`, signal);
  return countRows(database, identifier(view), signal);
}

/** Every option is given, so that DuckDB guesses nothing. */
function readCsv(path: string, { newline }: Rows, plan: CsvPlan): string {
  const columns = plan.columns.map(({ name, type }) => `${text(name)}: ${text(type)}`).join(', ');
  const formatOf = (type: string): string | undefined =>
    plan.columns.find((column) => column.type === type && column.format !== undefined)?.format;
  const [date, time] = [formatOf('DATE'), formatOf('TIMESTAMP')];
  const options = [
    'auto_detect = false',
    'header = false',
    `columns = {${columns}}`,
    `delim = ${text(plan.delimiter)}`,
    `quote = ${text(plan.quote)}`,
    `escape = ${text(plan.quote)}`,
    `nullstr = [${(plan.nulls.length ? plan.nulls : ['']).map(text).join(', ')}]`,
    'allow_quoted_nulls = true',
    `new_line = '${newline === '\n' ? '\\n' : '\\r\\n'}'`,
    `decimal_separator = ${text(plan.decimal)}`,
    ...(date === undefined ? [] : [`dateformat = ${text(date)}`]),
    ...(time === undefined ? [] : [`timestampformat = ${text(time)}`]),
    "compression = 'none'",
    "comment = ''",
    'strict_mode = true',
    'null_padding = false',
    'ignore_errors = false',
    `max_line_size = ${LONGEST_RECORD * 2}`,
  ];
  return `read_csv(${text(path)}, ${options.join(', ')})`;
}

/** Gives a loaded table its name, in place of whatever had it, at once or not at all. */
export async function takeName(database: Database, loaded: string, name: string): Promise<void> {
  const former = (await isView(database, name)) ? 'VIEW' : 'TABLE';
  const kind = (await isView(database, loaded)) ? 'VIEW' : 'TABLE';
  await database.session(async (connection) => {
    await database.runOn(connection, 'BEGIN');
    await database.runOn(connection, `DROP ${former} IF EXISTS ${identifier(name)}`);
    await database.runOn(connection, `ALTER ${kind} ${identifier(loaded)} RENAME TO ${identifier(name)}`);
    await database.runOn(connection, 'COMMIT');
  });
}

export async function dropLoaded(database: Database, loaded: string): Promise<void> {
  for (const kind of ['TABLE', 'VIEW'])
    await database.run(`DROP ${kind} IF EXISTS ${identifier(loaded)}`).catch(() => {});
}
