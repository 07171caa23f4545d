import { dayText } from '../base/day-text';
import { locale } from '../base/locale';
import { numberText } from '../base/number-text';
import { LevainError, problemOf, type Problem } from '../base/problem';
import type { Engine, Parameter, RelationInfo, Statement } from '../engine/engine';
import type { Evaluated, EvaluatedValue, Kernel, KernelInput } from '../kernel/kernel';
import type {
  Body,
  CsvBody,
  MarkdownBody,
  MetricBody,
  SqlBody,
  SqlParameter,
  SqlStatement,
  TsBody,
} from '../language/definition';
import { inlineIdentifiers } from '../language/sql/identifiers';
import { sqlNotes } from '../language/sql/notes';
import type { Cell } from '../notebook/model';
import type { CellOutput, InputValue, TableOutput } from '../output/output';
import { CellFailed } from './cell-failed';
import { daysCutShort } from './days-cut-short';
import { metricCard } from './metric-card';
import { runCheck } from './run-check';

/** What a run needs to know beside the cell itself. */
export interface CellRun {
  readonly cell: Cell;
  readonly body: Body;
  readonly outputs: readonly string[];
  readonly version: number;
  /** Names the run with the engine, for cancelling. */
  readonly run: string;
  /** Names the cell reads that other cells or files define. */
  readonly inputs: readonly KernelInput[];
  /** The tables that the cell reads. */
  readonly reads: readonly RelationInfo[];
  /** Names this cell defines that SQL cells read. */
  readonly tables: readonly string[];
  readonly controls: Readonly<Record<string, InputValue>>;
  readonly signal: AbortSignal;
}

/** An expression set into SQL or prose, and where in the cell it begins. */
type Placed = Pick<SqlParameter, 'expression' | 'line' | 'column'>;

export interface CellRan {
  readonly output: CellOutput;
  /** Markdown only: the text of each `{{ }}`, in order. */
  readonly values?: readonly string[];
  /** The engine's relation that the cell's name stands for, if it made one. */
  readonly relation?: RelationInfo;
}

/** The rows of the metric by period. */
async function runMetric(engine: Engine, run: CellRun, body: MetricBody): Promise<CellRan> {
  const relation = await engine.define(
    run.run,
    relationOf(run.cell),
    { text: body.query, parameters: [] },
    { view: false },
  );
  const outputs = [await metricCard(engine, run.run, relation.name, body.metric), await tableOutput(engine, relation)];
  return { output: { outputs, log: [] }, relation };
}

const NO_OUTPUT: CellOutput = { outputs: [], log: [] };

/** Stands in a text where its value would, had it not failed. */
const NO_VALUE = '⚠';

/** Runs one cell to its end. Rejects with the cell's problem. */
export async function runCell(engine: Engine, kernel: Kernel, run: CellRun): Promise<CellRan> {
  switch (run.body.type) {
    case 'sql':
      return runSql(engine, kernel, run, run.body);
    case 'ts':
      return runTs(kernel, run, run.body);
    case 'md':
      return runMarkdown(kernel, run, run.body);
    case 'csv':
      return runCsv(engine, run, run.body);
    case 'check':
      return { output: await runCheck(engine, run.run, run.body) };
    case 'metric':
      return runMetric(engine, run, run.body);
  }
}

/** The relation that holds a cell's rows: its name, or one of our own for a cell without. */
export function relationOf(cell: Cell): string {
  return cell.name ?? `${UNNAMED}${cell.id}`;
}

/** What the relations of cells without a name begin with. */
export const UNNAMED = '_cell_';

async function runSql(engine: Engine, kernel: Kernel, run: CellRun, body: SqlBody): Promise<CellRan> {
  let relation: RelationInfo | undefined;
  const notes = [...sqlNotes(body.statements)];
  for (const [at, written] of body.statements.entries()) {
    const statement = await bind(kernel, run, written);
    try {
      if (at < body.statements.length - 1 || !written.query) await engine.execute(run.run, statement);
      else {
        relation = await keep(engine, run, written, statement);
        // The rows are there, whatever becomes of what is said about them.
        notes.push(...(await daysCutShort(engine, run.run, statement, written.line, run.reads).catch(() => [])));
      }
    } catch (error) {
      throw new StatementFailed(problemOf(error), written);
    }
  }
  const outputs = relation ? [await tableOutput(engine, relation)] : [];
  const log = notes.map((text) => ({ level: 'warn' as const, text }));
  return { output: { outputs, log }, relation };
}

/** The rows of a cell's last statement, as a relation that the grid shows and that other cells read. */
async function keep(engine: Engine, run: CellRun, { wrap }: SqlStatement, statement: Statement): Promise<RelationInfo> {
  const name = relationOf(run.cell);
  if (wrap === 'none') return engine.insert(name, await engine.query(run.run, statement));
  const text = wrap === 'subquery' ? `FROM (${statement.text}\n)` : statement.text;
  return engine.define(run.run, name, { ...statement, text }, { view: run.cell.view ?? false });
}

async function runTs(kernel: Kernel, run: CellRun, body: TsBody): Promise<CellRan> {
  const { cell, version, inputs, outputs, tables, controls, signal } = run;
  const result = await kernel.run(
    { cell: cell.id, version, code: body.code, inputs, outputs, tables, controls },
    signal,
  );
  if (result.problem) throw new CellFailed(result.problem, result.output);
  return { output: result.output };
}

async function runMarkdown(kernel: Kernel, run: CellRun, body: MarkdownBody): Promise<CellRan> {
  const expressions = body.parts.flatMap((part) => (typeof part === 'string' ? [] : [part]));
  if (expressions.length === 0) return { output: NO_OUTPUT, values: [] };
  const results = await evaluate(kernel, run, expressions, 'prose');
  const values = results.map((result) => (result.ok ? proseText(result.value) : NO_VALUE));
  throwFirst(results, expressions, values);
  return { output: NO_OUTPUT, values };
}

async function runCsv(engine: Engine, run: CellRun, body: CsvBody): Promise<CellRan> {
  const name = relationOf(run.cell);
  const file = new File([body.text], `${name}.csv`, { type: 'text/csv' });
  const plan = { ...(await engine.sniff(file)), table: name };
  const ingested = await engine.ingest(run.run, file, plan, () => undefined);
  const log = ingested.rejects.map((reject) => ({
    level: 'warn' as const,
    text: `Line ${reject.line}: ${reject.reason}`,
  }));
  return { output: { outputs: [await tableOutput(engine, ingested.relation)], log }, relation: ingested.relation };
}

/** A statement with its `${…}` evaluated: values bound, identifiers set in place. */
async function bind(kernel: Kernel, run: CellRun, statement: SqlStatement): Promise<Statement> {
  if (statement.parameters.length === 0) return { text: statement.text, parameters: [] };
  const results = await evaluate(kernel, run, statement.parameters, 'parameters');
  throwFirst(results, statement.parameters);
  return inlineIdentifiers(
    statement,
    results.map((result) => toParameter(result.value)),
  );
}

/** What came of the expressions, in their sequence. */
function evaluate(
  kernel: Kernel,
  { cell, version, inputs, signal }: CellRun,
  written: readonly Placed[],
  as: 'parameters' | 'prose',
): Promise<readonly Evaluated[]> {
  const expressions = written.map(({ expression }) => expression);
  return kernel.evaluate({ cell: cell.id, version, as, expressions, inputs }, signal);
}

/** Throws for the first that failed, at its place in the cell, with the texts of all in prose. */
function throwFirst(
  results: readonly Evaluated[],
  written: readonly Placed[],
  texts?: readonly string[],
): asserts results is readonly Extract<Evaluated, { ok: true }>[] {
  for (const [i, result] of results.entries()) {
    if (!result.ok) throw new ExpressionFailed(result.problem, written[i]!, texts);
  }
}

function toParameter(value: EvaluatedValue): Parameter {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toParameter);
  if ('date' in value) return new Date(value.date);
  if ('integer' in value) return BigInt(value.integer);
  throw new LevainError({
    code: 'bad-parameter',
    message: 'A value between ${ and } in SQL must be a number, text, date, true, false, null, or a list of these.',
  });
}

async function tableOutput(engine: Engine, relation: RelationInfo): Promise<TableOutput> {
  const rows = relation.rows ?? (await engine.count(relation.name, []));
  return { type: 'table', relation: relation.name, columns: relation.columns, rows };
}

/** A value in running text: numbers by locale, dates as days. */
function proseText(value: EvaluatedValue): string {
  if (value === null) return '–';
  if (typeof value === 'number') {
    // Two decimals would leave nothing of a small probability.
    return Math.abs(value) < 0.01
      ? numberText(value, locale())
      : value.toLocaleString(locale(), { maximumFractionDigits: 2 });
  }
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(proseText).join(', ');
  if ('date' in value) return dayText(new Date(value.date));
  return 'integer' in value ? BigInt(value.integer).toLocaleString(locale()) : '';
}

/** An expression between `${ }` or `{{ }}` that failed; its problem is placed in the cell. */
export class ExpressionFailed extends LevainError {
  /** Markdown only: the text of each `{{ }}`, those that did not fail as they are. */
  readonly texts: readonly string[] | undefined;

  constructor(problem: Problem, { line, column }: Placed, texts?: readonly string[]) {
    const within = { line: problem.line ?? 1, column: problem.column ?? 1 };
    super({
      ...problem,
      line: line + within.line - 1,
      column: within.line === 1 ? column + within.column - 1 : within.column,
    });
    this.texts = texts;
  }
}

/** A statement of an SQL cell that failed; places in the problem are relative to the statement. */
export class StatementFailed extends LevainError {
  readonly statement: SqlStatement;

  constructor(problem: Problem, statement: SqlStatement) {
    super(problem);
    this.statement = statement;
  }
}
