import { strings } from '../ui/strings';
import type { Session } from '../session/session';
import type { Typing } from '../session/typing';
import type { SqlAssist } from '../session/sql-assist';
import type { Assist, Assists } from '../ui/editor/assist';
import type { Workspace } from './workspace.svelte';

/** What helps to write the cells of the open notebook. Each part is fetched when the first cell of its kind is edited. */
export interface CellAssists {
  of(cell: string): Assists;
  close(): void;
}

export function cellAssists(workspace: Workspace, session: Session): CellAssists {
  let opened: Promise<Typing> | undefined;
  const typing = (): Promise<Typing> => {
    opened ??= import('../session/typing').then(({ Typing }) => new Typing(session));
    // What could not be fetched is tried again.
    opened.then((service) => service.failure).catch(() => (opened = undefined));
    return opened;
  };
  let loaded: Promise<SqlAssist> | undefined;
  const sql = (): Promise<SqlAssist> => {
    loaded ??= import('../session/sql-assist').then(({ SqlAssist }) => new SqlAssist(session));
    loaded.catch(() => (loaded = undefined));
    return loaded;
  };
  const ofTypeScript = (id: string): Assist => ({
    complete: async (text, at) => (await typing()).complete({ id, text }, at),
    explain: async (text, at, label) => (await typing()).explain({ id, text }, at, label),
    hover: async (text, at) => (await typing()).hover({ id, text }, at),
    signature: async (text, at) => (await typing()).signature({ id, text }, at),
    check: async (text) => (await typing()).check({ id, text }),
    async define(text, at) {
      const place = await (await typing()).define({ id, text }, at);
      if (!place) return undefined;
      if ('cell' in place && place.cell === id) return place;
      select(workspace, 'cell' in place ? place.cell : session.definer(place.table));
      return undefined;
    },
    async rename(text, at, to) {
      const result = await (await typing()).rename({ id, text }, at, to);
      if (!result.ok) return `${result.problem.message} ${result.problem.hint ?? ''}`;
      if ('table' in result) return renameTable(workspace, session, result.table, to);
      for (const source of result.sources) workspace.edit({ type: 'setSource', id: source.id, source: source.text });
      if (result.shared) session.renameInCells(result.from, to);
      return undefined;
    },
  });
  const made = new Map<string, Assists>();
  const ofCell = (id: string): Assists => ({
    ts: ofTypeScript(id),
    async format(kind, text) {
      if (kind === 'sql') return (await import('../session/format')).formatSql(text);
      return kind === 'ts' ? (await typing()).format({ id, text }) : text;
    },
    sql: {
      complete: async (text, at) => (await sql()).complete(text, at),
      hover: async (text, at) => (await sql()).explain(text, at),
      // The database sees nothing of what others sent before the reader runs it.
      check: async (text) => (workspace.guest ? null : (await sql()).check(id, text)),
      async define(text, at) {
        const table = (await sql()).tableAt(text, at);
        if (table !== undefined) select(workspace, session.definer(table));
        return undefined;
      },
      async rename(text, at, to) {
        const assist = await sql();
        const from = assist.tableAt(text, at);
        if (from === undefined) return strings.page.noName;
        return assist.refusal(from, to) ?? renameTable(workspace, session, from, to);
      },
    },
  });
  return {
    of(id) {
      const assists = made.get(id) ?? ofCell(id);
      made.set(id, assists);
      return assists;
    },
    close: () =>
      void opened?.then(
        (service) => service.close(),
        () => undefined,
      ),
  };
}

/** A file has no cell to go to. */
function select(workspace: Workspace, cell: string | undefined): void {
  if (cell === undefined || !workspace.cells.some((view) => view.cell.id === cell)) return;
  workspace.selected = cell;
  workspace.mode = 'command';
}

/** A table is a cell's result, which is called as its cell, or a file's. */
async function renameTable(workspace: Workspace, session: Session, from: string, to: string): Promise<undefined> {
  const node = session.definer(from);
  const cell = workspace.cells.find((view) => view.cell.id === node)?.cell;
  if (cell) {
    workspace.edit({ type: 'setName', id: cell.id, name: to });
    session.renameInCells(from, to);
  } else if (node !== undefined) {
    const name = await session.files.rename(node, to);
    session.renameInCells(from, name);
  }
}
