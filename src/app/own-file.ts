import { openFromDisk, saveToDisk } from '../session/storage/disk';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** The file on the reader's disk that the open notebook came from or was saved to: Save writes to it again. */
export class OwnFile {
  readonly #workspace: Workspace;
  #handle: FileSystemFileHandle | undefined;
  /** The opened notebook whose file that is: another has none. */
  #of: Workspace['session'] = null;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  async save(): Promise<void> {
    const workspace = this.#workspace;
    await workspace.notices.attempt(async () => {
      const session = workspace.session;
      const handle = this.#of === session ? this.#handle : undefined;
      const done = await saveToDisk(workspace.text, workspace.notebook?.title ?? strings.page.notebook, handle);
      if (done.how !== 'written') return;
      this.#keep(done.handle, session);
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
      if (notebooks.length === 1) this.#keep(notebooks[0]!.handle, workspace.session);
    });
  }

  #keep(handle: FileSystemFileHandle, of: Workspace['session']): void {
    this.#handle = handle;
    this.#of = of;
  }
}
