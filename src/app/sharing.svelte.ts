import { fileName } from '../base/file-name';
import { printNotebook } from '../notebook/print';
import type { Results } from '../share/results';
import type { Strength } from '../share/strength';
import { cellName } from '../session/nodes';
import { saveFile } from '../ui/save';
import { strings } from '../ui/strings';
import type { ColumnMapping } from '../session/relink';
import { Signing } from './signing.svelte';
import type { Personal } from './personal-columns';
import type { ViewerTable } from './viewer';
import type { ColumnQuestion } from './notebook-files.svelte';
import type { Workspace } from './workspace.svelte';

/** What the reader is asked for before something is shared or opened. */
export type ShareDialog =
  | {
      readonly kind: 'lock';
      readonly strength: (passphrase: string) => Strength;
      readonly suggest: () => string;
      /** As a page that opens by itself. */
      readonly page: boolean;
    }
  | { readonly kind: 'unlock'; readonly fileName: string; readonly again: boolean; readonly answer: Answer }
  | { readonly kind: 'sign'; readonly name: string }
  | { readonly kind: 'report'; readonly personal: Personal }
  | { readonly kind: 'role'; readonly tables: readonly ViewerTable[]; readonly texts: readonly string[] }
  | {
      readonly kind: 'personal';
      readonly file: string;
      readonly where: readonly string[];
      /** What goes out: the data files themselves, as a file or within a link, or what cells show. */
      readonly goes: 'data' | 'link' | 'shown';
      readonly save: () => void;
    }
  | {
      readonly kind: 'columns';
      readonly question: ColumnQuestion;
      readonly answer: (mapping: ColumnMapping | undefined) => void;
    };

type Answer = (passphrase: string | undefined) => void;

export interface ReportChoice {
  readonly code: boolean;
  /** Most rows of each table. */
  readonly rows: number;
}

/** What a colleague gets. */
export type ShareRole =
  | { readonly role: 'viewer'; readonly tables: readonly string[] }
  | { readonly role: 'analyst'; readonly locked: boolean; readonly page: boolean }
  | { readonly role: 'editor'; readonly page: boolean };

/** Rows of a table in an archive's report and in a Jupyter notebook. */
const SHOWN_ROWS = 100;
/** More data than this takes long enough to pack that the reader should know why nothing comes yet. */
const LARGE_BYTES = 20e6;

/**
 * The ways in which the open notebook leaves the page, each fetched when it is asked for. Nothing is sent: every way ends
 * in a file or in the clipboard.
 */
export class Sharing {
  readonly #workspace: Workspace;
  /** Who signed the notebook. */
  readonly signing: Signing;

  dialog = $state.raw<ShareDialog | null>(null);

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.signing = new Signing(workspace);
    workspace.askPassphrase = (fileName, again) =>
      new Promise((answer) => {
        this.dialog = { kind: 'unlock', fileName, again, answer: (given) => this.#close(() => answer(given)) };
      });
    workspace.files.askColumns = (question) =>
      new Promise((answer) => {
        this.dialog = { kind: 'columns', question, answer: (given) => this.#close(() => answer(given)) };
      });
  }

  close(): void {
    const { dialog } = this;
    if (dialog?.kind === 'unlock' || dialog?.kind === 'columns') dialog.answer(undefined);
    else this.dialog = null;
  }

  async saveArchive(): Promise<void> {
    const name = `${this.#name}.zip`;
    await this.#withData(name, 'data', async () => saveFile(name, await this.#archive()));
  }

  /** The notebook, with its data unless told otherwise, and this page as one file that opens by itself. */
  async savePage({ data = true } = {}): Promise<void> {
    const holds = data ? 'withData' : 'alone';
    const save = async (): Promise<void> => this.#savePage(holds, await this.#archive({ data, results: false }));
    if (data) return this.#withData(this.#pageName(holds), 'data', save);
    await this.#attempt(save);
    this.#workspace.tellControlsStay();
  }

  async askLock(page = false): Promise<void> {
    await this.#attempt(async () => {
      const { strength, suggestPassphrase } = await import('../share/strength');
      this.dialog = { kind: 'lock', strength, suggest: suggestPassphrase, page };
    });
  }

  async saveLocked(passphrase: string, page = false): Promise<void> {
    this.dialog = null;
    await this.#attempt(async () => {
      const { lock } = await import('../share/lock');
      const locked = await lock(await this.#archive({ data: true, results: !page }), passphrase);
      if (page) await this.#savePage('locked', locked);
      else saveFile(`${this.#name}.levain`, locked);
    });
  }

  async copyLink(): Promise<void> {
    await this.#attempt(async () => {
      const { makeLink } = await import('../share/link');
      const data = this.#files();
      const link = await makeLink(this.#workspace.text, data);
      if (!link) {
        this.#workspace.notices.notify(strings.share.tooLong, 'problem', {
          label: strings.share.saveInstead,
          run: () => void this.saveArchive(),
        });
        return;
      }
      const copy = async (): Promise<void> => {
        await navigator.clipboard.writeText(location.href.split('#')[0] + link.fragment);
        this.#workspace.notices.notify(
          link.withData ? strings.share.linkWithData : strings.share.linkAlone(data.length > 0),
        );
      };
      await (link.withData ? this.#withData(strings.share.theLink, 'link', copy) : copy());
    });
  }

  async saveJupyter(): Promise<void> {
    await this.#attempt(async () => {
      const [{ writeIpynb }, { resultsOf }] = await Promise.all([import('../share/ipynb-write'), import('./results')]);
      const session = this.#workspace.session!;
      const text = writeIpynb(session.notebook, await resultsOf(session, SHOWN_ROWS));
      const { columns, besides } = await this.#personal();
      const file = new Blob([text], { type: 'application/x-ipynb+json' });
      this.#saveUnlessPersonal(`${this.#name}.ipynb`, file, [...columns, ...besides]);
    });
  }

  /** The tables that cells show, each as a sheet named after its cell. */
  async saveWorkbook(): Promise<void> {
    await this.#attempt(async () => {
      const tables = this.#workspace.cells.flatMap(({ cell, definition, output }, i) =>
        (output?.problem ? [] : (output?.outputs ?? [])).flatMap((part) =>
          part.type === 'table'
            ? [{ relation: part.relation, name: cellName(cell, definition) ?? strings.page.cellAt(cell.kind, i + 1) }]
            : [],
        ),
      );
      if (tables.length === 0) return this.#workspace.notices.notify(strings.share.noTables, 'problem');
      const file = await this.#workspace.session!.export(tables, { format: 'xlsx' });
      this.#saveUnlessPersonal(`${this.#name}.xlsx`, file, (await this.#personal()).columns);
    });
  }

  async askRole(): Promise<void> {
    await this.#attempt(async () => {
      const [{ viewerTables }, { textsWithAddresses }] = await Promise.all([
        import('./viewer'),
        import('./personal-columns'),
      ]);
      const session = this.#workspace.session!;
      const tables = await viewerTables(session, this.#workspace.cells);
      this.dialog = { kind: 'role', tables, texts: textsWithAddresses(session) };
    });
  }

  /** Saves what the reader of that role may have. */
  async saveAs(choice: ShareRole): Promise<void> {
    this.dialog = null;
    if (choice.role === 'analyst') {
      if (choice.locked) return this.askLock(choice.page);
      return choice.page ? this.savePage() : this.saveArchive();
    }
    if (choice.role === 'editor') {
      if (choice.page) return this.savePage({ data: false });
      const text = this.#workspace.text;
      this.#workspace.tellControlsStay();
      return saveFile(`${this.#name}.nb.md`, new Blob([text], { type: 'text/markdown' }));
    }
    await this.#attempt(async () => {
      const { viewerResults } = await import('./viewer');
      const results = await viewerResults(this.#workspace.session!, new Set(choice.tables));
      saveFile(
        `${this.#name} ${strings.shareAs.file}.html`,
        await this.#page(results, false, ` ${strings.shareAs.made}`),
      );
    });
  }

  async askReport(): Promise<void> {
    await this.#attempt(async () => {
      this.dialog = { kind: 'report', personal: await this.#personal() };
    });
  }

  async saveReport(choice: ReportChoice): Promise<void> {
    this.dialog = null;
    await this.#attempt(async () => {
      saveFile(`${this.#name} report.html`, await this.#report(choice));
      const ran = this.#workspace.cells.some(({ output }) => output && output.outputs.length > 0);
      if (!ran) this.#workspace.notices.notify(strings.share.notRun);
    });
  }

  async askSign(): Promise<void> {
    await this.#attempt(async () => {
      this.dialog = { kind: 'sign', name: await this.signing.ownName() };
    });
  }

  async sign(name: string): Promise<void> {
    this.dialog = null;
    await this.signing.sign(name);
  }

  #pageName(holds: keyof typeof strings.share.pageFile): string {
    return `${this.#name} ${strings.share.pageFile[holds]}.html`;
  }

  get #name(): string {
    return fileName(this.#workspace.notebook?.title ?? '', strings.page.notebook);
  }

  #files(): File[] {
    return this.#workspace.data.flatMap((entry) => entry.file ?? []);
  }

  async #savePage(holds: keyof typeof strings.share.pageFile, notebook: Blob): Promise<void> {
    const notice = strings.share.makingPage;
    this.#workspace.notices.notify(notice);
    try {
      const { onePage } = await import('./one-page');
      const file = new File([notebook], `${this.#name}.${holds === 'locked' ? 'levain' : 'zip'}`);
      saveFile(this.#pageName(holds), await onePage(this.#workspace.notebook?.title || strings.page.notebook, file));
    } finally {
      this.#over(notice);
    }
  }

  async #archive({ data: withData, results: withResults } = { data: true, results: true }): Promise<Blob> {
    const [{ packArchive }, { tableFiles }] = await Promise.all([import('../share/archive'), import('./results')]);
    const session = this.#workspace.session!;
    const data = withData ? this.#files() : [];
    const absent = withData ? this.#workspace.data.filter((entry) => !entry.file) : [];
    const lacking = absent.map((entry) => entry.fileName);
    const large = data.reduce((total, file) => total + file.size, 0) > LARGE_BYTES;
    const packing = strings.share.packing;
    if (large) this.#workspace.notices.notify(packing);
    try {
      const results = withResults
        ? [
            { path: 'report.html', content: await this.#report({ code: false, rows: SHOWN_ROWS }) },
            ...(await tableFiles(session, this.#workspace.cells)),
          ]
        : [];
      const text = printNotebook(session.notebook);
      return await packArchive(session.notebook.title, { text, data, results });
    } finally {
      this.#over(packing);
      if (lacking.length > 0) this.#workspace.notices.notify(strings.share.lacking(lacking.join(', ')));
    }
  }

  #over(text: string): void {
    this.#workspace.notices.keepOnly((notice) => notice.text !== text);
  }

  /** What is personal in what the cells show. */
  async #personal(): Promise<Personal> {
    const { session } = this.#workspace;
    const { personalIn } = await import('./personal-columns');
    return session ? personalIn(session) : { columns: [], besides: [] };
  }

  /** Saves a file of results; one that holds personal data only once the reader has seen where. */
  #saveUnlessPersonal(name: string, file: Blob, where: readonly string[]): void {
    const save = (): void => saveFile(name, file);
    if (where.length === 0) save();
    else this.dialog = { kind: 'personal', file: name, where, goes: 'shown', save: () => this.#close(save) };
  }

  /** Lets the notebook go out with its data; personal data only once the reader has seen where. */
  async #withData(file: string, goes: 'data' | 'link', work: () => Promise<void>): Promise<void> {
    const save = async (): Promise<void> => {
      await this.#attempt(work);
      if (goes === 'data') this.#workspace.tellControlsStay();
    };
    await this.#attempt(async () => {
      const { personalInData, textsWithAddresses } = await import('./personal-columns');
      const session = this.#workspace.session!;
      const where = [...(await personalInData(session)), ...textsWithAddresses(session)];
      if (where.length === 0) return save();
      this.dialog = { kind: 'personal', file, where, goes, save: () => this.#close(() => void save()) };
    });
  }

  async #report({ code, rows }: ReportChoice): Promise<Blob> {
    const { resultsOf } = await import('./results');
    return this.#page(await resultsOf(this.#workspace.session!, rows), code);
  }

  async #page(results: Results, code: boolean, note = ''): Promise<Blob> {
    const [{ renderReport }, { default: tokens }] = await Promise.all([
      import('../share/report'),
      import('../ui/tokens.css?raw'),
    ]);
    const made = strings.share.made(new Date().toLocaleDateString('en', { dateStyle: 'long' }), note);
    const html = renderReport(this.#workspace.session!.notebook, results, { tokens, code, made });
    return new Blob([html], { type: 'text/html' });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    await this.#workspace.notices.attempt(work);
  }

  #close(then: () => void): void {
    this.dialog = null;
    then();
  }
}
