import type { HelpEntry } from '../base/help';
import { insertCell } from './cell-moves';
import type { Workspace } from './workspace.svelte';

/** The help on functions that cells call. */
export class Helping {
  readonly #workspace: Workspace;
  /** What is looked for; null while the help is closed. */
  about = $state<string | null>(null);
  entries = $state.raw<readonly HelpEntry[]>([]);

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Opens the help, at a name or at the one the caret stands in. */
  async open(about = this.#atCaret()): Promise<void> {
    await this.load();
    this.about = about;
  }

  async load(): Promise<void> {
    if (this.entries.length > 0) return;
    await this.#workspace.notices.attempt(async () => {
      this.entries = (await import('../session/help')).help;
    });
  }

  /** Puts an example into a cell of its own, below the one that is selected. */
  insert(example: string): void {
    const id = insertCell(this.#workspace, 'ts', 'below');
    this.#workspace.edit({ type: 'setSource', id, source: example });
  }

  #atCaret(): string {
    const { caret, mode } = this.#workspace;
    const cell = this.#workspace.notebook?.cells.find(({ id }) => id === caret?.cell);
    if (!cell || !caret || mode !== 'edit' || cell.kind !== 'ts') return '';
    const before = /[\w.]*$/.exec(cell.source.slice(0, caret.offset))![0];
    const after = /^\w*/.exec(cell.source.slice(caret.offset))![0];
    return before + after;
  }
}
