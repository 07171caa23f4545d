import { locale } from '../base/locale';
import { fileName } from '../base/file-name';
import { compareNotebooks, type NotebookChange } from '../notebook/compare';
import type { Notebook } from '../notebook/model';
import { parseNotebook } from '../notebook/parse';
import type { RunRecord } from '../session/run-record';
import type { VersionEntry } from '../session/storage/database';
import type { NotebookStore } from '../session/storage/notebook-store';
import type { RunLog } from '../session/storage/run-log';
import { saveFile } from '../ui/save';
import { strings } from '../ui/strings';
import type { Workspace } from './workspace.svelte';

/** What is known of the open notebook's past: its versions, any of which can be restored, and what was run. */
export class Past {
  readonly #workspace: Workspace;
  readonly #store: NotebookStore;
  readonly #log: RunLog;

  dialog = $state.raw<'versions' | 'runs' | null>(null);
  versions = $state.raw<readonly VersionEntry[]>([]);
  /** The revision that is looked at. */
  chosen = $state.raw<number | undefined>(undefined);
  /** What leads from it to the notebook as it is; undefined where it cannot be read. */
  change = $state.raw<NotebookChange | undefined>(undefined);
  runs = $state.raw<readonly RunRecord[]>([]);
  #version: Notebook | undefined;

  constructor(workspace: Workspace, store: NotebookStore, log: RunLog) {
    this.#workspace = workspace;
    this.#store = store;
    this.#log = log;
    workspace.onRan = (notebook, ran) => log.add(notebook, ran);
  }

  close(): void {
    this.dialog = null;
  }

  /** Shows the versions and what changed since the one before the newest. */
  async showVersions(): Promise<void> {
    await this.#workspace.notices.attempt(async () => {
      const { id } = this.#workspace.status!;
      this.versions = await this.#store.versions(id);
      await this.choose((this.versions[1] ?? this.versions[0])?.revision);
      this.dialog = 'versions';
    });
  }

  async choose(revision: number | undefined): Promise<void> {
    const { status, notebook } = this.#workspace;
    if (!status || !notebook || revision === undefined) return;
    this.chosen = revision;
    const text = await this.#store.version(status.id, revision).catch(() => undefined);
    if (this.chosen !== revision) return;
    this.#version = text === undefined ? undefined : parseNotebook(text).notebook;
    this.change = this.#version && compareNotebooks(this.#version, notebook);
  }

  /** Puts the chosen version in the place of what is there; undo takes it back. */
  restore(): void {
    const version = this.#version;
    const entry = this.versions.find(({ revision }) => revision === this.chosen);
    this.close();
    if (!version || !entry || !this.#workspace.edit({ type: 'replaceAll', notebook: version })) return;
    const { session } = this.#workspace;
    const restored = session?.notebook;
    this.#workspace.notices.notify(strings.past.restored(whenOf(entry.saved)), 'info', {
      label: strings.undo,
      run: () => {
        if (session === this.#workspace.session && session?.notebook === restored) this.#workspace.undo();
      },
    });
  }

  async showRuns(): Promise<void> {
    await this.#workspace.notices.attempt(async () => {
      this.runs = await this.#log.of(this.#workspace.status!.id);
      this.dialog = 'runs';
    });
  }

  /** Saves every run that is known as the audit record. */
  async saveRuns(form: 'csv' | 'json'): Promise<void> {
    await this.#workspace.notices.attempt(async () => {
      const [{ auditCsv, auditJson }, { sha256OfFile }] = await Promise.all([
        import('../session/audit-record'),
        import('../session/storage/hash'),
      ]);
      const title = this.#workspace.notebook?.title ?? '';
      const sha256 = await sha256OfFile(new Blob([this.#workspace.text]));
      const name = `${fileName(title, strings.page.notebook)} runs.${form}`;
      if (form === 'csv') saveFile(name, new Blob([auditCsv(this.runs)], { type: 'text/csv' }));
      else
        saveFile(name, new Blob([auditJson({ title, sha256 }, this.runs, Date.now())], { type: 'application/json' }));
    });
  }
}

/** `28 Nov 2026, 19:04:12`: versions may be seconds apart. */
export function whenOf(time: number): string {
  return new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'medium' });
}
