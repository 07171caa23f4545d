import { completions } from './completion';
import { explainOffer, hover, signatureHelp } from './explain';
import { findings } from './findings';
import { formatted } from './format';
import type { CellText, Declarations, NotebookChange } from './model';
import { NotebookFiles } from './notebook-files';
import { definition, rename } from './rename';

/**
 * Answers what an editor asks about the TypeScript cells of a notebook. Every question brings the cell's text as it
 * stands in the editor; places are characters from its beginning. Nothing is run.
 */
export class TypingService {
  readonly #notebook: NotebookFiles;

  constructor(declarations: Declarations) {
    this.#notebook = new NotebookFiles(declarations);
  }

  /** Tells what changed: cells, in the notebook's order when they are new, and tables. */
  update(change: NotebookChange): void {
    this.#notebook.update(change);
  }

  complete(cell: CellText, at: number): ReturnType<typeof completions> {
    this.#take(cell);
    return completions(this.#notebook, cell.id, at);
  }

  explain(cell: CellText, at: number, label: string): ReturnType<typeof explainOffer> {
    this.#take(cell);
    return explainOffer(this.#notebook, cell.id, at, label);
  }

  hover(cell: CellText, at: number): ReturnType<typeof hover> {
    this.#take(cell);
    return hover(this.#notebook, cell.id, at);
  }

  signature(cell: CellText, at: number): ReturnType<typeof signatureHelp> {
    this.#take(cell);
    return signatureHelp(this.#notebook, cell.id, at);
  }

  check(cell: CellText): ReturnType<typeof findings> {
    this.#take(cell);
    return findings(this.#notebook, cell.id);
  }

  define(cell: CellText, at: number): ReturnType<typeof definition> {
    this.#take(cell);
    return definition(this.#notebook, cell.id, at);
  }

  rename(cell: CellText, at: number, to: string): ReturnType<typeof rename> {
    this.#take(cell);
    return rename(this.#notebook, cell.id, at, to);
  }

  format(cell: CellText): string {
    this.#take(cell);
    return formatted(this.#notebook, cell.id);
  }

  #take(cell: CellText): void {
    if (this.#notebook.reading(cell.id)?.source !== cell.text) this.#notebook.update({ cells: [cell] });
  }
}
