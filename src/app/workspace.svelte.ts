import { isPrivateWindow } from '../session/storage/private-window';
import { fileInside } from '../table/inside';
import { tick } from 'svelte';
import { ownPage } from '../base/own-page';
import { problemOf } from '../base/problem';
import type { Edit } from '../notebook/edit';
import type { Cell, Notebook } from '../notebook/model';
import { newCellId } from '../notebook/edit';
import type { Match } from '../notebook/find';
import { mayHoldNotebook } from '../share/may-hold-notebook';
import { parseNotebook } from '../notebook/parse';
import { printNotebook } from '../notebook/print';
import type { OpenSession } from '../session/open';
import type { Settings } from '../session/storage/settings';
import type { Ran } from '../session/run-record';
import type { CellView, Session } from '../session/session';
import type { InputValue } from '../output/output';
import { duration, strings } from '../ui/strings';
import { whenIdle } from '../ui/when-idle';
import { fetchSample } from './sample-files';
import { fileAs, NotebookFiles } from './notebook-files.svelte';
import { Notices } from './notices.svelte';
import type { NotebookRow } from '../session/storage/database';
import type { KeptFiles } from '../session/storage/kept-files';
import type { NotebookStatus, NotebookStore } from '../session/storage/notebook-store';

/** A notebook with its data files, and the id that it has wherever it is opened. */
interface Given {
  readonly id: string;
  readonly text: string;
  readonly data: readonly File[];
}

/**
 * What the page is doing: which notebooks there are, which one is open, what is selected. Components read it; the reader's
 * actions are its methods.
 */
export class Workspace {
  readonly #store: NotebookStore;
  readonly #settings: Settings;
  readonly #openSession: () => Promise<OpenSession>;
  #saved: Notebook | undefined;
  /** Resolves when the notebook that was asked for last stands, or could not be opened, which has been told then. */
  #lastOpened: Promise<void> | undefined;

  readonly notices = new Notices();
  readonly files: NotebookFiles;
  notebooks = $state.raw<readonly NotebookRow[]>([]);
  session = $state.raw<Session | null>(null);
  status = $state.raw<NotebookStatus | null>(null);
  selected = $state<string | null>(null);
  mode = $state<'command' | 'edit'>('command');
  /** The notebook to work in, or what it shows alone: whole, or a slide at a time. */
  view = $state<'cells' | 'app' | 'slides'>('cells');
  /** The slide that is shown, from 0. */
  slide = $state(0);
  /** What is selected when the reader goes on to write in a cell that the page brought them to. */
  place = $state.raw<Match | null>(null);
  /** Where the caret stands, or stood last. */
  caret: { readonly cell: string; readonly offset: number } | null = null;
  /** The open notebook came from a file or a template, and nothing of it has run yet. */
  guest = $state(false);
  opening = $state(false);
  /** The browser forgets what it keeps when the window is closed. */
  isPrivate = $state(false);
  /** The notebook was opened from this browser, where its results are not kept. */
  reopened = $state(false);
  /** Asks the reader for the passphrase of an encrypted file; undefined when they give up. */
  askPassphrase: (fileName: string, again: boolean) => Promise<string | undefined> = async () => undefined;
  /** Told of every run of a cell or file, with the notebook it is of. */
  onRan: (notebook: string, ran: Ran) => void = () => undefined;
  /** Told when a notebook was left, for the list or for another one. */
  onLeft: () => void = () => undefined;
  /** Told of files that are new here, once they were read and shown. */
  onAdded: (nodes: readonly string[]) => Promise<void> = async () => undefined;
  #tick = $state(0);
  #controlsTold: Session | undefined;
  /** How far down the cells were when something else was shown. */
  #cellsAt = 0;
  /** The data files that came with the page itself, where it is one file, for the notebook that came with it. */
  #carried: { readonly id: string; readonly data: readonly File[] } | undefined;

  readonly notebook = $derived.by(() => this.current?.notebook ?? null);
  readonly cells = $derived.by((): readonly CellView[] => {
    const session = this.current;
    return session ? session.notebook.cells.map((cell) => session.view(cell)) : [];
  });
  readonly data = $derived.by(() => this.current?.data.entries ?? []);
  readonly relations = $derived.by(() => this.current?.relations() ?? []);
  readonly running = $derived.by(() => this.current?.running ?? false);
  readonly stale = $derived.by(() => this.current?.stale ?? false);
  /** How many cells of a notebook opened again have a result to show, and none has it yet. */
  readonly toRunAgain = $derived.by(() => {
    if (!this.reopened || this.running || this.guest) return 0;
    const cells = this.cells.filter((view) => view.state && view.cell.source.trim() !== '');
    const unrun = cells.every(({ state }) => state?.status === 'blocked' || isUnrun(state));
    return unrun && cells.some(({ state }) => isUnrun(state)) ? cells.length : 0;
  });

  constructor(store: NotebookStore, kept: KeptFiles, settings: Settings, openSession: () => Promise<OpenSession>) {
    this.#store = store;
    this.#settings = settings;
    this.files = new NotebookFiles(this, kept, settings);
    this.#openSession = openSession;
    globalThis.addEventListener?.('pagehide', () => this.notices.keepOnly((notice) => !notice.gone));
    store.subscribe((change) => {
      if (change.kind === 'list') void this.refresh();
      if (change.kind === 'status' && change.status.id === this.status?.id) this.#status(change.status);
    });
  }

  async start(): Promise<void> {
    const problem = await this.#store.start();
    if (problem) this.notices.tell(problem);
    await this.refresh();
    if (location.hash.startsWith('#share=')) return this.openLink(location.hash);
    void isPrivateWindow().then((isPrivate) => (this.isPrivate = isPrivate));
    const id = location.hash.slice(1);
    const own = ownPage()?.notebook;
    if (own && (id === '' || id === own.id)) return this.notices.attempt(() => this.#openCarried(own));
    if (this.notebooks.some((row) => row.id === id)) await this.open(id);
    else if (id !== '' && !problem) this.notices.notify(strings.page.notHere, 'problem');
  }

  /** Opens the notebook that came with the page. */
  async #openCarried({ id, file }: { readonly id: string; readonly file: File }): Promise<void> {
    const { openIncoming } = await import('../share/incoming');
    const incoming = await openIncoming(file, this.askPassphrase);
    if (incoming?.text !== undefined) await this.#openGiven({ id, text: incoming.text, data: incoming.data });
  }

  /** Opens a notebook that has an id wherever it goes: as it came, where nothing runs, or as the reader left it here since. */
  async #openGiven({ id, text, data }: Given): Promise<void> {
    this.#carried = { id, data };
    const asItCame = async (own?: string): Promise<void> => {
      await this.create(text, true, own);
      if (data.length > 0) await this.#addData(data);
    };
    if (this.notebooks.some((row) => row.id === id)) {
      await this.open(id);
      this.notices.notify(strings.page.asYouLeftIt, 'info', {
        label: strings.page.asItCame,
        run: () => void this.notices.attempt(() => asItCame()),
      });
      return;
    }
    const removed = (await this.#store.list('removed').catch(() => [])).some((row) => row.id === id);
    await asItCame(removed ? undefined : id);
  }

  async refresh(): Promise<void> {
    try {
      this.notebooks = await this.#store.list();
    } catch (error) {
      this.notices.tell(problemOf(error));
    }
  }

  // ── Notebooks ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Opens one of the notebooks kept here. */
  async open(id: string, how: 'open' | 'take-over' = 'open'): Promise<void> {
    this.guest = false;
    this.reopened = true;
    await this.#opened(async () => (how === 'open' ? this.#store.open(id) : this.#store.takeOver(id)));
  }

  /** Takes a notebook's text (a file, a template) as a new notebook of this browser. */
  async create(text: string, guest: boolean, id?: string): Promise<void> {
    this.reopened = false;
    await this.#opened(async () => this.#store.create(text, id));
    this.guest = guest;
  }

  async createEmpty(): Promise<void> {
    const cell: Cell = { id: newCellId([]), kind: 'sql', source: '' };
    await this.create(printNotebook({ version: 1, title: strings.bar.untitled, files: [], cells: [cell] }), false);
    this.selected = cell.id;
  }

  async remove(id: string): Promise<void> {
    const row = this.notebooks.find((candidate) => candidate.id === id);
    if (this.status?.id === id) await this.leave();
    await this.#store.remove(id);
    await this.refresh();
    const undo = () => void this.#store.restore(id).then(() => this.refresh());
    this.notices.notify(strings.page.notebookRemoved(row?.title ?? strings.bar.untitled), 'info', {
      label: strings.undo,
      run: undo,
    });
  }

  /** What is open here, as a notebook of its own with the same data files. */
  async openCopy(): Promise<void> {
    const { notebook } = this;
    if (!notebook) return;
    const files = this.data.flatMap((entry) => entry.file ?? []);
    await this.create(
      printNotebook({ ...notebook, title: strings.page.copyOf(notebook.title || strings.bar.untitled) }),
      this.guest,
    );
    await this.notices.attempt(async () => this.session?.addFiles(files));
    if (this.files.mayKeep) await this.files.keep(files);
  }

  /** Back to the list of notebooks. */
  async leave(): Promise<void> {
    const session = this.session;
    const id = this.status?.id;
    // What a notice offered to undo belongs to the notebook that is left.
    this.notices.keepOnly((notice) => !notice.over);
    this.session = null;
    this.status = null;
    this.selected = null;
    this.mode = 'command';
    this.view = 'cells';
    this.files.left();
    showInAddress('');
    scrollSoon(0);
    if (id) await this.#store.close(id);
    session?.close();
    if (session) this.onLeft();
    await this.refresh();
  }

  /** The session once more; who reads it here reads it anew after each of its changes. */
  get current(): Session | null {
    void this.#tick;
    return this.session;
  }

  /** The open notebook as it is saved. */
  get text(): string {
    return this.notebook ? printNotebook(this.notebook) : '';
  }

  // ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What the reader dropped or picked: notebooks are opened, everything else is data. */
  async receive(files: readonly File[]): Promise<void> {
    const notebook = files.find((file) => mayHoldNotebook(file.name));
    const data = files.filter((file) => !mayHoldNotebook(file.name));
    if (notebook) {
      await this.notices.attempt(async () => {
        const { openIncoming } = await import('../share/incoming');
        const incoming = await openIncoming(notebook, this.askPassphrase);
        if (!incoming) return;
        if (incoming.text !== undefined) await this.create(incoming.text, true);
        data.push(...incoming.data);
        for (const note of incoming.notes) this.notices.notify(note);
      });
    }
    if (data.length > 0) await this.#addData(data);
  }

  async #addData(given: readonly File[]): Promise<void> {
    // Files that are dropped while a notebook opens go into that one.
    await this.#lastOpened;
    if (!this.session) await this.createEmpty();
    const nodes = await this.files.add(given);
    if (nodes.length === 0) return;
    // The tables' cards are drawn first.
    await new Promise<void>((resolve) => void whenIdle(resolve));
    await this.onAdded(nodes);
  }

  /** Gives a file that the notebook asks for, whatever the file is called. */
  async giveFor(node: string, file: File): Promise<void> {
    const entry = this.session?.data.entry(node);
    if (entry) await this.#addData([fileAs(file, entry.fileName)]);
  }

  /** Reads a further table of a file that holds several; the next export of the file brings it too. */
  async readInside(node: string, table: string): Promise<void> {
    const entry = this.session?.data.entry(node);
    if (entry?.file) await this.#addData([fileAs(entry.file, fileInside(entry.fileName, table))]);
  }

  /** Opens the notebook that the page's address holds, as one from a file: nothing of it runs. A link is one notebook, however often it is followed. */
  async openLink(fragment: string): Promise<void> {
    await this.notices.attempt(async () => {
      const [{ openLink }, { sha256OfFile }] = await Promise.all([
        import('../share/link'),
        import('../session/storage/hash'),
      ]);
      const { text, data } = await openLink(fragment);
      const hash = await sha256OfFile(new Blob([fragment]));
      await this.#openGiven({ id: `link${hash.slice(0, 12)}`, text, data });
    });
  }

  /** A table pasted as text; `html` is what the clipboard says of it besides. */
  async receivePaste(text: string, html = ''): Promise<void> {
    const [{ pastedFile }, { tableInHtml }] = await Promise.all([
      import('../session/paste'),
      import('../session/pasted-html'),
    ]);
    const names = this.data.map((entry) => entry.fileName);
    await this.receive([pastedFile(tableInHtml(html) ?? text, names)]);
  }

  async openSample(text: string): Promise<void> {
    this.files.fetching = true;
    await this.create(text, false);
    await this.notices.attempt(async () => {
      const files = await fetchSample((this.notebook?.files ?? []).map((file) => file.name));
      await this.session?.addFiles(files);
      // These are the page's own files: they are at hand when the notebook is opened again.
      await this.files.keep(files);
      this.files.fetching = false;
      await this.session?.runAll();
    });
    this.files.fetching = false;
  }

  /** Opens a notebook over files that are here, and runs it. */
  async openOver(text: string, files: readonly File[]): Promise<void> {
    await this.create(text, false);
    await this.notices.attempt(async () => this.session?.addFiles(files));
    if (this.files.mayKeep) await this.files.keep(files);
    await this.runAll();
  }

  // ── Cells ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Shows the notebook in another way, from its top; slides begin at the first, and cells where the reader left them. */
  show(view: 'cells' | 'app' | 'slides'): void {
    if (this.view === 'cells') this.#cellsAt = window.scrollY;
    this.mode = 'command';
    this.view = view;
    this.slide = 0;
    scrollSoon(view === 'cells' ? this.#cellsAt : 0);
  }

  showSlide(index: number): void {
    this.slide = index;
    scrollSoon(0);
  }

  /** Whether this tab may change the notebook. */
  get writable(): boolean {
    return !this.status || this.status.hold === 'writing';
  }

  /** Whether the notebook may be changed here; if not, the reader is told. */
  mayWrite(): boolean {
    if (!this.writable) {
      this.notices.notify(strings.page.held.refused, 'problem', [], { over: () => this.writable });
    }
    return this.writable;
  }

  /** Makes an edit, and tells whether it was made. */
  edit(edit: Edit): boolean {
    // An editor may still report its last words after its cell is gone.
    if ('id' in edit && !this.notebook?.cells.some((cell) => cell.id === edit.id)) return false;
    if (!this.mayWrite()) return false;
    this.session?.edit(edit);
    return true;
  }

  undo(): void {
    if (this.mayWrite()) this.session?.undo();
  }

  redo(): void {
    if (this.mayWrite()) this.session?.redo();
  }

  /** Puts the reader into a cell's text, with a part of it selected. */
  writeAt(place: Match): void {
    this.place = place;
    this.selected = place.cell;
    this.mode = 'edit';
  }

  /** A control was moved; where it stands is kept beside the notebook. */
  setControl(id: string, key: string, value: InputValue): void {
    const notebook = this.status?.id;
    this.session?.setControl(id, key, value);
    if (!notebook || !this.session || !this.writable) return;
    const here = new Set([notebook, ...this.notebooks.map((row) => row.id)]);
    const others = Object.entries(this.#settings.get('controls') ?? {}).filter(([other]) => here.has(other));
    this.#settings.set('controls', { ...Object.fromEntries(others), [notebook]: this.session.controls });
  }

  async run(ids: readonly string[]): Promise<void> {
    this.guest = false;
    await this.session?.run(ids);
  }

  async runAll(): Promise<void> {
    this.guest = false;
    await this.session?.runAll();
  }

  /** Says which cells wait for the reader, since together they take long, and offers to run them. */
  tellWaiting(): void {
    const { session } = this;
    if (!session) return;
    const waiting = session.waiting();
    const took = session.lastMilliseconds(waiting);
    const text = strings.page.cellsWait.text(waiting.length, took > 0 ? duration(took) : undefined);
    const run = { label: strings.page.cellsWait.run, run: () => session.run(session.waiting()) };
    const isOver = (): boolean => this.session !== session || session.waiting().length === 0;
    this.notices.notify(text, 'info', run, { about: 'waiting', over: isOver });
  }

  /** Says, once for each open notebook, that where its controls were moved does not go out with it. */
  tellControlsStay(): void {
    const { session } = this;
    if (!session || this.#controlsTold === session || Object.keys(session.controls).length === 0) return;
    this.#controlsTold = session;
    this.notices.notify(strings.page.controlsStay);
  }

  // ── Inside ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #opened(read: () => ReturnType<NotebookStore['open']>): Promise<void> {
    return (this.#lastOpened = this.#open(read));
  }

  async #open(read: () => ReturnType<NotebookStore['open']>): Promise<void> {
    this.opening = true;
    try {
      await this.leave();
      const [opened, openSession] = await Promise.all([read(), this.#openSession()]);
      const { notebook, problems } = parseNotebook(opened.text);
      const session = await openSession(notebook);
      this.#saved = session.notebook;
      session.mayAutorun = () => this.#settings.get('autorun') ?? true;
      session.restoreControls(this.#settings.get('controls')?.[opened.row.id] ?? {});
      session.onRan = (ran) => this.onRan(opened.row.id, ran);
      session.subscribe(() => {
        this.#tick++;
        this.#save(session);
        this.files.changed(session);
        this.notices.review();
      });
      this.status = opened.status;
      this.session = session;
      showInAddress(opened.row.id);
      this.selected = notebook.cells[0]?.id ?? null;
      for (const problem of problems) {
        this.notices.tell(
          problem.line ? { ...problem, message: strings.page.line(problem.line, problem.message) } : problem,
        );
      }
      this.#tellStatus(opened.status);
      const carried = this.reopened && this.#carried?.id === opened.row.id ? this.#carried.data : [];
      void this.notices.attempt(() => this.files.attachKept(opened.row.id, session, carried));
    } catch (error) {
      this.notices.tell(problemOf(error));
    } finally {
      this.opening = false;
    }
  }

  #save(session: Session): void {
    const id = this.status?.id;
    if (!id || session !== this.session || session.notebook === this.#saved || this.status?.hold !== 'writing') return;
    const { notebook } = session;
    this.#saved = notebook;
    this.#store.save(id, () => printNotebook(notebook));
  }

  #status(status: NotebookStatus): void {
    if (status.problem?.message !== this.status?.problem?.message) this.#tellStatus(status);
    this.status = status;
    this.notices.review();
  }

  /** That another tab has the notebook stands above it, with what can be done, as long as it is so. */
  #tellStatus({ hold, problem }: NotebookStatus): void {
    if (problem && hold === 'writing') this.notices.tell(problem);
  }
}

const isUnrun = (state: CellView['state']): boolean =>
  state?.status === 'stale' && state.reason.because === 'never-run';

/** Scrolls the page to what will be shown next. */
function scrollSoon(top: number): void {
  void tick().then(() => window.scrollTo(0, top));
}

/** Names the open notebook in the page's address, so that reloading opens it again. */
function showInAddress(id: string): void {
  history.replaceState(null, '', id ? `#${id}` : location.pathname + location.search);
}
