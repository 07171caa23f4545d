import { tick } from 'svelte';
import { ownPage } from '../base/own-page';
import { compareResults, type ResultChange } from '../session/changes';
import { sameName, type DataEntry } from '../session/data-files';
import type { ColumnMapping } from '../session/relink';
import type { Session } from '../session/session';
import type { KeptFiles } from '../session/storage/kept-files';
import type { NotebookStatus } from '../session/storage/notebook-store';
import type { Settings } from '../session/storage/settings';
import { strings } from '../ui/strings';
import type { Notices } from './notices.svelte';
import { noteOf } from './panel-entries';
import { isFurther } from './tables-inside';
import { tellRenamed } from './tell-renamed';

/** A file has other columns than the notebook reads. */
export interface ColumnQuestion {
  readonly fileName: string;
  readonly columns: readonly { readonly name: string; readonly source: string }[];
  readonly proposed: ColumnMapping;
  /** What is asked, where it is something else than that. */
  readonly words?: {
    readonly title: string;
    readonly text: string;
    readonly action: string;
    /** What each column is, by its name. */
    readonly parts: Readonly<Record<string, string>>;
  };
}

/** What came of a newer export. */
export interface Refreshed {
  readonly file: string;
  readonly table: string;
  readonly results: readonly ResultChange[];
  /** Results that were not worked out again: a check that no longer holds keeps them back, or they failed. */
  readonly held: readonly string[];
  readonly undo: () => void;
}

/** What the files belong to. */
interface OpenNotebook {
  readonly session: Session | null;
  /** The session once more; who reads it here reads it anew after each of its changes. */
  readonly current: Session | null;
  readonly status: NotebookStatus | null;
  readonly data: readonly DataEntry[];
  readonly writable: boolean;
  readonly notices: Notices;
  /** Whether the notebook may be changed here; if not, the reader is told. */
  mayWrite(): boolean;
}

/**
 * The data files of the open notebook: which of them are shown and kept in the browser, and what comes of a newer or a
 * differing one. What the reader does to a file is a method.
 */
export class NotebookFiles {
  readonly #of: OpenNotebook;
  readonly #kept: KeptFiles;
  readonly #settings: Settings;
  /** What is kept of the files of each node; undefined where that is gone, until an undo brings the file back. */
  readonly #keptOf = new Map<string, File | undefined>();
  /** One copy after the other, so that the latest file of a name is the one that stays. */
  #copied: Promise<void> = Promise.resolve();

  /** Data files whose card is shown above the cells. */
  cards = $state.raw<ReadonlySet<string>>(new Set());
  /** What a newer export changed, until the reader puts it away. */
  refreshed = $state.raw<Refreshed | null>(null);
  /** The sample's files are on their way; the notebook runs when they are here. */
  fetching = $state(false);
  /** Names of files that are looked for in this browser, or were found there and come one after the other. */
  onTheirWay = $state.raw<ReadonlySet<string>>(new Set());
  /** Whether data files are kept in the browser; undefined until the reader has said. */
  mayKeep = $state<boolean | undefined>(undefined);
  /** How many copies of data files are under way into the browser's storage. */
  keeping = $state(0);
  /** Asks the reader which columns of a file are those that the notebook reads; undefined when they do not say. */
  askColumns: (question: ColumnQuestion) => Promise<ColumnMapping | undefined> = async () => undefined;

  constructor(of: OpenNotebook, kept: KeptFiles, settings: Settings) {
    this.#of = of;
    this.#kept = kept;
    this.#settings = settings;
    // Browsers have one storage for all files that are opened as pages: whatever HTML lies on the disk can read it.
    this.mayKeep = ownPage() ? false : settings.get('keepFiles');
  }

  /** The notebook was left. */
  left(): void {
    this.#keptOf.clear();
    this.cards = new Set();
    this.onTheirWay = new Set();
    this.refreshed = null;
  }

  /** Something of the notebook has changed: what is kept follows what is read, a newer file as one that an undo brought back. */
  changed(session: Session): void {
    const id = this.#of.status?.id;
    if (session !== this.#of.session || id === undefined) return;
    for (const [node, kept] of this.#keptOf) {
      const entry = session.data.entry(node);
      if (entry?.status !== 'ready' || !entry.file || entry.file === kept) continue;
      const forget = (): Promise<void> => this.#of.notices.attempt(() => this.#kept.forget(id, kept!.name));
      if (kept && !this.mayKeep) {
        // A copy of what is read no more would be read the next time.
        this.#keptOf.delete(node);
        void forget();
        continue;
      }
      const isRenamed = kept !== undefined && !sameName(kept.name, entry.file.name);
      const done = this.keep([entry.file]);
      if (isRenamed) void done.then(forget);
    }
  }

  /** Reads files, each in the place of the one that has its name, and gives the nodes of those that are new. */
  async add(given: readonly File[]): Promise<readonly string[]> {
    const { notices } = this.#of;
    const here = this.#of.data;
    const furtherOf = (file: File) =>
      here.filter((entry) => isFurther(entry, file.name)).map((entry) => fileAs(file, entry.fileName));
    const named = withNamesApart(given);
    const data = [...named, ...named.flatMap(furtherOf)];
    const hereFor = (file: File) =>
      this.#of.session?.data.entries.find((entry) => entry.status === 'ready' && sameName(entry.fileName, file.name));
    for (const file of data) {
      const entry = hereFor(file);
      if (entry) await this.takeNewer(entry.node, file);
    }
    const others = data.filter((file) => !hereFor(file));
    const nodes: string[] = [];
    if (others.length === 0) return nodes;
    await notices.attempt(async () =>
      this.#of.session?.addFiles(others, (node) => {
        nodes.push(node);
        this.#showAt(node);
        void this.#announce(node);
        // At once, not when it has been read: a large file takes a while, and the page may be closed meanwhile.
        const entry = this.#of.session?.data.entry(node);
        if (this.mayKeep && entry?.file && entry.plan) void this.keep([entry.file]);
      }),
    );
    for (const node of nodes) await notices.attempt(() => this.#relink(node));
    for (const node of nodes) await this.#announce(node);
    return nodes;
  }

  /** Puts a newer export in a file's place, runs again what had run on it, and says what changed in each result. */
  async takeNewer(node: string, file: File): Promise<void> {
    const { session, notices } = this.#of;
    const former = session?.data.entry(node);
    if (!session || !former) return;
    this.refreshed = null;
    if (this.mayKeep && !this.#keptOf.has(node)) this.#keptOf.set(node, former.file);
    const putBack = async (): Promise<void> => {
      if (former.file) await session.files.refresh(node, former.file);
    };
    await notices.attempt(async () => {
      const before = await session.resultsOf(node);
      await session.files.refresh(node, file);
      if ((await this.#relink(node)) === 'declined') {
        await putBack();
        return notices.notify(strings.page.staysAsItWas(former.fileName), 'info');
      }
      this.#showAt(node);
      const entry = session.data.entry(node);
      if (entry?.status !== 'ready') return this.#announce(node);
      const after = await session.resultsOf(node);
      const results = compareResults(before, after);
      const held = [...before].flatMap(([id, { name }]) => (after.has(id) ? [] : [name]));
      const undo = (): void => {
        this.refreshed = null;
        void notices.attempt(putBack);
      };
      this.refreshed = { file: file.name, table: entry.table, results, held, undo };
    });
  }

  /** Takes a file out of the notebook, and out of this browser if it was kept. */
  async remove(node: string): Promise<void> {
    const { session, status, notices } = this.#of;
    const entry = session?.data.entry(node);
    if (!session || !status || !entry || !this.#of.mayWrite()) return;
    const kept = await this.#kept.kept(status.id).catch(() => []);
    const wasKept = kept.some((file) => file.name === entry.fileName);
    await session.files.remove(node);
    const isBack = (): boolean => session.data.entry(node) !== undefined;
    const forget = async (): Promise<void> => {
      await session.files.settled;
      if (isBack()) return;
      this.#keptOf.set(node, undefined);
      await this.#kept.forget(status.id, entry.fileName);
    };
    const putBack = (): void => void notices.attempt(() => session.files.restore(entry));
    // What is kept of it goes with the offer to undo.
    notices.done(session, strings.page.removed(entry.table || entry.fileName), putBack, {
      over: isBack,
      ...(wasKept && { gone: () => void notices.attempt(forget) }),
    });
  }

  /** Gives a file's table another name, and offers to write it in the cells that read the former one. */
  async rename(node: string, wanted: string): Promise<void> {
    const { session, notices } = this.#of;
    const from = session?.data.entry(node)?.table;
    if (!session || from === undefined || !this.#of.mayWrite()) return;
    const table = await session.files.rename(node, wanted);
    if (table === from) return;
    const undo = (): void => void notices.attempt(() => session.files.rename(node, from));
    tellRenamed(notices, session, [from, table], undo, () => session.data.entry(node)?.table !== table);
  }

  showCard(node: string): void {
    this.#showAt(node);
    void tick().then(() => document.getElementById(node)?.scrollIntoView({ block: 'start' }));
  }

  hideCard(node: string): void {
    this.cards = new Set([...this.cards].filter((other) => other !== node));
  }

  /**
   * The file on its way that a cell will run on, with how far it has come; empty where the cell needs none and runs when
   * the files are here.
   */
  awaited(id: string): string | undefined {
    const session = this.#of.current;
    const state = session?.state(id)?.status;
    if (!session || !(state === 'queued' || (this.fetching && (state === 'blocked' || state === 'stale'))))
      return undefined;
    const files = session.ancestors(id).flatMap((node) => session.data.entry(node) ?? []);
    const entry = files.find((file) => file.status !== 'ready' && file.status !== 'failed');
    if (!entry) return this.fetching ? '' : undefined;
    const note = entry.status === 'missing' ? strings.page.data.fetching : noteOf(entry);
    return strings.page.data.awaited(entry.table || entry.fileName, note ?? '');
  }

  // ── Kept in the browser ────────────────────────────────────────────────────────────────────────────────────────────

  /** The reader says whether their data files are kept in this browser. */
  async decideKeeping(keep: boolean): Promise<void> {
    this.mayKeep = keep;
    this.#settings.set('keepFiles', keep);
    // What could not be read is no table, and of no use later.
    if (keep) await this.keep(this.#of.data.flatMap(({ file, plan }) => (file && plan ? [file] : [])));
  }

  /** Keeps files for the open notebook. */
  keep(files: readonly File[]): Promise<void> {
    const id = this.#of.status?.id;
    if (!id) return Promise.resolve();
    this.keeping += 1;
    for (const { node, file } of this.#of.data) if (file && files.includes(file)) this.#keptOf.set(node, file);
    this.#copied = this.#copied.then(async () => {
      for (const file of files) await this.#of.notices.attempt(() => this.#kept.keep(id, file));
      this.keeping -= 1;
    });
    return this.#copied;
  }

  /** The files of the notebook that are kept here or came with the page, read at once unless they are large. */
  async attachKept(id: string, session: Session, carried: readonly File[]): Promise<void> {
    const missing = session.data.entries.filter((entry) => entry.status === 'missing');
    const names = missing.map(({ fileName }) => fileName);
    const fileFor = async ({ node, fileName }: DataEntry): Promise<File | undefined> => {
      const kept = await this.#kept.fileFor(id, fileName);
      if (kept && this.#of.session === session) this.#keptOf.set(node, kept);
      return kept ?? carried.find((file) => sameName(file.name, fileName));
    };
    this.onTheirWay = new Set(names);
    try {
      const files = (await Promise.all(missing.map(fileFor))).filter((file) => file !== undefined);
      if (this.#of.session !== session) return;
      this.onTheirWay = new Set(names.filter((name) => files.some((file) => sameName(file.name, name))));
      if (files.length > 0) await session.addFiles(files);
    } finally {
      if (this.#of.session === session) this.onTheirWay = new Set();
    }
  }

  // ── Inside ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #showAt(node: string): void {
    this.cards = new Set([...this.cards, node]);
  }

  /**
   * A file that lacks columns the notebook reads was perhaps exported with other headers: the reader says which is which, or
   * declines to.
   */
  async #relink(node: string): Promise<'declined' | undefined> {
    const { session, writable } = this.#of;
    const entry = session?.data.entry(node);
    const known = entry?.expected;
    if (!session || !known || !entry.plan || entry.problem || !writable) return undefined;
    const { lacksColumns, namesOf, proposeColumns } = await import('../session/relink');
    const { columns } = entry.plan;
    if (!lacksColumns(known, columns)) return undefined;
    const mapping = await this.askColumns({
      fileName: entry.fileName,
      columns,
      proposed: proposeColumns(known, columns),
    });
    if (!mapping) return 'declined';
    await session.files.nameColumns(node, namesOf(mapping, columns));
    return undefined;
  }

  /** A file whose card is out of sight is told of, so that the drop does not seem to be ignored. */
  async #announce(node: string): Promise<void> {
    await tick();
    const { notices } = this.#of;
    const card = document.getElementById(node)?.getBoundingClientRect();
    const entry = this.#of.data.find((candidate) => candidate.node === node);
    if (!entry || (card && card.bottom > 0 && card.top < window.innerHeight)) return;
    const show = { label: strings.page.show, run: () => this.showCard(node) };
    const isGone = { over: () => !this.#of.data.some((other) => other.node === node) };
    if (entry.status === 'ready' && entry.ingested) {
      const { relation, rejected } = entry.ingested;
      notices.notify(strings.page.tableRead(entry.table, relation.rows ?? 0, rejected), 'info', show, isGone);
    } else if (entry.problem) {
      notices.notify(`${entry.fileName}: ${entry.problem.message}`, 'problem', show, isGone);
    } else if (entry.large) {
      notices.notify(strings.page.waits(entry.fileName), 'info', show, isGone);
    } else {
      const isRead = (): boolean => this.#of.data.find((other) => other.node === node)?.status !== 'reading';
      const isQuiet = (): boolean => !this.#of.session?.running;
      notices.notify(strings.page.reading(entry.fileName), 'info', show, { over: () => isRead() && isQuiet() });
    }
  }
}

/** Files given together, of which those that have one name, from several folders, get a number each but the first. */
function withNamesApart(files: readonly File[]): readonly File[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const [, stem, extension] = /^(.*?)((?:\.[^.]*(?:\.gz)?)?)$/is.exec(file.name)!;
    let name = file.name;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem} (${n})${extension}`;
    taken.add(name.toLowerCase());
    return name === file.name ? file : fileAs(file, name);
  });
}

/** A file under another name, its bytes where they are. */
export function fileAs(file: File, name: string): File {
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}
