import type { CsvPlan } from '../../src/engine/engine';

/** What expected.json says of a file. Blanks in formats are written as `_`. */
export interface Expected {
  readonly error?: string;
  readonly encoding: CsvPlan['encoding'];
  readonly compression?: CsvPlan['compression'];
  readonly delimiter: string;
  readonly quote?: string;
  readonly header: boolean;
  readonly preamble?: number;
  readonly decimal?: CsvPlan['decimal'];
  readonly columns: readonly (readonly [name: string, type: string, format?: string])[];
  readonly rows: number;
  /** Reasons (or a part of them) by line. */
  readonly rejected: Readonly<Record<string, string>>;
  readonly cells: Readonly<Record<string, string | null>>;
  readonly notes?: string;
}

/** The part of a plan that expected.json speaks of, in its words. */
export function planInBrief(plan: CsvPlan): object {
  const { encoding, compression, delimiter, quote, header, preamble, decimal } = plan;
  const columns = plan.columns.map(({ name, type, format }) => [
    name,
    type,
    ...(format ? [format.replaceAll(' ', '_')] : []),
  ]);
  return { encoding, compression, delimiter, quote, header, preamble, decimal, columns };
}

export function expectedInBrief(expected: Expected): object {
  const { encoding, delimiter, header, columns } = expected;
  const { compression = 'none', quote = '"', preamble = 0, decimal = '.' } = expected;
  return { encoding, compression, delimiter, quote, header, preamble, decimal, columns };
}
