import { strings } from '../ui/strings';
import { isVerdict } from '../session/checked-nodes';
import type { CellView, StaleReason } from '../session/session';
import type { CellState } from '../ui/cell-state';

/**
 * A cell's state in the words of the page. `nameOf` says what the reader calls a node; `awaited` is a file on its way
 * that the cell will run on, with how far it has come; empty where the cell will run and needs none.
 */
export function cellStateOf(
  { state, cell, output, share }: CellView,
  nameOf: (id: string) => string,
  awaited?: string,
): CellState {
  if (!state) return { status: 'idle' };
  if (awaited !== undefined && ['queued', 'blocked', 'stale'].includes(state.status)) {
    return { status: 'queued', ...(awaited && { for: awaited }) };
  }
  switch (state.status) {
    case 'stale':
      // In an empty cell there is nothing to run.
      if (cell.source.trim() === '' && !output?.outputs.length) return { status: 'idle' };
      return { status: 'stale', reason: reasonText(state.reason, nameOf) };
    case 'error':
      return { status: 'error', message: state.problem.message };
    case 'blocked':
      return { status: 'blocked', by: nameOf(state.by) };
    case 'running':
      // The page counts from its own clock.
      return { status: 'running', since: state.since - performance.timeOrigin, share };
    default:
      return state;
  }
}

function reasonText(reason: StaleReason, nameOf: (id: string) => string): string {
  switch (reason.because) {
    case 'never-run':
      return strings.page.stale['never-run'];
    case 'edited':
      return strings.page.stale.edited;
    case 'lost':
      return strings.page.stale.lost;
    case 'input-changed':
      return strings.page.stale.changed(
        isVerdict(reason.name) ? nameOf(reason.node) : reason.name || nameOf(reason.node),
      );
    case 'input-gone':
      return strings.page.stale.gone(reason.name);
  }
}
