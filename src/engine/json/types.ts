import { bool, field, float64, int64, list, struct, utf8, type DataType } from '@uwdata/flechette';
import { clockOf, dateReader, timestampReader } from '../csv/dates';
import { identifier } from '../literal';
import { Exact, jsonText, type Value } from './value';
import type { Shape } from './shape';

/** How the values of one place become those of a column. */
export interface Kind {
  /** As DuckDB names it. */
  readonly sql: string;
  /** As it travels; the database turns texts into dates and large numbers where the two differ. */
  readonly arrow: DataType;
  readonly convert: (value: Value) => unknown;
}

const readDate = dateReader();

const text: Kind = { sql: 'VARCHAR', arrow: utf8(), convert: (value) => (value === null ? null : plainText(value)) };
const json: Kind = { sql: 'VARCHAR', arrow: utf8(), convert: (value) => (value === null ? null : jsonText(value)) };

/** Texts as they are, everything else as it is written in JSON. */
function plainText(value: Value): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/**
 * The kind that holds everything a place of the file held, and a sentence (which the place's name goes before) where that
 * is not what one would expect. Nothing is rounded: what no number type holds exactly is kept as text.
 */
export function kindOf(shape: Shape): { kind: Kind; note?: string } {
  const numbers = shape.integers + shape.huge + shape.vast + shape.fractions;
  const found = [shape.booleans, numbers, shape.texts, shape.lists, shape.objects].filter((count) => count > 0).length;
  if (found === 0) return { kind: text };
  if (found > 1) {
    const nested = shape.lists + shape.objects > 0;
    return { kind: nested ? json : text, note: `${kinds(shape, numbers)}, so it is kept as text` };
  }
  if (shape.booleans) return { kind: { sql: 'BOOLEAN', arrow: bool(), convert: (value) => value } };
  if (numbers) return numberKind(shape);
  if (shape.texts) return textKind(shape);
  if (shape.vague)
    return { kind: json, note: 'is nested too deeply, or has too many fields, and is kept as JSON text' };
  return shape.lists ? listKind(shape) : objectKind(shape);
}

function kinds(shape: Shape, numbers: number): string {
  const named = [
    [shape.booleans, 'true or false'],
    [numbers, 'numbers'],
    [shape.texts, 'texts'],
    [shape.lists, 'lists'],
    [shape.objects, 'objects'],
  ] as const;
  return `holds ${named
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${name} (${count.toLocaleString('en')})`)
    .join(' and ')}`;
}

function numberKind(shape: Shape): { kind: Kind; note?: string } {
  if (shape.vast > 0) return { kind: text, note: 'holds numbers too large for any type, so it is kept as text' };
  if (shape.fractions > 0) {
    if (shape.inexact > 0) {
      return { kind: text, note: 'holds fractions and whole numbers of more than 15 digits, so it is kept as text' };
    }
    return { kind: { sql: 'DOUBLE', arrow: float64(), convert: (value) => value } };
  }
  if (shape.huge > 0) return { kind: { sql: 'HUGEINT', arrow: utf8(), convert: text.convert } };
  const whole = (value: Value): unknown =>
    value instanceof Exact ? BigInt(value.digits) : value === null ? null : BigInt(value as number);
  return { kind: { sql: 'BIGINT', arrow: int64(), convert: whole } };
}

/** Texts by a reader of them. */
const through =
  (read: (value: string) => string | null) =>
  (value: Value): string | null =>
    value === null ? null : read(value as string);

function textKind(shape: Shape): { kind: Kind; note?: string } {
  if (shape.dates === shape.texts) return { kind: { sql: 'DATE', arrow: utf8(), convert: through(readDate) } };
  if (shape.dates + shape.times === shape.texts) return timeKind(shape.offsets);
  if (shape.numeric === shape.texts) {
    return { kind: text, note: 'holds numbers that are written as texts; write ::DOUBLE behind it to count with them' };
  }
  return { kind: text };
}

/** The times of one place as its clock showed them, others in UTC. */
function timeKind(offsets: Shape['offsets']): { kind: Kind; note?: string } {
  const clock = clockOf(offsets);
  const kind = { sql: 'TIMESTAMP', arrow: utf8(), convert: through(timestampReader(undefined, clock)) };
  if (offsets.size === 0) return { kind };
  if (clock !== undefined) return { kind, note: 'says how far its times are from UTC, and keeps the local time' };
  if (offsets.size === 1) return { kind, note: 'holds times in UTC, so a day begins at midnight UTC' };
  return { kind, note: 'holds times with different offsets from UTC, and is turned into UTC' };
}

function listKind(shape: Shape): { kind: Kind; note?: string } {
  const { kind, note } = kindOf(shape.item!);
  const convert = (value: Value): unknown => (value === null ? null : (value as readonly Value[]).map(kind.convert));
  return {
    kind: { sql: `${kind.sql}[]`, arrow: list(kind.arrow), convert },
    ...(note !== undefined && { note: `(each of its values) ${note}` }),
  };
}

function objectKind(shape: Shape): { kind: Kind; note?: string } {
  const names = [...shape.fields.keys()];
  const folded = new Set(names.map((name) => name.toLowerCase()));
  // A STRUCT has fields, with names that differ in more than case.
  if (names.length === 0 || folded.size < names.length || folded.has('')) return { kind: json };
  const fields = names.map((name) => ({ name, ...kindOf(shape.fields.get(name)!) }));
  const noted = fields.find(({ note }) => note !== undefined);
  const convert = (value: Value): unknown => {
    if (value === null) return null;
    const object = value as Readonly<Record<string, Value>>;
    return Object.fromEntries(
      fields.map(({ name, kind }) => [name, kind.convert(Object.hasOwn(object, name) ? object[name]! : null)]),
    );
  };
  return {
    kind: {
      sql: `STRUCT(${fields.map(({ name, kind }) => `${identifier(name)} ${kind.sql}`).join(', ')})`,
      arrow: struct(fields.map(({ name, kind }) => field(name, kind.arrow))),
      convert,
    },
    ...(noted && { note: `(its ${noted.name}) ${noted.note}` }),
  };
}
