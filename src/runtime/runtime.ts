import type { Problem } from '../base/problem';

/** What the scheduler knows of a cell (or of a data file): the names it reads and the names it defines. */
export interface NodeSpec {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** A node that cannot run as it stands (it does not compile): it is in error, its descendants are blocked. */
  readonly problem?: Problem;
  readonly disabled?: boolean;
}

export type NodeState =
  | { readonly status: 'stale'; readonly reason: StaleReason }
  | { readonly status: 'queued' }
  | { readonly status: 'running'; readonly since: number }
  | { readonly status: 'ok'; readonly milliseconds: number }
  | { readonly status: 'error'; readonly problem: Problem }
  /** Waits for a cell that is itself in error, cancelled or disabled. */
  | { readonly status: 'blocked'; readonly by: string }
  | { readonly status: 'cancelled' }
  | { readonly status: 'disabled' };

export type StaleReason =
  | { readonly because: 'never-run' }
  | { readonly because: 'edited' }
  /** An ancestor was edited or ran again; `node` is the nearest one that changed. */
  | { readonly because: 'input-changed'; readonly node: string; readonly name: string };

/** Handed to a run: `version` grows with every run of the notebook, `signal` aborts when the run is cancelled or superseded. */
export interface RunContext {
  readonly version: number;
  readonly signal: AbortSignal;
}
