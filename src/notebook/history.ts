import { applyEdit, invertEdit, type Edit } from './apply';
import type { Cell, Notebook } from './model';

interface Step {
  readonly edit: Edit;
  readonly inverse: Edit;
  /** When it was last added to, in milliseconds. */
  readonly time: number;
  /** Signs of text that it keeps alive, about. */
  readonly size: number;
}

export interface HistoryOptions {
  /** Typing in one cell with pauses shorter than this is one step. */
  readonly pause?: number;
  /** The oldest steps are forgotten beyond so many steps or so many signs of text. */
  readonly steps?: number;
  readonly signs?: number;
}

/** A notebook with its past and its undone future. */
export class History {
  readonly #pause: number;
  readonly #steps: number;
  readonly #signs: number;
  #notebook: Notebook;
  #past: Step[] = [];
  #future: Step[] = [];
  #mayJoin = false;

  constructor(notebook: Notebook, { pause = 1000, steps = 1000, signs = 20_000_000 }: HistoryOptions = {}) {
    this.#notebook = notebook;
    this.#pause = pause;
    this.#steps = steps;
    this.#signs = signs;
  }

  get notebook(): Notebook {
    return this.#notebook;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Makes an edit at `time` (milliseconds, any origin). What was undone is forgotten. */
  apply(edit: Edit, time: number): Notebook {
    const inverse = invertEdit(this.#notebook, edit);
    const last = this.#past.at(-1);
    const joins =
      this.#mayJoin &&
      last?.edit.type === 'setSource' &&
      edit.type === 'setSource' &&
      last.edit.id === edit.id &&
      time - last.time < this.#pause;
    this.#notebook = applyEdit(this.#notebook, edit);
    if (joins) this.#past.pop();
    const kept = joins ? last.inverse : inverse;
    this.#past.push({ edit, inverse: kept, time, size: sizeOf(edit) + sizeOf(kept) });
    this.#future = [];
    this.#mayJoin = true;
    this.#forget();
    return this.#notebook;
  }

  /** Makes an edit that is not a step of its own: undo and redo pass over it. */
  amend(edit: Edit): Notebook {
    this.#notebook = applyEdit(this.#notebook, edit);
    return this.#notebook;
  }

  /** Ends the step under way: the next typing begins another. */
  seal(): void {
    this.#mayJoin = false;
  }

  /** Takes the last step back; returns the edit that did so, or nothing where there is no step. */
  undo(): Edit | undefined {
    const step = this.#past.pop();
    if (!step) return undefined;
    this.#future.push(step);
    return this.#play(step.inverse);
  }

  redo(): Edit | undefined {
    const step = this.#future.pop();
    if (!step) return undefined;
    this.#past.push(step);
    return this.#play(step.edit);
  }

  #play(edit: Edit): Edit {
    this.#notebook = applyEdit(this.#notebook, edit);
    this.#mayJoin = false;
    return edit;
  }

  #forget(): void {
    let signs = 0;
    let first = this.#past.length;
    while (first > 0 && this.#past.length - first < this.#steps) {
      signs += this.#past[first - 1]!.size;
      if (signs > this.#signs && first < this.#past.length) break;
      first--;
    }
    this.#past.splice(0, first);
  }
}

function sizeOf(edit: Edit): number {
  switch (edit.type) {
    case 'insert':
    case 'setCell':
      return cellSize(edit.cell);
    case 'setSource':
      return edit.source.length;
    case 'replaceAll':
      return edit.notebook.cells.reduce((sum, cell) => sum + cellSize(cell), 0);
    case 'group':
      return edit.edits.reduce((sum, each) => sum + sizeOf(each), 0);
    default:
      return 100;
  }
}

const cellSize = (cell: Cell): number => cell.source.length + 100;
