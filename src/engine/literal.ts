import { LevainError } from '../base/problem';
import type { Parameter } from './engine';

/** A name as a quoted identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a string literal on one line: NUL ends DuckDB's text and line breaks would shift the lines of messages. */
export function text(value: string): string {
  const parts = value.split(/([\0\n\r])/);
  const literals = parts.map((part, i) => (i % 2 ? `chr(${part.charCodeAt(0)})` : `'${part.replaceAll("'", "''")}'`));
  return literals.length === 1 ? literals[0]! : `(${literals.filter((part) => part !== "''").join(' || ')})`;
}

/**
 * A value as an SQL literal of its own type: numbers that are integers as such, others as DOUBLE, dates as TIMESTAMP
 * (UTC), lists as lists.
 *
 * Parameters are written into the statement, and not bound to a prepared one, because a prepared statement of
 * DuckDB-WASM cannot be cancelled or define a view, passes its values through JSON (no BigInt, Infinity, NaN or
 * list), and cuts its result short when a late row fails.
 */
export function literal(value: Parameter): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return number(value);
  if (typeof value === 'bigint') return integer(value);
  if (typeof value === 'string') return text(value);
  if (value instanceof Date) return date(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  throw new LevainError({
    code: 'parameter-type',
    message: `A value of type ${typeof value} cannot be used in SQL.`,
    hint: 'Use a number, a text, a date, true or false, null, or a list of these.',
  });
}

function number(value: number): string {
  if (Number.isNaN(value)) return "'NaN'::DOUBLE";
  if (!Number.isFinite(value)) return value > 0 ? "'Infinity'::DOUBLE" : "'-Infinity'::DOUBLE";
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return value < 0 ? `(${value})` : String(value);
  const digits = String(Math.abs(value));
  const double = digits.includes('e') ? digits : `${digits}e0`;
  return value < 0 || Object.is(value, -0) ? `(-${double})` : double;
}

const HUGE = 2n ** 127n;

function integer(value: bigint): string {
  if (value >= HUGE || value < -HUGE) {
    const message = `The integer ${value} has more digits than SQL can hold (about 38).`;
    throw new LevainError({ code: 'parameter-range', message, hint: 'Pass it as text, or as a number.' });
  }
  return value < 0n ? `'${value}'::HUGEINT` : String(value);
}

function date(value: Date): string {
  const milliseconds = value.getTime();
  return Number.isNaN(milliseconds) ? 'NULL::TIMESTAMP' : `make_timestamp(${BigInt(milliseconds) * 1000n})`;
}
