import type { Problem } from '../base/problem';
import type { CellOutput } from '../output/output';
import type { Column } from '../table/decode';
import type { Evaluated, KernelEvaluate, KernelResult, KernelRun, PointerMessage, SurfacePatch } from './kernel';

/** What can be bound in SQL. */
export type Bindable = null | boolean | number | string | bigint | Date | readonly Bindable[];

/** What the gate may do on the kernel's behalf. In the app, the engine. */
export interface GateHost {
  /** Makes a relation of Arrow IPC stream bytes, replacing what was there. */
  insertTable(
    name: string,
    bytes: Uint8Array,
  ): Promise<{ readonly columns: readonly Column[]; readonly rows?: number }>;
  /** All rows of a query as Arrow IPC bytes; `text` can only read. */
  query(
    run: string,
    statement: { readonly text: string; readonly parameters: readonly Bindable[] },
  ): Promise<Uint8Array>;
  /** All rows of a relation as Arrow IPC bytes. */
  tableBytes(run: string, relation: string): Promise<Uint8Array>;
  /** Stops the queries of a run. */
  cancel(run: string): void;
}

/** What the gate tells the UI thread. */
export interface GateEvents {
  onOutput(cell: string, version: number, output: CellOutput): void;
  onPatch(patch: SurfacePatch): void;
  /** The kernel broke a rule and must be ended. What it ran is settled when this has been dealt with. */
  onDead(problem: Problem): void | Promise<void>;
}

/** The gate, as the UI thread steers it. */
export interface GateControl {
  /** Resolves when the worker is up. */
  ready(): Promise<void>;
  run(request: KernelRun): Promise<KernelResult>;
  evaluate(request: KernelEvaluate): Promise<readonly Evaluated[]>;
  forget(names: readonly string[]): void;
  pointer(surface: string, event: PointerMessage): void;
  /** Ends every open run with `problem`; nothing from the kernel is heard any more. */
  close(problem: Problem): void;
}
