import type { Problem } from '../base/problem';
import type { CellOutput, InputValue, TreeNode } from '../output/output';

/**
 * Runs user TypeScript. The implementation starts a sandboxed frame with a worker in it and speaks to it through a
 * gate in another worker; nothing that comes back has passed unchecked.
 */
export interface Kernel {
  start(): Promise<void>;
  /**
   * Runs a cell. `inputs` are the names it reads that others define: a `table` comes from the engine (sent once per
   * version), a `kernel` value was defined by an earlier cell and is still there. A run that is cancelled before it has
   * reached the worker never does, and rejects with `cancelled`; one that has is ended by `restart`.
   */
  run(request: KernelRun, signal?: AbortSignal): Promise<KernelResult>;
  /** Evaluates expressions (parameters of SQL, `{{ }}` of Markdown) with the same names in scope. */
  evaluate(request: KernelEvaluate, signal?: AbortSignal): Promise<readonly Evaluated[]>;
  /** Forgets the names a cell defined. */
  forget(names: readonly string[]): void;
  /** Pointer events for the tips of a plot. */
  pointer(surface: string, event: PointerMessage): void;
  /** Ends the worker at once and starts a new one: everything it held is gone (the caller marks it stale). */
  restart(): Promise<void>;
  stop(): void;
}

export interface KernelRun {
  readonly cell: string;
  readonly version: number;
  readonly code: string;
  readonly inputs: readonly KernelInput[];
  readonly outputs: readonly string[];
  /** Those of `outputs` that SQL cells read: where they are tables, the engine is given them under their name. */
  readonly tables?: readonly string[];
  /** The values of the cell's controls as the reader left them, by key. */
  readonly controls: Readonly<Record<string, InputValue>>;
}

export type KernelInput =
  | { readonly name: string; readonly from: 'table'; readonly relation: string; readonly version: number }
  | { readonly name: string; readonly from: 'kernel' };

export interface KernelResult {
  readonly output: CellOutput;
  /** For each defined name: whether it is a table that the engine holds too (so SQL may read it), or a value. */
  readonly defined: readonly { readonly name: string; readonly kind: 'table' | 'value' }[];
  readonly problem?: Problem;
}

export interface KernelEvaluate {
  readonly cell: string;
  readonly version: number;
  /** Prose has words for what SQL cannot bind: a number that is none. */
  readonly as: 'parameters' | 'prose';
  readonly expressions: readonly string[];
  readonly inputs: readonly KernelInput[];
}

export type Evaluated =
  | { readonly ok: true; readonly value: EvaluatedValue }
  | { readonly ok: false; readonly problem: Problem };

/** What can be bound in SQL or set in prose: dates travel as `{date: milliseconds}`, big integers as `{integer: digits}`. */
export type EvaluatedValue =
  | null
  | boolean
  | number
  | string
  | { readonly date: number }
  | { readonly integer: string }
  | readonly EvaluatedValue[];

export interface PointerMessage {
  readonly type: 'pointerenter' | 'pointermove' | 'pointerleave' | 'pointerdown';
  /** In the coordinates of the drawing's view box. */
  readonly x: number;
  readonly y: number;
}

/** What the kernel tells without being asked. */
export interface KernelEvents {
  /** What a running cell has shown so far (progress, `display`, inputs); the result of the run is the last word. */
  onOutput(cell: string, version: number, output: CellOutput): void;
  /** A part of a drawing changed (a tip appeared or went). */
  onPatch(patch: SurfacePatch): void;
  /** The kernel was ended for a reason of its own (memory, a flood) and started anew: what it held is gone. */
  onRestart(problem: Problem): void;
}

/** Replaces the node at `path` (child indices from the root of the tree) of the drawing `surface`. */
export interface SurfacePatch {
  readonly surface: string;
  readonly path: readonly number[];
  readonly node: TreeNode;
}
