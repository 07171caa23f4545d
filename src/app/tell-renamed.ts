import type { Session } from '../session/session';
import { strings } from '../ui/strings';
import type { Notices } from './notices.svelte';

/** Says that something is called otherwise now, with Undo, and offers to write its name in the cells that read the former one. */
export function tellRenamed(
  notices: Notices,
  session: Session,
  [from, to]: readonly [from: string, to: string],
  undo: () => void,
  over: () => boolean,
): void {
  const readers = session.readersOf(from).length;
  notices.done(session, strings.page.renamed(from, to, readers), undo, {
    over,
    ...(readers > 0 && {
      also: { label: strings.page.renameToo(readers), run: () => void session.renameInCells(from, to) },
    }),
  });
}
