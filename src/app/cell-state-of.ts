import type { NodeState, StaleReason } from '../session/session';
import type { CellState } from '../ui/cell-state';

/** A node's state in the words of the page. `nameOf` says what the reader calls a node. */
export function cellStateOf(state: NodeState | undefined, nameOf: (id: string) => string): CellState {
  if (!state) return { status: 'idle' };
  switch (state.status) {
    case 'stale':
      return { status: 'stale', reason: reasonText(state.reason, nameOf) };
    case 'error':
      return { status: 'error', message: state.problem.message };
    case 'blocked':
      return { status: 'blocked', by: nameOf(state.by) };
    case 'running':
      // The page counts from its own clock.
      return { status: 'running', since: state.since - performance.timeOrigin };
    default:
      return state;
  }
}

function reasonText(reason: StaleReason, nameOf: (id: string) => string): string {
  switch (reason.because) {
    case 'never-run':
      return 'not run yet';
    case 'edited':
      return 'edited';
    case 'lost':
      return 'its value was lost when the page had to restart what ran it';
    case 'input-changed':
      return `${reason.name || nameOf(reason.node)} changed`;
  }
}
