import { wrap, type Remote } from 'comlink';
import { scriptAt, startWorker } from '../base/worker';
import type { CellText, Place, Renaming } from '../language/ts/service/model';
import type { TypingService } from '../language/ts/service/typing';
import type { Session } from './session';
import { tableShapes } from './table-shapes';
import workerUrl from './typing-worker?bundle-url';

/** A busy machine takes some seconds for the first answer. */
const PATIENCE_MILLISECONDS = 30_000;

/** The language service of one open notebook, on a thread of its own. Before each question it is told what changed. */
export class Typing {
  readonly #session: Session;
  readonly #worker = startWorker(scriptAt(workerUrl), 'typing');
  readonly #service: Remote<TypingService> = wrap<TypingService>(this.#worker);
  /** Rejects when nothing will ever answer: the script cannot be fetched, or a question has no end. */
  readonly failure: Promise<never>;
  #fail: (error: Error) => void = () => undefined;
  #told = new Map<string, string>();
  #tables = '';

  constructor(session: Session) {
    this.#session = session;
    this.failure = new Promise((_, reject) => (this.#fail = reject));
    this.failure.catch(() => this.close());
    this.#worker.addEventListener('error', (event) => this.#fail(new Error(event.message)), { once: true });
  }

  complete(cell: CellText, at: number) {
    return this.#ask((service) => service.complete(cell, at));
  }

  explain(cell: CellText, at: number, label: string) {
    return this.#ask((service) => service.explain(cell, at, label));
  }

  hover(cell: CellText, at: number) {
    return this.#ask((service) => service.hover(cell, at));
  }

  signature(cell: CellText, at: number) {
    return this.#ask((service) => service.signature(cell, at));
  }

  check(cell: CellText) {
    return this.#ask((service) => service.check(cell));
  }

  define(cell: CellText, at: number) {
    return this.#ask<Place | undefined>((service) => service.define(cell, at));
  }

  rename(cell: CellText, at: number, to: string) {
    return this.#ask<Renaming>((service) => service.rename(cell, at, to));
  }

  format(cell: CellText) {
    return this.#ask((service) => service.format(cell));
  }

  close(): void {
    this.#worker.terminate();
  }

  #ask<T>(question: (service: Remote<TypingService>) => Promise<T>): Promise<T> {
    // Types can be written that are never worked out.
    const timer = setTimeout(
      () => this.#fail(new Error('The language service does not answer.')),
      PATIENCE_MILLISECONDS,
    );
    const answer = Promise.race([question(this.#upToDate()), this.failure]);
    return answer.finally(() => clearTimeout(timer));
  }

  /** Messages arrive in order, so what changed need not be waited for. */
  #upToDate(): Remote<TypingService> {
    const cells = new Map(
      this.#session.notebook.cells.filter((cell) => cell.kind === 'ts').map((cell) => [cell.id, cell.source]),
    );
    const changed = [...cells].filter(([id, text]) => this.#told.get(id) !== text).map(([id, text]) => ({ id, text }));
    const removed = [...this.#told.keys()].filter((id) => !cells.has(id));
    const { notebook, data } = this.#session;
    const shapes = tableShapes({ notebook, entries: data.entries, relations: this.#session.relations() });
    const tables = JSON.stringify(shapes);
    const other = tables !== this.#tables;
    if (changed.length > 0 || removed.length > 0 || other) {
      void this.#service.update({ cells: changed, removed, ...(other && { tables: shapes }) });
    }
    this.#told = cells;
    this.#tables = tables;
    return this.#service;
  }
}
