import type { Problem } from '../base/problem';

/**
 * What a cell shows. Outputs are plain data: they are made in the kernel (which the app does not trust) or by the
 * session, checked by `checkOutput`, and drawn by `ui/` through an allow-list.
 */
export type Output = TreeOutput | TableOutput | TextOutput | NumberOutput | ValueOutput | InputOutput | ProgressOutput;

/** A drawing or rich text: SVG from a plot, or a small set of HTML elements. */
export interface TreeOutput {
  readonly type: 'tree';
  readonly root: TreeNode;
  /** Names the drawing in the kernel, so that pointer events can be sent back to it (tips); absent when it is inert. */
  readonly surface?: string;
}

export type TreeNode = TreeElement | string;

export interface TreeElement {
  /** Element name, lower case for HTML (`svg` and its descendants keep SVG's own case). */
  readonly tag: string;
  readonly attrs?: Readonly<Record<string, string>>;
  readonly children?: readonly TreeNode[];
}

/** A relation that stands in the engine, shown in the grid and paged from there. */
export interface TableOutput {
  readonly type: 'table';
  /** The engine's name of the relation. */
  readonly relation: string;
  readonly columns: readonly OutputColumn[];
  readonly rows: number;
}

export interface OutputColumn {
  readonly name: string;
  /** DuckDB's name of the type: `BIGINT`, `DOUBLE`, `VARCHAR`, `DATE`, `TIMESTAMP`, … */
  readonly type: string;
}

export interface TextOutput {
  readonly type: 'text';
  readonly text: string;
}

export interface NumberOutput {
  readonly type: 'number';
  readonly value: number;
}

/** A value to inspect (object, array, date, boolean, null, undefined): a bounded, JSON-like picture of it. */
export interface ValueOutput {
  readonly type: 'value';
  readonly value: InspectedValue;
}

export type InspectedValue =
  | {
      readonly kind: 'scalar';
      readonly text: string;
      readonly of: 'string' | 'number' | 'boolean' | 'null' | 'date' | 'symbol' | 'function';
    }
  | {
      readonly kind: 'list';
      readonly label: string;
      readonly entries: readonly InspectedEntry[];
      readonly more: number;
    };

export interface InspectedEntry {
  readonly key: string;
  readonly value: InspectedValue;
}

/** A control that the reader moves; its value is handed to the cell at its next run. */
export interface InputOutput {
  readonly type: 'input';
  /** Stable within the cell: the label, made unique by its position among equal labels. */
  readonly key: string;
  readonly spec: InputSpec;
  readonly value: InputValue;
}

export type InputSpec =
  | { readonly kind: 'select'; readonly label: string; readonly choices: readonly string[]; readonly multiple: boolean }
  | {
      readonly kind: 'slider';
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly unit?: string;
    }
  | {
      readonly kind: 'number';
      readonly label: string;
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
    }
  | { readonly kind: 'text'; readonly label: string; readonly placeholder?: string }
  | { readonly kind: 'dateRange'; readonly label: string; readonly min?: string; readonly max?: string }
  | { readonly kind: 'checkbox'; readonly label: string }
  | {
      readonly kind: 'table';
      readonly label: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** select: index (or indices, sorted); slider, number: number; text: string; dateRange: [from, to] as ISO days; checkbox: boolean; table: row indices. */
/** Choices by their keys (`choices.ts`), days as `2024-12-31`. */
export type InputValue = number | string | boolean | null | readonly string[];

export interface ProgressOutput {
  readonly type: 'progress';
  readonly label: string;
  /** Share done, 0 to 1; absent when it cannot be known. */
  readonly share?: number;
}

/** What stands under a cell: its outputs in order, then the problem that ended the run, if any. */
export interface CellOutput {
  readonly outputs: readonly Output[];
  readonly problem?: Problem;
  /** Lines written with `console.*`. */
  readonly log: readonly { readonly level: 'log' | 'warn' | 'error'; readonly text: string }[];
}
