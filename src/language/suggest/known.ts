import type { Problem } from '../../base/problem';

/** What the notebook knows of its tables, to propose names from. */
export interface KnownTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Known {
  readonly tables: readonly KnownTable[];
  /** Values of TypeScript cells, which SQL takes as `${name}`. */
  readonly values?: readonly string[];
  /** Headers of files, in lower case, that are called otherwise as columns. */
  readonly headers?: ReadonlyMap<string, string>;
}

export type Explained = Pick<Problem, 'code' | 'message' | 'hint' | 'subject'>;
