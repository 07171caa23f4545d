import type { ColumnReading, CsvPlan, PlannedColumn } from '../../engine';
import { columnReader } from '../columns';
import { TOLERANCE } from '../infer';

const TYPES: readonly string[] = [
  'VARCHAR',
  'BIGINT',
  'HUGEINT',
  'DOUBLE',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
  'TIME',
] satisfies PlannedColumn['type'][];

/**
 * How a notebook says that a column is read; undefined where what it says is no reading (anyone may have written the
 * file) or does not fit the values of this export, which are asked for only then, and was not the reader's own choice.
 */
export function settledReading(
  given: unknown,
  values: () => readonly string[],
  plan: Pick<CsvPlan, 'decimal'>,
): ColumnReading | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { type, format, strip, percent, decimal, bounds, apostrophe, clock, chosen } = given as Record<string, unknown>;
  if (typeof type !== 'string' || !TYPES.includes(type)) return undefined;
  const reading: ColumnReading = {
    type: type as PlannedColumn['type'],
    ...(typeof format === 'string' && format !== '' && { format }),
    ...(typeof strip === 'string' && strip !== '' && { strip }),
    ...(percent === true && { percent }),
    ...((decimal === '.' || decimal === ',') && { decimal }),
    ...(bounds === true && { bounds }),
    ...(apostrophe === true && { apostrophe }),
    ...(typeof clock === 'number' && Number.isFinite(clock) && { clock }),
    ...(chosen === true && { chosen }),
  };
  if (reading.chosen) return reading;
  const read = columnReader(reading, plan);
  const all = values();
  const misfits = all.filter((value) => read(value) === null).length;
  return misfits <= all.length * TOLERANCE ? reading : undefined;
}

/** How a column is read, without its names. */
export function readingOf({ name: _name, source: _source, ...reading }: PlannedColumn): ColumnReading {
  return reading;
}
