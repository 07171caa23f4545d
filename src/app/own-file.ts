import { openFromDisk, saveToDisk } from '../session/storage/disk';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** The file on the reader's disk that the open notebook came from or was saved to: Save writes to it again. */
export class OwnFile {
  readonly #workspace: Workspace;
  /** By the notebook as it was opened: opened again, it is asked for anew. */
  readonly #handles = new WeakMap<NonNullable<Workspace['session']>, FileSystemFileHandle>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  async save(): Promise<void> {
    const workspace = this.#workspace;
    await workspace.notices.attempt(async () => {
      const session = workspace.session;
      const handle = session ? this.#handles.get(session) : undefined;
      const done = await saveToDisk(workspace.text, workspace.notebook?.title ?? strings.page.notebook, handle);
      if (done.how !== 'cancelled') workspace.tellControlsStay();
      if (done.how !== 'written') return;
      if (session) this.#handles.set(session, done.handle);
      workspace.notices.notify(strings.bar.savedTo(done.handle.name));
    });
  }

  /** Opens what the reader picks; where that is one notebook, its file is the one to write to. */
  async open(): Promise<void> {
    const workspace = this.#workspace;
    await workspace.notices.attempt(async () => {
      const picked = await openFromDisk();
      await workspace.receive(picked.map(({ file }) => file));
      const notebooks = picked.filter(({ file }) => /\.(?:md|markdown)$/i.test(file.name));
      if (workspace.session && notebooks.length === 1) this.#handles.set(workspace.session, notebooks[0]!.handle);
    });
  }
}
