import { LevainError } from '../../base/problem';
import type { CsvPlan, Progress } from '../engine';
import type { Ledger } from './ledger';
import type { SourceCounts } from './source';

export interface IngestOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** A file that was read by a plan, or the other plan that the whole file asks for. */
export type Attempt =
  | { readonly kind: 'done'; readonly ledger: Ledger; readonly source: SourceCounts }
  | { readonly kind: 'changed'; readonly plan: CsvPlan };

/** A table whose rows are not those that were counted is not kept. */
export function countError(file: File, rows: number, arrived: number): LevainError {
  return new LevainError({
    code: 'csv-count',
    message: `${file.name} has ${rows.toLocaleString('en')} good rows, but ${arrived.toLocaleString('en')} arrived in the table, so it was not kept.`,
    hint: 'Check the delimiter and the quote character.',
    subject: file.name,
  });
}
