import type { Problem } from '../../base/problem';
import type { Definition, SqlParameter, SqlStatement } from '../definition';
import { positionAt } from '../position';
import { compileExpression } from '../ts/expression';
import { unique, uniqueIgnoringCase } from '../unique';
import { refusal } from './forbidden';
import { STATEMENT_START } from './keywords';
import { lex, type Token } from './lex';
import { split } from './split';
import { readStatement, type StatementReading } from './statement';
import { tree } from './tree';

/** How an SQL cell keeps its rows. */
export interface SqlOptions {
  readonly name?: string;
  readonly view?: boolean;
  readonly scope?: readonly string[];
}

/**
 * An SQL cell: outputs are its name and what it creates; inputs are the tables it reads and does not create itself, and
 * the free names of its `${…}`.
 */
export function compileSql(source: string, { name, view = false, scope }: SqlOptions = {}): Definition {
  const compiler = new SqlCompiler(source, scope);
  const tokens = lex(source);
  compiler.checkTokens(tokens);
  for (const statement of split(tokens)) compiler.addStatement(statement);
  return compiler.finish(name, view);
}

class SqlCompiler {
  private readonly source: string;
  private readonly scope: readonly string[] | undefined;
  private readonly statements: SqlStatement[] = [];
  private readonly problems: Problem[] = [];
  private readonly tables: string[] = [];
  private readonly names: string[] = [];
  private readonly calls: string[] = [];
  /** What the statements so far have created and not dropped: lower case to the name as written. */
  private readonly created = new Map<string, string>();
  /** The word that the last statement begins with, after a WITH. */
  private head = '';

  constructor(source: string, scope: readonly string[] | undefined) {
    this.source = source;
    this.scope = scope;
  }

  /** What is wrong whatever the statement: open quotes, `${…}` in a string, parameters of the database's own. */
  checkTokens(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.open) {
        const [message, hint] = OPEN[token.kind as keyof typeof OPEN];
        this.problem(token, 'syntax', message, hint);
      } else if (token.kind === 'string' && token.text.includes('${')) {
        const hole = /\$\{([^}]*)\}/.exec(token.text)?.[1] ?? 'x';
        this.problem(
          token,
          'hole-in-string',
          'A ${…} within quotes is plain text, not a value.',
          `End the string before it: '…' || \${${hole}}. A whole value needs no quotes: \${${hole}}. For these letters themselves part them: '$' || '{'.`,
        );
      } else if (token.kind === 'quoted' && token.text.includes('${')) {
        this.problem(
          token,
          'hole-in-string',
          'A ${…} within double quotes is plain text, not a name.',
          'Write ${id(x)} without the quotes.',
        );
      } else if (token.kind === 'parameter') {
        this.problem(
          token,
          'parameter',
          `${token.text} has no value here.`,
          'Write the value as ${x}, x being a name of a TypeScript cell.',
        );
      }
    }
  }

  addStatement(tokens: readonly Token[]): void {
    const nodes = tree(tokens);
    const reading = readStatement(nodes);
    this.head = reading.head;
    const first = tokens[0]!;
    const refused = refusal(reading.head, nodes);
    if (refused) this.problem(first, 'not-allowed', refused.message, refused.hint);
    else this.addNames(reading, first);
    const tableHoles = new Set(reading.names.tableHoles);
    const parameters: SqlParameter[] = [];
    const text = tokens.map((token) => this.textOf(token, parameters, tableHoles.has(token))).join('');
    const wrap = wrapOf(reading);
    const query = wrap !== 'none' || reading.explained || reading.head === 'CALL';
    this.statements.push({ text, query, wrap, parameters, line: positionAt(this.source, first.start).line - 1 });
  }

  finish(name: string | undefined, view: boolean): Definition {
    const last = this.statements.at(-1);
    if (name !== undefined && !last) {
      this.problems.push({
        code: 'empty',
        message: `The cell is named ${name} but holds no query.`,
        hint: 'Write a query, such as SELECT * FROM orders.',
      });
    } else if (
      name !== undefined &&
      last?.wrap === 'none' &&
      this.problems.length === 0 &&
      (last.query || STATEMENT_START.has(this.head))
    ) {
      const message = last.query
        ? `The rows of this statement cannot be kept as ${name}.`
        : `The cell is named ${name}, but its last statement gives no rows to keep.`;
      this.problems.push({
        code: 'no-rows',
        message,
        hint: 'End the cell with a query, or take its name off.',
        line: last.line + 1,
        column: 1,
      });
    } else if (view && last && last.parameters.some(({ as }) => as === 'value')) {
      this.problems.push({
        code: 'view-parameter',
        message: 'A view cannot hold a ${…}: it is computed anew each time it is read.',
        hint: 'Switch “view” off for this cell, so that its rows are kept.',
        line: last.line + 1,
        column: 1,
      });
    }
    const tables = uniqueIgnoringCase(this.tables);
    return {
      inputs: unique([...tables, ...this.names]),
      outputs: uniqueIgnoringCase([...(name === undefined ? [] : [name]), ...this.created.values()]),
      calls: uniqueIgnoringCase(this.calls),
      body: { type: 'sql', statements: this.statements, tables },
      problems: this.problems,
    };
  }

  private addNames({ names, creates, drops, changes }: StatementReading, first: Token): void {
    const madeElsewhere = (name: string): boolean => !this.created.has(name.toLowerCase());
    this.tables.push(...names.tables.filter(madeElsewhere));
    this.calls.push(...names.calls.filter(madeElsewhere));
    for (const target of [...changes, ...drops]) {
      if (this.created.has(target.toLowerCase())) continue;
      this.problem(
        first,
        'changes-other',
        `A cell may not change another cell's table: ${target} is not made in this cell.`,
        `Make a new one instead: name this cell and write SELECT … FROM ${target}.`,
      );
    }
    for (const name of creates) this.created.set(name.toLowerCase(), name);
    for (const name of drops) this.created.delete(name.toLowerCase());
    for (const token of names.files) {
      this.problem(
        token,
        'file-in-sql',
        `${token.text} is a file: SQL cannot read files by itself.`,
        "Drop the file on the page and write its table's name instead: it stands in the panel, under Data.",
      );
    }
  }

  /** A token as the database reads it; a hole becomes `$n` and keeps its lines and, on one line, its width. */
  private textOf(token: Token, parameters: SqlParameter[], asTable: boolean): string {
    if (token.kind === 'comment') return token.text;
    if (token.kind !== 'hole' || token.open) return token.text;
    const compiled = compileExpression(token.text.slice(2, -1), this.scope);
    this.names.push(...compiled.inputs);
    if (compiled.problem) this.expressionProblem(token, compiled.problem);
    else if (asTable && compiled.identifier === undefined) {
      this.problem(
        token,
        'hole-as-table',
        'A value cannot stand where a table is named.',
        `Write \${id(${compiled.code})} to set in a name.`,
      );
    }
    const as = compiled.identifier === undefined ? 'value' : 'id';
    const indent = /^\$\{\s*/.exec(token.text)![0].length;
    const begins = positionAt(this.source, token.start + indent);
    parameters.push({ expression: compiled.identifier ?? compiled.code, as, ...begins });
    const text = `$${parameters.length}`;
    const lines = token.text.split('\n');
    return lines.length === 1
      ? text.padEnd(token.text.length)
      : text + '\n'.repeat(lines.length - 1) + ' '.repeat(lines.at(-1)!.length);
  }

  private expressionProblem(hole: Token, problem: Problem): void {
    const start = positionAt(this.source, hole.start + 2);
    const line = problem.line ?? 1;
    const column = line === 1 ? start.column + (problem.column ?? 1) - 1 : problem.column;
    this.problems.push({ ...problem, line: start.line + line - 1, ...(column !== undefined && { column }) });
  }

  private problem(token: Token, code: string, message: string, hint: string): void {
    this.problems.push({ code, message, hint, ...positionAt(this.source, token.start) });
  }
}

const OPEN = {
  string: ['A text is not closed.', "Add the missing single quote. A quote within a text is written twice: 'it''s'."],
  quoted: ['A name in double quotes is not closed.', 'Add the missing double quote.'],
  comment: ['A comment is not closed.', 'Add the missing */.'],
  hole: ['A ${…} is not closed.', 'Add the missing }.'],
} as const;

const TABLE_HEADS = /^(?:SELECT|FROM|VALUES|TABLE|PIVOT|PIVOT_WIDER|UNPIVOT|PIVOT_LONGER)$/;
const SUBQUERY_HEADS = /^(?:DESCRIBE|DESC|SUMMARIZE|SHOW)$/;

function wrapOf({ head, explained }: StatementReading): SqlStatement['wrap'] {
  if (explained) return 'none';
  if (TABLE_HEADS.test(head)) return 'table';
  return SUBQUERY_HEADS.test(head) ? 'subquery' : 'none';
}
