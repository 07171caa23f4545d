import { problemOf, type Problem } from '../base/problem';
import { pastedFile } from '../session/paste';
import type { Edit } from '../notebook/edit';
import type { Cell, CellKind, Notebook } from '../notebook/model';
import { newCellId } from '../notebook/edit';
import { parseNotebook } from '../notebook/parse';
import { printNotebook } from '../notebook/print';
import type { OpenSession } from '../session/open';
import type { Settings } from '../session/storage/settings';
import type { CellView, Session } from '../session/session';
import type { NotebookRow } from '../session/storage/database';
import type { KeptFiles } from '../session/storage/kept-files';
import type { NotebookStatus, NotebookStore } from '../session/storage/notebook-store';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'problem';
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Reads three years of the sample bakery from beside the page. */
export const SAMPLE_FILES = [
  'orders.csv',
  'customers.csv',
  'ad_spend.csv',
  'web_events.csv',
  'emails.csv',
  'reviews.csv',
];

/**
 * What the page is doing: which notebooks there are, which one is open, what is selected. Components read it; the reader's
 * actions are its methods.
 */
export class Workspace {
  readonly #store: NotebookStore;
  readonly #kept: KeptFiles;
  readonly #settings: Settings;
  readonly #openSession: () => Promise<OpenSession>;
  #saved: Notebook | undefined;
  #nextNotice = 1;

  notebooks = $state.raw<readonly NotebookRow[]>([]);
  session = $state.raw<Session | null>(null);
  status = $state.raw<NotebookStatus | null>(null);
  notices = $state.raw<readonly Notice[]>([]);
  selected = $state<string | null>(null);
  mode = $state<'command' | 'edit'>('command');
  /** The open notebook came from a file or a template, and nothing of it has run yet. */
  guest = $state(false);
  /** Data files whose card is shown above the cells. */
  cards = $state.raw<ReadonlySet<string>>(new Set());
  opening = $state(false);
  /** Whether data files are kept in the browser; undefined until the reader has said. */
  keepFiles = $state<boolean | undefined>(undefined);
  #tick = $state(0);

  readonly notebook = $derived.by(() => this.#now()?.notebook ?? null);
  readonly cells = $derived.by((): readonly CellView[] => {
    const session = this.#now();
    return session ? session.notebook.cells.map((cell) => session.view(cell)) : [];
  });
  readonly data = $derived.by(() => this.#now()?.data.entries ?? []);
  readonly relations = $derived.by(() => this.#now()?.relations() ?? []);
  readonly running = $derived.by(() => this.#now()?.running ?? false);
  readonly stale = $derived.by(() => this.#now()?.stale ?? false);

  constructor(store: NotebookStore, kept: KeptFiles, settings: Settings, openSession: () => Promise<OpenSession>) {
    this.#store = store;
    this.#kept = kept;
    this.#settings = settings;
    this.keepFiles = settings.get('keepFiles');
    this.#openSession = openSession;
    store.subscribe((change) => {
      if (change.kind === 'list') void this.refresh();
      if (change.kind === 'status' && change.status.id === this.status?.id) this.#status(change.status);
    });
  }

  async start(): Promise<void> {
    const problem = await this.#store.start();
    if (problem) this.tell(problem);
    await this.refresh();
    const id = location.hash.slice(1);
    if (this.notebooks.some((row) => row.id === id)) await this.open(id);
  }

  async refresh(): Promise<void> {
    try {
      this.notebooks = await this.#store.list();
    } catch (error) {
      this.tell(problemOf(error));
    }
  }

  // ── Notebooks ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Opens one of the notebooks kept here. */
  async open(id: string, how: 'open' | 'take-over' = 'open'): Promise<void> {
    this.guest = false;
    await this.#opened(async () => (how === 'open' ? this.#store.open(id) : this.#store.takeOver(id)));
  }

  /** Takes a notebook's text (a file, a template) as a new notebook of this browser. */
  async create(text: string, guest: boolean): Promise<void> {
    await this.#opened(async () => this.#store.create(text));
    this.guest = guest;
  }

  async createEmpty(): Promise<void> {
    const cell: Cell = { id: newCellId(new Set()), kind: 'sql', source: '' };
    await this.create(printNotebook({ version: 1, title: 'Untitled', files: [], cells: [cell] }), false);
    this.selected = cell.id;
  }

  async remove(id: string): Promise<void> {
    const row = this.notebooks.find((candidate) => candidate.id === id);
    if (this.status?.id === id) await this.leave();
    await this.#store.remove(id);
    await this.refresh();
    const undo = () => void this.#store.restore(id).then(() => this.refresh());
    this.notify(`“${row?.title ?? 'Untitled'}” was removed.`, 'info', { label: 'Undo', run: undo });
  }

  /** Back to the list of notebooks. */
  async leave(): Promise<void> {
    const session = this.session;
    const id = this.status?.id;
    this.session = null;
    this.status = null;
    this.selected = null;
    this.cards = new Set();
    showInAddress('');
    if (id) await this.#store.close(id);
    session?.close();
    await this.refresh();
  }

  /** The open notebook as it is saved. */
  get text(): string {
    return this.notebook ? printNotebook(this.notebook) : '';
  }

  // ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What the reader dropped or picked: notebooks are opened, everything else is data. */
  async receive(files: readonly File[]): Promise<void> {
    const notebooks = files.filter((file) => /\.(nb\.)?md$/i.test(file.name));
    const data = files.filter((file) => !notebooks.includes(file));
    if (notebooks[0]) await this.create(await notebooks[0].text(), true);
    if (data.length === 0) return;
    if (!this.session) await this.createEmpty();
    await this.attempt(async () => this.session?.addFiles(data, (node) => this.showCard(node)));
    if (this.keepFiles) await this.#keep(data);
  }

  /** The reader says whether their data files are kept in this browser. */
  async decideKeeping(keep: boolean): Promise<void> {
    this.keepFiles = keep;
    this.#settings.set('keepFiles', keep);
    if (keep) await this.#keep(this.data.flatMap((entry) => entry.file ?? []));
  }

  /** A table pasted as text. */
  async receivePaste(text: string): Promise<void> {
    const names = this.data.map((entry) => entry.fileName);
    await this.receive([pastedFile(text, names)]);
  }

  /** Takes a file out of the notebook, and out of this browser if it was kept. */
  async removeFile(node: string): Promise<void> {
    const name = this.data.find((entry) => entry.node === node)?.fileName;
    await this.session?.removeFile(node);
    if (name && this.status) await this.#kept.forget(this.status.id, name);
  }

  showCard(node: string): void {
    this.cards = new Set([...this.cards, node]);
  }

  async openSample(text: string): Promise<void> {
    await this.create(text, false);
    await this.attempt(async () => {
      const wanted = new Set((this.notebook?.files ?? []).map((file) => file.name));
      const names = SAMPLE_FILES.filter((name) => wanted.size === 0 || wanted.has(name));
      const files = await Promise.all(names.map((name) => sampleFile(name)));
      await this.session?.addFiles(files);
      // These are the page's own files: they are at hand when the notebook is opened again.
      await this.#keep(files);
      await this.session?.runAll();
    });
  }

  // ── Cells ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  edit(edit: Edit): void {
    // An editor may still report its last words after its cell is gone.
    if ('id' in edit && !this.notebook?.cells.some((cell) => cell.id === edit.id)) return;
    if (this.status?.hold === 'writing' || !this.status) this.session?.edit(edit);
    else this.notify('This notebook is open in another tab. Take it over to edit it here.', 'problem');
  }

  insert(kind: CellKind, where: 'above' | 'below', of: string | null = this.selected): string {
    const cells = this.notebook?.cells ?? [];
    const at = cells.findIndex((cell) => cell.id === of);
    const index = at < 0 ? cells.length : where === 'above' ? at : at + 1;
    const cell: Cell = { id: newCellId(new Set(cells.map((other) => other.id))), kind, source: '' };
    this.edit({ type: 'insert', index, cell });
    this.selected = cell.id;
    return cell.id;
  }

  removeCell(id: string): void {
    const cells = this.notebook?.cells ?? [];
    const at = cells.findIndex((cell) => cell.id === id);
    if (at < 0) return;
    this.selected = (cells[at + 1] ?? cells[at - 1])?.id ?? null;
    this.edit({ type: 'remove', id });
    this.notify('Cell removed.', 'info', { label: 'Undo', run: () => this.session?.undo() });
  }

  move(id: string, direction: 'up' | 'down'): void {
    const cells = this.notebook?.cells ?? [];
    const at = cells.findIndex((cell) => cell.id === id);
    const to = at + (direction === 'up' ? -1 : 1);
    if (at >= 0 && to >= 0 && to < cells.length) this.edit({ type: 'move', id, index: to });
  }

  /** Selects the cell above or below; stays at the ends. */
  step(direction: 'up' | 'down'): void {
    const cells = this.notebook?.cells ?? [];
    const at = cells.findIndex((cell) => cell.id === this.selected);
    const next = at < 0 ? cells[0] : cells[at + (direction === 'up' ? -1 : 1)];
    if (next) this.selected = next.id;
  }

  async run(ids: readonly string[]): Promise<void> {
    this.guest = false;
    await this.session?.run(ids);
  }

  async runAll(): Promise<void> {
    this.guest = false;
    await this.session?.runAll();
  }

  // ── Notices ────────────────────────────────────────────────────────────────────────────────────────────────────────

  notify(text: string, tone: Notice['tone'] = 'info', action?: Notice['action']): void {
    if (this.notices.some((notice) => notice.text === text)) return;
    const notice: Notice = { id: this.#nextNotice++, text, tone, ...(action && { action }) };
    this.notices = [...this.notices.slice(-3), notice];
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  tell(problem: Problem): void {
    this.notify(problem.hint ? `${problem.message} ${problem.hint}` : problem.message, 'problem');
  }

  /** Does something the reader asked for; what goes wrong is told. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(problemOf(error));
    }
  }

  // ── Inside ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #now(): Session | null {
    void this.#tick;
    return this.session;
  }

  async #opened(read: () => ReturnType<NotebookStore['open']>): Promise<void> {
    this.opening = true;
    try {
      await this.leave();
      const [opened, openSession] = await Promise.all([read(), this.#openSession()]);
      const { notebook, problems } = parseNotebook(opened.text);
      const session = openSession(notebook);
      this.#saved = session.notebook;
      session.subscribe(() => {
        this.#tick++;
        this.#save(session);
      });
      this.status = opened.status;
      this.session = session;
      showInAddress(opened.row.id);
      this.selected = notebook.cells[0]?.id ?? null;
      for (const problem of problems) {
        this.tell(problem.line ? { ...problem, message: `Line ${problem.line}: ${problem.message}` } : problem);
      }
      if (opened.status.problem) this.tell(opened.status.problem);
      void this.attempt(() => this.#attachKept(opened.row.id, session));
    } catch (error) {
      this.tell(problemOf(error));
    } finally {
      this.opening = false;
    }
  }

  async #keep(files: readonly File[]): Promise<void> {
    const id = this.status?.id;
    if (!id) return;
    for (const file of files) await this.attempt(() => this.#kept.keep(id, file));
  }

  /** The files of the notebook that are kept here, read at once unless they are large. */
  async #attachKept(id: string, session: Session): Promise<void> {
    const names = session.data.entries.filter((entry) => entry.status === 'missing').map((entry) => entry.fileName);
    const files = (await Promise.all(names.map((name) => this.#kept.fileFor(id, name)))).filter(
      (file) => file !== undefined,
    );
    if (files.length > 0 && this.session === session) await session.addFiles(files);
  }

  #save(session: Session): void {
    const id = this.status?.id;
    if (!id || session !== this.session || session.notebook === this.#saved || this.status?.hold !== 'writing') return;
    this.#saved = session.notebook;
    this.#store.save(id, printNotebook(session.notebook));
  }

  #status(status: NotebookStatus): void {
    if (status.problem && status.problem.message !== this.status?.problem?.message) this.tell(status.problem);
    this.status = status;
  }
}

/** Names the open notebook in the page's address, so that reloading opens it again. */
function showInAddress(id: string): void {
  history.replaceState(null, '', id ? `#${id}` : location.pathname + location.search);
}

async function sampleFile(name: string): Promise<File> {
  const response = await fetch(new URL(`demo/${name}`, document.baseURI));
  if (!response.ok) throw new Error(`The sample file ${name} could not be read (${response.status}).`);
  return new File([await response.blob()], name, { type: 'text/csv' });
}
