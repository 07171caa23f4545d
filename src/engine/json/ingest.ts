import { columnFromArray, Table, tableFromColumns, tableToIPC } from '@uwdata/flechette';
import { LevainError } from '../../base/problem';
import type { Progress } from '../engine';
import type { TypedPlan } from '../../table/plan';
import type { IngestOptions } from '../csv/attempt';
import { columnNames } from '../csv/names';
import { Ledger } from '../csv/ledger';
import { utf8Chunks } from '../csv/source';
import type { Database } from '../database';
import { StagedTable, type TypedRead } from '../staged-table';
import type { Layout } from './layout';
import { Rows, textOf, Unreadable } from './rows';
import { Scanner, type Element } from './scan';
import { kindOf, type Kind } from './types';
import type { Value } from './value';

/** Bytes of JSON whose rows travel together, and most of their rows. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_ROWS = 122_880;
const MOST_COLUMNS = 5_000;
const SHOWN = 400;

/**
 * Reads a JSON file into the new table `loaded`, twice: first for what its values have in common, which gives the columns'
 * types, then for the values. A row that is no JSON is rejected, with its line.
 */
export async function readJson(
  database: Database,
  file: File,
  plan: TypedPlan,
  loaded: string,
  { signal, onProgress }: IngestOptions,
): Promise<TypedRead> {
  const rows = new Rows();
  const layout = layoutOfPlan(plan);
  const half = (first: boolean) => (bytes: number) =>
    onProgress({ bytes: Math.floor((bytes + (first ? 0 : file.size)) / 2), total: file.size } satisfies Progress);
  for await (const elements of pieces(file, plan, layout, half(true))) {
    signal.throwIfAborted();
    for (const element of elements) rows.look(element);
  }
  const { columns, kinds, notes } = columnsFor(rows, plan, file.name);
  const table = await StagedTable.create(database, loaded, columns);
  const ledger = new Ledger();
  let values: unknown[][] = columns.map(() => []);
  let held = 0;
  const flush = async (): Promise<void> => {
    if (values[0]!.length === 0) return;
    const bytes = encode(columns, kinds, values);
    values = columns.map(() => []);
    held = 0;
    await table.append(bytes, signal);
  };
  for await (const elements of pieces(file, plan, layout, half(false))) {
    for (const element of elements) {
      const cells = rows.cells(element);
      const row = cells instanceof Unreadable ? cells : convert(cells, columns, kinds);
      if (row instanceof Unreadable) {
        ledger.note({
          line: element.line,
          reason: `Row ${place(layout, element, ledger)} ${row.why}.`,
          text: shown(element),
        });
        continue;
      }
      row.forEach((value, i) => values[i]!.push(value));
      ledger.rows++;
      held += element.bytes.length;
      if (held > BATCH_BYTES || values[0]!.length === BATCH_ROWS) await flush();
    }
    signal.throwIfAborted();
  }
  await flush();
  const { rejected, rejects } = ledger;
  return {
    rows: ledger.rows,
    rejected,
    rejects,
    plan: { ...plan, columns, notes: [...plan.notes.slice(0, 1), ...notes] },
  };
}

const layoutOfPlan = ({ layout = 'list', part = '' }: TypedPlan): Layout =>
  layout === 'within' ? { kind: layout, key: part } : { kind: layout };

/** A list may stand on one line: then the row is told by its number. */
const place = (layout: Layout, { line }: Element, ledger: Ledger): string =>
  (layout.kind === 'lines' ? line : ledger.rows + ledger.rejected + 1).toLocaleString('en');

function convert(
  cells: Readonly<Record<string, Value>>,
  columns: TypedPlan['columns'],
  kinds: readonly Kind[],
): unknown[] | Unreadable {
  try {
    return columns.map(({ source }, i) => kinds[i]!.convert(Object.hasOwn(cells, source) ? cells[source]! : null));
  } catch (error) {
    if (error instanceof RangeError) return new Unreadable('is nested too deeply');
    throw error;
  }
}

function columnsFor(
  rows: Rows,
  plan: TypedPlan,
  fileName: string,
): { columns: TypedPlan['columns']; kinds: Kind[]; notes: string[] } {
  if (rows.seen === 0) {
    const message = `${fileName} holds no rows: ${plan.part === undefined ? 'no value in it is JSON' : `its list “${plan.part}” is empty`}.`;
    throw new LevainError({
      code: 'json-empty',
      message,
      hint: 'Look whether it is the right file.',
      subject: fileName,
    });
  }
  const { sources } = rows;
  if (sources.length > MOST_COLUMNS) {
    throw new LevainError({
      code: 'json-too-wide',
      message: `The objects in ${fileName} have ${sources.length.toLocaleString('en')} different keys, more than a table has columns.`,
      hint: 'Such keys are often data themselves. Export the rows as a list.',
      subject: fileName,
    });
  }
  // The reader may have given columns other names.
  const given = new Map(plan.columns.map(({ source, name }) => [source, name]));
  const names = columnNames(sources);
  const taken = new Set(given.values());
  const found = sources.map((source, i) => {
    const name = given.get(source) ?? (taken.has(names[i]!) ? `${names[i]!}_2` : names[i]!);
    return { name, source, ...kindOf(rows.shapeOf(source)) };
  });
  return {
    columns: found.map(({ name, source, kind }) => ({ name, source, type: kind.sql })),
    kinds: found.map(({ kind }) => kind),
    notes: found.flatMap(({ name, note }) => (note === undefined ? [] : [`${name} ${note}.`])),
  };
}

function encode(columns: TypedPlan['columns'], kinds: readonly Kind[], values: readonly unknown[][]): Uint8Array {
  const table: Table = tableFromColumns(
    columns.map(({ name }, i) => [name, columnFromArray(values[i]!, kinds[i]!.arrow)] as const),
  );
  return tableToIPC(table, { format: 'stream' })!;
}

async function* pieces(
  file: File,
  plan: TypedPlan,
  layout: Layout,
  onBytes: (bytes: number) => void,
): AsyncGenerator<readonly Element[]> {
  const scanner = new Scanner(layout);
  const { encoding = 'utf-8', compression = 'none' } = plan;
  const source = { nuls: 0, invalid: 0, wide: 0 };
  for await (const chunk of utf8Chunks(file, { encoding, compression }, source, onBytes)) yield scanner.push(chunk);
  yield scanner.finish();
}

function shown(element: Element): string {
  const text = textOf(element) ?? new TextDecoder().decode(element.bytes.subarray(0, SHOWN));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
