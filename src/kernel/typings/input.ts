import type { AudienceStart } from '../worker/audience-input';
import type { createInput } from '../worker/input';

interface Labelled {
  /** Stands beside the control; the reader's value is kept by it. */
  readonly label?: string;
}

/** What a choice gives: the chosen value, or a list of them with `multiple`. */
interface Choice<T, M extends boolean> extends Labelled {
  /** What is chosen at first. */
  readonly value?: NoInfer<M extends true ? readonly T[] : T>;
  readonly multiple?: M;
}
type Chosen<T, M extends boolean> = M extends true ? T[] : T;

/** Controls: each function shows one under the cell and returns its present value. */
export interface Input {
  /** One of `choices` (a list, or an object or map of label to value), or with `multiple` some of them. */
  select<T, M extends boolean = false>(choices: ReadonlyMap<unknown, T>, options?: Choice<T, M>): Chosen<T, M>;
  select<T, M extends boolean = false>(choices: Iterable<T>, options?: Choice<T, M>): Chosen<T, M>;
  select<T, M extends boolean = false>(choices: Readonly<Record<string, T>>, options?: Choice<T, M>): Chosen<T, M>;
  /** A number between two, moved by a slider. */
  slider(
    range: readonly [from: number, to: number],
    options?: Labelled & { value?: number; step?: number; unit?: string },
  ): number;
  /** A number typed. */
  number(options?: Labelled & { value?: number; min?: number; max?: number; step?: number }): number;
  /** A line of text. */
  text(options?: Labelled & { value?: string; placeholder?: string }): string;
  /** Two days, `[from, to]`, as dates at midnight UTC. Days are given as dates or as texts such as `'2024-03-05'`. */
  dateRange(
    options?: Labelled & { value?: readonly [Date | string, Date | string]; min?: Date | string; max?: Date | string },
  ): [Date, Date];
  /** Yes or no. */
  checkbox(options?: Labelled & { value?: boolean }): boolean;
  /** Rows that the reader ticks, out of a table. `value` holds the rows ticked at first. */
  table<T extends object>(
    data: Iterable<T>,
    options?: Labelled & { columns?: readonly (keyof T & string)[]; value?: readonly T[] },
  ): T[];
  /**
   * Sets of rows that the reader puts together: how many, and of each a name, the columns it goes by, and what they must be.
   * Gives name → condition, as `levain.segments.audiences` takes them. `value` holds those at first:
   * `[{name: 'Regulars', where: {orders: [3, 99], city: ['Gent']}}]`.
   */
  audiences<T extends object>(
    data: Iterable<T>,
    options?: { columns?: readonly string[]; value?: readonly AudienceStart[] },
  ): Record<string, (row: T) => boolean>;
}

type Made = ReturnType<typeof createInput>;
/** Neither names a control that the other does not. */
export type SameControls = [Exclude<keyof Made, keyof Input>, Exclude<keyof Input, keyof Made>];
