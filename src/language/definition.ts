import type { Problem } from '../base/problem';

/**
 * What a cell means: which names it reads, which it defines, and what to run. Every kind of cell compiles to this one
 * shape, so that the runtime has no cases. A cell that cannot be compiled has problems and no body to run.
 */
export interface Definition {
  /** Free names, as written, each once: names of other cells or of tables. Names nobody defines are not errors here. */
  readonly inputs: readonly string[];
  /** Names this cell defines. */
  readonly outputs: readonly string[];
  /**
   * SQL functions called and types cast to. Most are the database's own; one that another cell defines (CREATE MACRO,
   * CREATE TYPE) is an input as well. Compare without regard to case.
   */
  readonly calls?: readonly string[];
  readonly body: Body;
  readonly problems: readonly Problem[];
}

export type Body = SqlBody | TsBody | MarkdownBody | CsvBody | CheckBody | MetricBody;

export interface SqlBody {
  readonly type: 'sql';
  /** The statements in order, `${…}` replaced by `$1`, `$2`, … within each statement. All but the last are run for effect. */
  readonly statements: readonly SqlStatement[];
  /** Those of the cell's inputs that it reads as tables; the others stand within `${…}` and are read as values. */
  readonly tables: readonly string[];
}

export interface SqlStatement {
  readonly text: string;
  /** Whether it yields rows and can stand in `CREATE TABLE … AS`: SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, … */
  readonly query: boolean;
  /**
   * How its rows can be kept: `table` stands after `CREATE TABLE … AS`; `subquery` (DESCRIBE, SUMMARIZE, SHOW) only as
   * `CREATE TABLE … AS FROM (…)`; `none` (EXPLAIN, CALL, and whatever is no query) not at all: run it and show its rows.
   */
  readonly wrap: 'table' | 'subquery' | 'none';
  /** One expression for each `$n`. */
  readonly parameters: readonly SqlParameter[];
  /** 0-based line of the cell on which the statement begins. */
  readonly line: number;
}

export interface SqlParameter {
  /** JavaScript source of the expression (types stripped). */
  readonly expression: string;
  /** `value` becomes a bound parameter; `id` (written `${id(x)}`) becomes a quoted identifier in place. */
  readonly as: 'value' | 'id';
  /** Where in the cell it begins, both 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface TsBody {
  readonly type: 'ts';
  /**
   * JavaScript, same line numbers as the cell: the inside of an async function. Declarations stay; after it has run, the
   * names in `outputs` are read from its scope. A final expression statement becomes `levain$value=(…);` and an import
   * `const … = levain$module("…");` (see `ts/names.ts`). `placeInSource` turns places in it into places in the cell.
   */
  readonly code: string;
  /** Those of the cell's inputs that only its `sql` templates read: the engine has them, the code never sees them. */
  readonly queried: readonly string[];
}

export interface MarkdownBody {
  readonly type: 'md';
  /** Text and `{{ expression }}` parts in order; an expression is JavaScript source. */
  readonly parts: readonly (string | MarkdownExpression)[];
}

export interface MarkdownExpression {
  readonly expression: string;
  /** Where in the cell it begins, both 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface CheckBody {
  readonly type: 'check';
  readonly statements: readonly CheckStatement[];
  /** Tables it reads. */
  readonly tables: readonly string[];
}

/** One line of a check cell: what must hold, and the query that finds what breaks it (see `check/statements.ts`). */
export interface CheckStatement {
  readonly text: string;
  /** 1-based line of the cell. */
  readonly line: number;
  readonly sql: string;
  readonly rows?: string;
  readonly says: string;
}

export interface MetricBody {
  readonly type: 'metric';
  /** What `name()` stands for in SQL cells: the ratio of sums, for any query over the metric's table. */
  readonly expression: string;
  /** The metric by period, newest last, with the period before and the target. */
  readonly query: string;
  readonly metric: Metric;
  /** The table it reads. */
  readonly tables: readonly string[];
}

/** What a metric cell says of its metric beside the sums. */
export interface Metric {
  readonly name: string;
  readonly period?: 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly unit?: string;
  readonly percent: boolean;
  /** Digits after the decimal sign. */
  readonly digits: number;
  readonly target?: { readonly sign: 'at least' | 'at most'; readonly value: number };
}

export interface CsvBody {
  readonly type: 'csv';
  readonly text: string;
}
