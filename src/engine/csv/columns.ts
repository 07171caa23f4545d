import type { ColumnReading, CsvPlan, PlannedColumn } from '../engine';
import { dateReader, timeReader, timestampReader } from './dates';
import { numberReader } from './numbers';

/** From a cell's text (blanks around it removed) to the text DuckDB reads without doubt, or null where it does not fit. */
export type Reader = (text: string) => string | null;

/** Texts that stand for "no value" in exports everywhere. A plan begins with these. */
export const USUAL_NULLS: readonly string[] = ['', 'NULL', 'null', 'N/A', 'n/a', '#N/A', '-', '--'];

/** Texts taken for "no value" only where a column of numbers or dates holds them: `NA` may be Namibia. */
export const OCCASIONAL_NULLS: readonly string[] = [
  'NA',
  'NaN',
  'nan',
  'None',
  'none',
  'Null',
  '\\N',
  '#NULL!',
  '#DIV/0!',
  '#VALUE!',
  '#REF!',
  'n.a.',
  '—',
  '–',
  '?',
];

export const INTEGER = /^-?(?:0|[1-9]\d{0,17})$/;
export const HUGE = /^-?(?:0|[1-9]\d{0,37})$/;
export const LEADING_ZERO = /^-?0\d+$/;

/** The decimal mark of a column's numbers. */
export const decimalOf = (column: ColumnReading, plan: Pick<CsvPlan, 'decimal'>): CsvPlan['decimal'] =>
  column.decimal ?? plan.decimal;

/** The reader of a column: one grammar a type, strict, so that nothing is rounded or bent to fit. */
export function columnReader(column: ColumnReading, plan: Pick<CsvPlan, 'decimal'>): Reader {
  const decimal = decimalOf(column, plan);
  switch (column.type) {
    case 'VARCHAR':
      return (text) => text;
    case 'BOOLEAN':
      return (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : null);
    case 'DATE':
      return dateReader(column.format);
    case 'TIMESTAMP':
      return timestampReader(column.format, column.clock);
    case 'TIME':
      return timeReader();
    case 'BIGINT':
    case 'HUGEINT':
      return integerReader(column, decimal);
    case 'DOUBLE':
      if (column.bounds) return boundedReader(numberReader(decimal, column.strip ?? '', column.percent ?? false));
      return column.strip || column.percent
        ? numberReader(decimal, column.strip ?? '', column.percent ?? false)
        : decimalReader(decimal);
  }
}

/** How far inside its bound a censored share is read. */
const INSIDE = 0.0001;

/** Shares of which some are only said to be below or above a bound: `< 10%` is 0.0999, `> 90%` is 0.9001. */
function boundedReader(read: Reader): Reader {
  return (text) => {
    const found = /^([<>])\s*(.+)$/.exec(text);
    if (!found) return read(text);
    const bound = read(found[2]!);
    if (bound === null) return null;
    return String(Number((Number(bound) + (found[1] === '<' ? -INSIDE : INSIDE)).toFixed(8)));
  };
}

function integerReader(column: ColumnReading, decimal: CsvPlan['decimal']): Reader {
  const pattern = column.type === 'BIGINT' ? INTEGER : HUGE;
  const strict: Reader = (text) => (pattern.test(text) ? text : null);
  const chosen: Reader = (text) => {
    const plain = text.replace(/^(-?)0+(?=\d)/, '$1');
    return pattern.test(plain) ? plain : null;
  };
  const read = column.chosen ? chosen : strict;
  if (!column.strip) return read;
  const grouped = numberReader(decimal, column.strip, false);
  return (text) => {
    const plain = grouped(text);
    return plain === null ? null : read(plain);
  };
}

function decimalReader(decimal: CsvPlan['decimal']): Reader {
  const point = decimal === '.' ? '\\.' : ',';
  // An exponent needs a point or a sign: `12E5` is an article number.
  const pattern = new RegExp(
    `^[+-]?(?:\\d+(?:${point}\\d*)?|${point}\\d+)$|^[+-]?\\d+(?:${point}\\d*[eE][+-]?|[eE][+-])\\d{1,3}$`,
  );
  return (text) => {
    if (!pattern.test(text)) return null;
    const plain = text.replace(',', '.');
    return Number.isFinite(Number(plain)) ? plain : null;
  };
}

/** Whether two plans of a column read every cell alike. */
export function sameReading(a: PlannedColumn, b: PlannedColumn): boolean {
  return (
    a.type === b.type &&
    a.format === b.format &&
    (a.strip ?? '') === (b.strip ?? '') &&
    !a.percent === !b.percent &&
    a.decimal === b.decimal &&
    !a.bounds === !b.bounds &&
    a.clock === b.clock
  );
}
