import type { Problem } from '../../base/problem';
import type { CellKind } from '../../notebook/model';

/** A part of the text, in characters from its beginning. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Offer {
  readonly label: string;
  /** What kind of thing it is: `property`, `method`, `const`, `table`, `keyword`, … */
  readonly kind: string;
  /** Smaller comes first. */
  readonly rank: number;
  /** Shown quietly beside the label. */
  readonly detail?: string;
  /** What is told of it while it is chosen. */
  readonly text?: string;
  /** What to write where the label cannot stand as it is, and in place of what. */
  readonly write?: Span & { readonly text: string };
}

export interface Explanation {
  readonly type: string;
  readonly text: string;
}

export interface Finding extends Span {
  readonly severity: 'error' | 'warning';
  readonly syntax: boolean;
  readonly message: string;
  readonly hint?: string;
  readonly replacement?: string;
}

/** What knows where names come from and who reads them. */
export interface Names {
  /** Where in this text the name is defined; elsewhere the page goes there by itself. */
  define(text: string, at: number): Promise<Span | undefined>;
  /** Gives the name another everywhere; says why not, if not. */
  rename(text: string, at: number, to: string): Promise<string | undefined>;
}

/**
 * What knows the language of a cell beyond its colours. Each question brings the text as it stands; an answer may come
 * late or not at all. Without one (it is loading, it failed) the editor works as before.
 */
export interface Assist extends Names {
  complete(text: string, at: number): Promise<(Span & { readonly offers: readonly Offer[] }) | undefined>;
  explain(text: string, at: number, label: string): Promise<Explanation | undefined>;
  hover(text: string, at: number): Promise<(Span & Explanation) | undefined>;
  signature(
    text: string,
    at: number,
  ): Promise<{ readonly label: string; readonly parameter?: Span; readonly text: string } | undefined>;
  check(text: string): Promise<readonly Finding[]>;
}

/** What knows the tables, the functions and the errors of SQL. */
export interface SqlAssist extends Names {
  complete(text: string, at: number): Promise<(Span & { readonly offers: readonly Offer[] }) | undefined>;
  hover(text: string, at: number): Promise<(Span & Explanation) | undefined>;
  /** What the text would fail with, told without running it. */
  check(text: string): Promise<Problem | null>;
}

/** What helps to write a cell, by its kind. */
export interface Assists {
  readonly ts: Assist;
  readonly sql: SqlAssist;
  /** The text in the usual form; as it is where the kind of cell has none. Rejects where that is not to be had. */
  format(kind: CellKind, text: string): Promise<string>;
}
