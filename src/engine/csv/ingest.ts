import { LevainError, problemOf } from '../../base/problem';
import type { Database } from '../database';
import { describe } from '../describe';
import type { CsvPlan, Ingested, PlannedColumn, Progress } from '../engine';
import { identifier } from '../literal';
import { adaptPlan } from './adapt';
import { bomLength } from './encoding';
import { dropLoaded, loadRows, takeName } from './load';
import { pass, type Findings } from './pass';
import { byteOf } from './records';
import { needsConversion, planOfRewritten } from './rewrite';
import { isPlain } from './source';
import { Tokenizer } from './tokenizer';

export interface IngestOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** A plan changes at most this often while the file is read: each change answers something the sample did not show. */
const ATTEMPTS = 8;

/**
 * Reads a file into the table `plan.table`, replacing it only when all went well.
 *
 * DuckDB reads the file's own bytes through a handle while our tokenizer reads them too, on this thread: it counts the
 * rows and checks every value of a typed column. When both agree, the table stands. When the tokenizer meets what DuckDB
 * must not decide (ragged rows, odd quotes, values that do not fit, mixed newlines, another encoding), the good rows are
 * written anew in plain form and DuckDB reads those; the others are rejected with their line and the reason. Throws
 * `csv-count` rather than keep a table with another number of rows than were counted.
 */
export async function ingestCsv(
  database: Database,
  file: File,
  given: CsvPlan,
  options: IngestOptions,
): Promise<Ingested> {
  const begun = performance.now();
  const loaded = `levain_load_${given.table}`;
  let plan = given;
  let direct = isPlain(plan) && !plan.columns.some((column) => needsConversion(column, plan));
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const result = direct
        ? await readDirectly(database, file, plan, loaded, options)
        : await readAnew(database, file, plan, loaded, options);
      if (result.kind === 'changed') plan = result.plan;
      else if (result.kind === 'done') return await finish(database, plan, loaded, result.findings, begun);
      direct =
        result.kind === 'changed' &&
        direct &&
        result.direct &&
        isPlain(plan) &&
        !plan.columns.some((column) => needsConversion(column, plan));
    }
    throw new LevainError({
      code: 'csv-plan',
      message: `${file.name} could not be read: no plan fits it.`,
      subject: file.name,
    });
  } catch (error) {
    await dropLoaded(database, loaded);
    if (options.signal.aborted) throw new LevainError({ code: 'cancelled', message: 'The run was cancelled.' });
    throw error;
  }
}

type Attempt =
  | { readonly kind: 'done'; readonly findings: Findings }
  | { readonly kind: 'changed'; readonly plan: CsvPlan; readonly direct: boolean }
  | { readonly kind: 'rewrite' };

async function readDirectly(
  database: Database,
  file: File,
  plan: CsvPlan,
  loaded: string,
  options: IngestOptions,
): Promise<Attempt> {
  const start = await tableStart(file, plan);
  if (start === null) return { kind: 'rewrite' };
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  const blob = file.slice(start.offset);
  const loading = loadRows(database, loaded, { blob, newline: start.newline }, plan, signal).then(
    (rows) => ({ rows, error: null }),
    (error: unknown) => ({ rows: -1, error }),
  );
  try {
    // The tokenizer is ahead of DuckDB: its bytes count for half of the way.
    const onBytes = (bytes: number): void => options.onProgress({ bytes: Math.round(bytes / 2), total: file.size });
    const findings = await pass(file, plan, { rewrite: false, stopWhenUnclean: true, signal: options.signal, onBytes });
    const adapted = findings.whole ? adaptPlan(plan, findings) : null;
    if (adapted || !findings.clean || !findings.whole || findings.newline !== start.newline) {
      stop.abort();
      await loading;
      return adapted ? { kind: 'changed', plan: adapted, direct: true } : { kind: 'rewrite' };
    }
    const { rows, error } = await loading;
    options.signal.throwIfAborted();
    if (error && fatal(error)) throw error;
    if (rows !== findings.rows) return { kind: 'rewrite' };
    options.onProgress({ bytes: file.size, total: file.size });
    return { kind: 'done', findings };
  } finally {
    stop.abort();
    await loading;
  }
}

async function readAnew(
  database: Database,
  file: File,
  plan: CsvPlan,
  loaded: string,
  options: IngestOptions,
): Promise<Attempt> {
  const onBytes = (bytes: number): void => options.onProgress({ bytes: Math.round(bytes / 2), total: file.size });
  const findings = await pass(file, plan, { rewrite: true, signal: options.signal, onBytes });
  const adapted = adaptPlan(plan, findings);
  if (adapted) return { kind: 'changed', plan: adapted, direct: false };
  const rewritten = planOfRewritten(plan);
  let rows: number;
  try {
    rows = await loadRows(database, loaded, { blob: findings.blob!, newline: '\n' }, rewritten, options.signal);
  } catch (error) {
    const wider = fatal(error) || options.signal.aborted ? null : withoutColumn(plan, error);
    if (!wider) throw error;
    return { kind: 'changed', plan: wider, direct: false };
  }
  if (rows !== findings.rows) {
    const message = `${file.name} has ${findings.rows.toLocaleString('en')} good rows, but ${rows.toLocaleString('en')} arrived in the table, so it was not kept.`;
    throw new LevainError({
      code: 'csv-count',
      message,
      hint: 'Check the delimiter and the quote character.',
      subject: file.name,
    });
  }
  options.onProgress({ bytes: file.size, total: file.size });
  return { kind: 'done', findings };
}

async function finish(
  database: Database,
  plan: CsvPlan,
  loaded: string,
  findings: Findings,
  begun: number,
): Promise<Ingested> {
  await takeName(database, loaded, plan.table);
  const columns = await describe(database, identifier(plan.table));
  const { rows, rejected, rejects } = findings;
  return {
    relation: { name: plan.table, columns, rows },
    found: rows + rejected,
    rejected,
    rejects,
    plan: { ...plan, notes: [...plan.notes, ...findingNotes(findings)] },
    milliseconds: performance.now() - begun,
  };
}

function findingNotes({ strays, trailing, source }: Findings): string[] {
  const rows = (count: number): string => `${count.toLocaleString('en')} row${count === 1 ? '' : 's'}`;
  return [
    ...(strays.count
      ? [
          `${rows(strays.count)} had quotes that were not doubled and were read as they stand (first: row ${strays.line.toLocaleString('en')}).`,
        ]
      : []),
    ...(trailing ? [`${rows(trailing)} ended in one delimiter too many, which was left out.`] : []),
    ...(source.nuls ? [`${source.nuls.toLocaleString('en')} NUL characters were taken out.`] : []),
  ];
}

/** Out of memory, a crash, a cancelled run: nothing that another way of reading would mend. */
function fatal(error: unknown): boolean {
  return ['out-of-memory', 'crashed', 'cancelled', 'engine-restarted', 'engine-closed', 'engine-start'].includes(
    problemOf(error).code,
  );
}

/** The plan with the column that DuckDB names in its error as text, if it names one. */
function withoutColumn(plan: CsvPlan, error: unknown): CsvPlan | null {
  const name = /column "([^"]+)"/i.exec(problemOf(error).message)?.[1];
  const column = plan.columns.find((one) => one.name === name && one.type !== 'VARCHAR' && !one.chosen);
  if (!column) return null;
  const text: PlannedColumn = { name: column.name, source: column.source, type: 'VARCHAR' };
  const note = `${column.name}: kept as text, since the database could not read all of its values.`;
  return { ...plan, columns: plan.columns.map((one) => (one === column ? text : one)), notes: [...plan.notes, note] };
}

/** Where the first row begins, in bytes, and how its line above ends; null when that does not show at the beginning. */
async function tableStart(file: File, plan: CsvPlan): Promise<{ offset: number; newline: '\n' | '\r\n' } | null> {
  const head = new Uint8Array(await file.slice(0, 4_000_000).arrayBuffer());
  const bom = bomLength(head, plan.encoding);
  let offset = -1;
  let headerPending = plan.header;
  const tokenizer = new Tokenizer({ delimiter: byteOf(plan.delimiter), quote: byteOf(plan.quote) }, (record) => {
    if (offset >= 0 || record.line <= plan.preamble) return;
    if (record.fields === 1 && record.end === record.start) return;
    if (headerPending) headerPending = false;
    else offset = bom + record.start;
  });
  tokenizer.push(head.subarray(bom));
  if (offset < 0) return null;
  return { offset, newline: tokenizer.newlines.crlf > 0 ? '\r\n' : '\n' };
}
