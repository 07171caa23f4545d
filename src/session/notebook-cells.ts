import type { Definition } from '../language/definition';
import type { Cell } from '../notebook/model';
import type { Metrics } from './with-metrics';

/** Compiles a cell; loaded with the language room after the shell is shown. */
export type Define = (cell: Cell) => Definition;

/** The cells of the open notebook as it stands, each with what it is compiled to. */
export class NotebookCells {
  readonly #define: Define;
  readonly #list: () => readonly Cell[];
  readonly #definitions = new WeakMap<Cell, Definition>();

  constructor(define: Define, list: () => readonly Cell[]) {
    this.#define = define;
    this.#list = list;
  }

  get list(): readonly Cell[] {
    return this.#list();
  }

  find(id: string): Cell | undefined {
    return this.list.find((cell) => cell.id === id);
  }

  /** What a cell is compiled to; also of one that is not in the notebook (yet). */
  readonly definition: Define = (cell) => {
    let definition = this.#definitions.get(cell);
    if (!definition) {
      definition = this.#define(cell);
      this.#definitions.set(cell, definition);
    }
    return definition;
  };

  /** What cells define. */
  outputNames(): ReadonlySet<string> {
    return new Set(this.list.flatMap((cell) => this.definition(cell).outputs));
  }

  /** The cells that read a name. */
  readersOf(name: string): readonly Cell[] {
    const key = name.toLowerCase();
    return this.list.filter((cell) => this.definition(cell).inputs.some((input) => input.toLowerCase() === key));
  }

  /** What `name()` stands for in SQL, by metric. */
  metrics(): Metrics {
    const bodies = this.list
      .filter(({ kind }) => kind === 'metric')
      .map((cell) => [cell.name?.toLowerCase() ?? '', this.definition(cell).body] as const);
    return new Map(bodies.flatMap(([name, body]) => (body.type === 'metric' ? [[name, body.expression]] : [])));
  }
}
