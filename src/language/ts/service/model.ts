import type { Problem } from '../../../base/problem';

/** What the language service reads of everything that is not a cell; paths begin with `/` and end with `.d.ts`. */
export interface Declarations {
  readonly files: Readonly<Record<string, string>>;
  /** The file of each module that a cell may import. */
  readonly modules: Readonly<Record<string, string>>;
  /** The file that exports what every cell has in scope. */
  readonly scope: string;
}

/** A TypeScript cell. */
export interface CellText {
  readonly id: string;
  readonly text: string;
}

/** A table that cells can read: a file's, or the result of an SQL cell. */
export interface TableShape {
  readonly name: string;
  /** Absent while they are not known: any column is taken then. */
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
}

/** What changed in the notebook since the service was last told. */
export interface NotebookChange {
  readonly cells?: readonly CellText[];
  readonly removed?: readonly string[];
  /** All tables. */
  readonly tables?: readonly TableShape[];
}

/** A part of a cell's text, in characters from its beginning. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Offer {
  readonly label: string;
  /** What kind of thing it is, as TypeScript says: `property`, `method`, `const`, `keyword`, … */
  readonly kind: string;
  /** Smaller comes first. */
  readonly rank: number;
  /** What to write where the label cannot stand as it is, and in place of what. */
  readonly write?: Span & { readonly text: string };
}

export interface Offers extends Span {
  readonly offers: readonly Offer[];
}

/** What a name is: its type as TypeScript writes it, and what its comment says. */
export interface Explanation {
  readonly type: string;
  readonly text: string;
}

export interface SignatureHint {
  readonly label: string;
  /** The present parameter, within the label. */
  readonly parameter?: Span;
  readonly text: string;
}

export interface Finding extends Span {
  readonly severity: 'error' | 'warning';
  /** The text does not parse: whoever compiles it says so too. */
  readonly syntax: boolean;
  readonly message: string;
  readonly hint?: string;
  /** What to write in its place. */
  readonly replacement?: string;
}

/** Where a name is defined: in a cell, or by a table. */
export type Place = (Span & { readonly cell: string }) | { readonly table: string };

/** A name's new sources by cell, or why it cannot be so called. */
export type Renaming =
  | { readonly ok: true; readonly from: string; readonly shared: boolean; readonly sources: readonly CellText[] }
  | { readonly ok: true; readonly from: string; readonly table: string }
  | { readonly ok: false; readonly problem: Problem };
