import { LevainError } from '../base/problem';
import type { FilePlan, PlanChange } from '../engine/engine';
import { cleanName, nameProblem } from '../language/names';
import type { History } from '../notebook/edit';
import type { DataFile, Notebook } from '../notebook/model';
import { remember, sameName, withPresent, type DataEntry, type DataFiles, type Reading } from './data-files';
import type { ColumnNames } from './relink';

/** What a deed needs of the session. */
export interface DeedHost {
  readonly data: DataFiles;
  readonly history: History;
  /** Which node of the graph defines a name. */
  readonly definer: (name: string) => string | undefined;
  /** What cells define. */
  readonly names: () => ReadonlySet<string>;
  /** Tells the graph what notebook and files say now. */
  readonly sync: () => void;
  /** Runs nodes, and before them what they read and is out of date. */
  readonly run: (nodes: readonly string[]) => Promise<void>;
  /** Cells that read a file and that the reader once asked to run. */
  readonly askedOf: (node: string) => readonly string[];
  readonly failed: (error: unknown) => void;
}

interface Deed {
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

/**
 * What the reader does to the data files of a notebook, each a step of its history. The step itself changes nothing in the
 * text: the deed that stands for it says what becomes of the files.
 */
export class FileDeeds {
  readonly #host: DeedHost;
  /** Each stands for a step that sets the files; in the same order. */
  #done: Deed[] = [];
  #undone: Deed[] = [];
  /** Deeds take their time, and are taken back one after the other. */
  #under: Promise<void> = Promise.resolve();
  /** Changes that are under way: what is asked to run meanwhile runs on what they make. */
  readonly #changing = new Set<Promise<void>>();

  constructor(host: DeedHost) {
    this.#host = host;
  }

  /** Resolves when the files are as the last undo or redo wants them. */
  get settled(): Promise<void> {
    return this.#under;
  }

  /** A change is under way that a run should wait for. */
  get changing(): boolean {
    return this.#changing.size > 0;
  }

  /** Resolves when the changes that are under way are made, or could not be. */
  async changed(): Promise<void> {
    await Promise.allSettled(this.#changing);
  }

  // ── What the reader does ───────────────────────────────────────────────────────────────────────────────────────────

  /** Puts a newer export in a file's place, and runs again what had run on it; undo puts the former one back. */
  async refresh(node: string, file: File): Promise<void> {
    const former = this.#host.data.entry(node)?.file;
    await this.#give(node, file);
    if (former) this.#note({ undo: () => this.#give(node, former), redo: () => this.#give(node, file) });
  }

  /** Reads a file again in another way; undo reads it as before. */
  async replan(node: string, plan: FilePlan): Promise<void> {
    await this.#readAgain(node, () => this.#host.data.replan(node, plan));
  }

  /** Reads a file again as the reader settled a finding of it; undo reads it as before. */
  async settle(node: string, change: PlanChange): Promise<void> {
    await this.#readAgain(node, () => this.#host.data.settle(node, change));
  }

  /** Reads a file again with columns under the names that the notebook knows, by headers; undo reads it as before. */
  async nameColumns(node: string, names: ColumnNames): Promise<void> {
    await this.#readAgain(node, async () => this.#host.data.nameColumns(node, names));
  }

  /**
   * Gives a file's table another name, the nearest good one to `wanted`; undo takes it back. Gives the name. Rejects with
   * `duplicate-name`.
   */
  async rename(node: string, wanted: string): Promise<string> {
    const from = this.#host.data.entry(node)?.table;
    const table = nameProblem(wanted) ? cleanName(wanted).toLowerCase() : wanted;
    if (from === undefined || from === table) return table;
    await this.#name(node, table);
    this.#note({ undo: () => this.#name(node, from), redo: () => this.#name(node, table) });
    return table;
  }

  /** Takes a file out of the notebook; undo puts it back and reads it again. */
  async remove(node: string): Promise<void> {
    const entry = this.#host.data.entry(node);
    if (!entry) return;
    const known = this.#notebook.files.find((file) => sameName(file.name, entry.fileName));
    await this.#takeOut(entry);
    this.#note({ undo: () => this.#putBack(entry, known), redo: () => this.#takeOut(entry) });
  }

  /** Puts a file back that was taken out, also when other things were done since. */
  async restore(entry: DataEntry): Promise<void> {
    await this.#putBack(entry, entry.known);
    this.#note({ undo: () => this.#takeOut(entry), redo: () => this.#putBack(entry, entry.known) });
  }

  // ── What the session does ──────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Writes what is now known of files into the notebook, so that a reader without the data can be asked for it. This is
   * bookkeeping, not a step that could be undone.
   */
  remember(nodes: readonly string[]): void {
    const entries = nodes.flatMap((node) => this.#host.data.entry(node) ?? []).filter((entry) => entry.ingested);
    if (entries.length === 0) return;
    this.#setFiles(entries.reduce(remember, this.#notebook.files));
    this.#host.sync();
  }

  /** Another notebook stands there: the files that are here stay and what is known of them; those it lacks are asked for. */
  keepPresent(former: Notebook['files']): void {
    this.#setFiles(withPresent(this.#notebook.files, former, this.#host.data.entries));
    this.#host.data.follow(this.#notebook.files);
  }

  /** The history took back, or did again, a step that sets files, which were `files` until then. */
  stepped(direction: 'undo' | 'redo', files: Notebook['files']): void {
    const [from, to] = direction === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
    // What the history says of the files is as old as the step; what was learnt of them since holds.
    this.#setFiles(files);
    const deed = from.pop();
    if (!deed) return;
    to.push(deed);
    this.#under = this.#under.then(deed[direction]).catch(this.#host.failed);
  }

  /** An edit was made: what was undone is forgotten. */
  forgetUndone(): void {
    this.#undone = [];
  }

  // ── Inside ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  get #notebook(): Notebook {
    return this.#host.history.notebook;
  }

  #setFiles(files: Notebook['files']): void {
    this.#host.history.amend({ type: 'setFiles', files });
  }

  #note(deed: Deed): void {
    this.#host.history.apply({ type: 'setFiles', files: this.#notebook.files }, Date.now());
    this.#undone = [];
    this.#done.push(deed);
    this.#host.sync();
  }

  async #change(work: () => Promise<void>): Promise<void> {
    const made = work().then(() => this.#host.sync());
    this.#changing.add(made);
    await made.finally(() => this.#changing.delete(made));
  }

  /** Reads a file, and runs what the reader asked of the cells that read it. */
  async #read(node: string): Promise<void> {
    await this.#host.run([node, ...this.#host.askedOf(node)]);
    this.remember([node]);
  }

  /** Reads a file again as was chosen. The choice is written down first: the page may be closed before the file is read. */
  async #readAgain(node: string, choose: () => Promise<void>): Promise<void> {
    const before = this.#host.data.entry(node);
    await this.#change(async () => {
      await choose();
      this.remember([node]);
    });
    const after = this.#host.data.entry(node);
    if (before && after && before.plan !== after.plan) {
      this.#note({ undo: () => this.#readAs(node, before), redo: () => this.#readAs(node, after) });
    }
    await this.#host.run([node]);
    this.remember([node]);
  }

  async #readAs(node: string, reading: Reading): Promise<void> {
    this.#host.data.readAs(node, reading);
    this.remember([node]);
    this.#host.sync();
    await this.#read(node);
  }

  async #name(node: string, table: string): Promise<void> {
    const other = this.#host.definer(table);
    if (other && other !== node) {
      throw new LevainError({
        code: 'duplicate-name',
        message: `There is already something called ${table}.`,
        hint: 'Choose another name.',
        subject: table,
      });
    }
    await this.#change(async () => {
      await this.#host.data.rename(node, table);
      this.remember([node]);
    });
  }

  async #give(node: string, file: File): Promise<void> {
    await this.#host.data.add(file, this.#host.names(), node);
    this.#host.sync();
    await this.#read(node);
  }

  async #takeOut({ node, fileName }: DataEntry): Promise<void> {
    await this.#change(async () => {
      await this.#host.data.remove(node);
      this.#setFiles(this.#notebook.files.filter((file) => !sameName(file.name, fileName)));
    });
  }

  async #putBack(entry: DataEntry, known: DataFile | undefined): Promise<void> {
    this.#host.data.restore(entry);
    if (known) this.#setFiles([...this.#notebook.files, known]);
    this.#host.sync();
    if (entry.plan) await this.#read(entry.node);
  }
}
