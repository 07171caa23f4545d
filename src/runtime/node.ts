import type { Problem } from '../base/problem';

/** What the scheduler knows of a cell (or of a data file): the names it reads and the names it defines. */
export interface NodeSpec {
  readonly id: string;
  /** The version of the node's content: when it differs from before, the node was edited. */
  readonly revision: number | string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** At most one node of a lane runs at once; nodes without a lane wait for their inputs only. */
  readonly lane?: string;
  /** How messages name the node ("cell 3", "orders.csv"); its id if absent. A new label is not an edit. */
  readonly label?: string;
  /** A node that cannot run as it stands (it does not compile): it is in error, its descendants are blocked. */
  readonly problem?: Problem;
  /** Reads nothing and does not run; it holds its names only as long as no other node defines them. */
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
  /** The value is gone: what held it (the engine, the kernel) was restarted. */
  | { readonly because: 'lost' }
  /**
   * An ancestor was edited or ran again, or `name` has another definer than before; `node` is the nearest one that
   * changed.
   */
  | { readonly because: 'input-changed'; readonly node: string; readonly name: string }
  /** Nothing defines `name` any more, which it or the nearest ancestor that changed reads. */
  | { readonly because: 'input-gone'; readonly name: string };

/** Handed to a run: `version` grows with every run of the notebook, `signal` aborts when the run is cancelled or superseded. */
export interface RunContext {
  readonly version: number;
  readonly signal: AbortSignal;
  /** Sets the run's clock to 0: what came before, such as the start of a worker, says nothing of what the next run costs. */
  readonly begin: () => void;
}
