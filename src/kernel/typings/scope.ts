/**
 * What every cell has in scope, as types for whoever writes one. Nothing imports this when the page runs; the build makes
 * declarations of it (see `collect.ts`).
 */
import type { Input } from './input';
import type { Rows } from './rows';

export * as Plot from '@observablehq/plot';
export * as aq from 'arquero';
export * as levain from './levain';
export type { Rows } from './rows';

type Plain = string | number | bigint | boolean | Date | null | undefined;

/** What `${…}` in SQL may be: a text, a number, a date, yes or no, or a list of them. */
export type Bindable = Plain | readonly Plain[] | readonly (readonly Plain[])[] | ArrayBufferView;

/**
 * Asks the database: `await sql`SELECT …``. Each `${…}` is a value, never a part of the text. The columns of the answer
 * can be said: `` sql<{ day: Date; revenue: number }>`…` ``.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- columns that are not known may be anything
export declare function sql<T extends object = any>(
  text: TemplateStringsArray,
  ...values: readonly Bindable[]
): Promise<Rows<T>>;

/** Shows controls under the cell and gives their present values. */
export declare const input: Input;

/** Shows a value under the cell: a chart, a table, a text, a number, or any other. */
export declare function display(value: unknown): void;

/** Says how far a long run is: a share from 0 to 1 (or null when it is not known), and a line of text. */
export declare function progress(share?: number | null, label?: string): void;
