import type { Reject } from '../../table/plan';

/** How far the reading of a file has come. */
export type ImportState =
  | { readonly phase: 'reading'; readonly bytes: number; readonly total: number }
  | {
      readonly phase: 'done';
      readonly rows: number;
      readonly rejected: number;
      /** The first of the rejected rows. */
      readonly rejects: readonly Reject[];
      readonly milliseconds: number;
    }
  | { readonly phase: 'failed'; readonly message: string; readonly hint?: string }
  | { readonly phase: 'stopped' }
  /** Nothing is read before the reader has answered a question. */
  | { readonly phase: 'asked' };
