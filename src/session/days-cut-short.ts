import type { Engine, Parameter, RelationInfo, Statement } from '../engine/engine';
import { lex, type Token } from '../language/sql/lex';
import { decodeTable } from '../table/decode';
import { writtenIdentifier } from './written-identifier';

/** A condition on times whose end is a day, and so the first moment of it. */
interface DayBound {
  readonly column: string;
  readonly sign: 'BETWEEN' | '<=';
  readonly day: string;
  /** 0-based line of the statement. */
  readonly line: number;
}

/**
 * What a query leaves out by a day that ends a range of times, in words for the reader: `ordered_at <= '2024-12-31'` is over
 * as that day begins. Only where a table that is read has rows of later that day.
 */
export async function daysCutShort(
  engine: Pick<Engine, 'query'>,
  run: string,
  statement: Statement,
  line: number,
  relations: readonly RelationInfo[],
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const bound of dayBounds(statement)) {
    const rows = await rowsLater(engine, run, bound, relations);
    if (rows === 0) continue;
    const { column, sign, day } = bound;
    const many = rows === 1 ? 'one row' : `up to ${rows.toLocaleString('en')} rows`;
    notes.push(
      `Line ${line + bound.line + 1}: ${column} ${sign === '<=' ? '<=' : 'BETWEEN … AND'} ${day} is over as that day begins, so that ${many} of later that day ${rows === 1 ? 'is' : 'are'} left out. Write ${column}::DATE ${sign === '<=' ? `<= …` : 'BETWEEN …'}.`,
    );
  }
  return notes;
}

async function rowsLater(
  engine: Pick<Engine, 'query'>,
  run: string,
  { column, day }: DayBound,
  relations: readonly RelationInfo[],
): Promise<number> {
  for (const { name, columns, rows } of relations) {
    const found = columns.find((other) => other.name.toLowerCase() === column.toLowerCase());
    // What is asked in place would be read through once more.
    if (rows === undefined || !found || !/^TIMESTAMP(?:_\w+)?$/.test(found.type)) continue;
    const at = writtenIdentifier(found.name);
    const text = `SELECT count(*)::DOUBLE AS n FROM ${writtenIdentifier(name)}
      WHERE ${at}::TIMESTAMP > TIMESTAMP '${day}' AND ${at}::TIMESTAMP < TIMESTAMP '${day}' + INTERVAL 1 DAY`;
    const n = Number(decodeTable(await engine.query(run, { text, parameters: [] })).toArray()[0]!.n);
    if (n > 0) return n;
  }
  return 0;
}

/** The conditions of a statement that end with a day; a column that is cast or within a function is none of times. */
export function dayBounds({ text, parameters }: Statement): readonly DayBound[] {
  const tokens = lex(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return tokens.flatMap((token, i): DayBound | [] => {
    if ((token.kind !== 'word' && token.kind !== 'quoted') || tokens[i - 1]?.text === '::') return [];
    const sign = tokens[i + 1]?.text.toUpperCase();
    if (sign !== '<=' && sign !== 'BETWEEN') return [];
    const from = sign === '<=' ? { end: i + 1 } : dayAt(tokens, i + 2, parameters);
    if (!from || (sign === 'BETWEEN' && tokens[from.end]?.text.toUpperCase() !== 'AND')) return [];
    const to = dayAt(tokens, from.end + 1, parameters);
    if (to?.day === undefined || /^(?:[-+*/%:]|::|\|\|)$/.test(tokens[to.end]?.text ?? '')) return [];
    const column = token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text;
    return { column, sign, day: to.day, line: text.slice(0, token.start).split('\n').length - 1 };
  });
}

/** One value, the day it is where it is the beginning of one, and where what follows it begins. */
function dayAt(
  tokens: readonly Token[],
  at: number,
  parameters: readonly Parameter[],
): { readonly day?: string; readonly end: number } | undefined {
  const start = /^(?:DATE|TIMESTAMP)$/i.test(tokens[at]?.text ?? '') ? at + 1 : at;
  const token = tokens[start];
  if (!token || (token.kind !== 'string' && token.kind !== 'parameter')) return undefined;
  const isCast = tokens[start + 1]?.text === '::' && /^(?:DATE|TIMESTAMP)$/i.test(tokens[start + 2]?.text ?? '');
  const day = token.kind === 'string' ? token.text.slice(1, -1) : dayOf(parameters[Number(token.text.slice(1)) - 1]);
  return { ...(day !== undefined && DAY.test(day) && { day: day.slice(0, 10) }), end: start + (isCast ? 3 : 1) };
}

const DAY = /^\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

const dayOf = (value: Parameter | undefined): string | undefined =>
  value instanceof Date && !Number.isNaN(value.getTime())
    ? value.toISOString()
    : typeof value === 'string'
      ? value
      : undefined;
