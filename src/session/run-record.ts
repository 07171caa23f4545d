import type { CellKind } from '../notebook/model';

/** A data file that a run rested on. */
export interface RunData {
  readonly file: string;
  readonly table: string;
  /** Of its bytes; absent where they could not be read any more. */
  readonly sha256?: string;
  readonly rows?: number;
}

/** One run of one cell (or the reading of one file) that came to an end. */
export interface RunRecord {
  /** When it began, in milliseconds since 1970. */
  readonly started: number;
  readonly milliseconds: number;
  readonly kind: CellKind | 'file';
  /** The cell's id, or the file's name. */
  readonly id: string;
  /** The name it defines. */
  readonly name?: string;
  /** SHA-256 of the cell's text as it ran: which version of the cell it was. */
  readonly source?: string;
  /** Every file that the cell reads, itself or by way of other cells. */
  readonly data: readonly RunData[];
  readonly outcome: 'ok' | 'error' | 'stopped';
  /** What went wrong. */
  readonly message?: string;
  /** Rows of the table it made. */
  readonly rows?: number;
}

/** What a run was about, before its texts and files are hashed. */
export interface Ran extends Omit<RunRecord, 'source' | 'data'> {
  readonly text?: string;
  readonly files: readonly {
    readonly name: string;
    readonly table: string;
    readonly file: File;
    readonly rows?: number | undefined;
  }[];
}
