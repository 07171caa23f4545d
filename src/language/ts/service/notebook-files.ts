import type ts from 'typescript';
import { SCOPE_NAMES } from '../names';
import { cellModule, readCell, type CellModule, type CellReading, type Source } from './cell-module';
import { createService, Files } from './host';
import type { Declarations, NotebookChange, TableShape } from './model';
import { tablesModule, type TablesModule } from './tables-module';

/** Where tables are declared. */
export const TABLES = '/tables.d.ts';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * A notebook as a program: each TypeScript cell a module that imports the names it mentions from the cells that declare
 * them, from the tables and from the scope.
 */
export class NotebookFiles {
  readonly files: Files;
  readonly service: ts.LanguageService;
  readonly #scope: string;
  readonly #readings = new Map<string, CellReading>();
  readonly #modules = new Map<string, CellModule>();
  #tables: TablesModule;
  /** Tables by their name in lower case: the kernel finds them so. */
  #tableNames = new Map<string, string>();

  constructor(declarations: Declarations) {
    this.files = new Files(declarations.files);
    this.#scope = withoutEnding(declarations.scope);
    this.service = createService(this.files, declarations);
    this.#tables = this.#setTables([]);
  }

  update({ cells = [], removed = [], tables }: NotebookChange): void {
    for (const id of removed) {
      this.#readings.delete(id);
      this.#modules.delete(id);
      this.files.delete(pathOf(id));
    }
    for (const { id, text } of cells) {
      if (this.#readings.get(id)?.source !== text) this.#readings.set(id, readCell(text));
    }
    if (tables) this.#tables = this.#setTables(tables);
    const definers = this.definers();
    for (const [id, reading] of this.#readings) {
      const module = cellModule(reading, (name) => this.#find(name, id, definers));
      this.#modules.set(id, module);
      this.files.set(pathOf(id), module.text);
    }
  }

  module(id: string): CellModule | undefined {
    return this.#modules.get(id);
  }

  reading(id: string): CellReading | undefined {
    return this.#readings.get(id);
  }

  get cells(): readonly string[] {
    return [...this.#readings.keys()];
  }

  /** Which cell defines a name: the first that declares it. */
  definers(): ReadonlyMap<string, string> {
    const definers = new Map<string, string>();
    for (const [id, { declared }] of this.#readings) {
      for (const name of declared) if (!definers.has(name)) definers.set(name, id);
    }
    return definers;
  }

  get tables(): readonly string[] {
    return [...this.#tableNames.values()];
  }

  tableAt(offset: number): string | undefined {
    return this.#tables.tableAt(offset);
  }

  #setTables(tables: readonly TableShape[]): TablesModule {
    const named = tables.filter(({ name }) => IDENTIFIER.test(name));
    this.#tableNames = new Map(named.map(({ name }) => [name.toLowerCase(), name]));
    const module = tablesModule(named, this.#scope);
    this.files.set(TABLES, module.text);
    return module;
  }

  #find(name: string, cell: string, definers: ReadonlyMap<string, string>): Source | undefined {
    const definer = definers.get(name);
    if (definer !== undefined)
      return definer === cell ? undefined : { module: withoutEnding(pathOf(definer)), exported: name };
    const table = this.#tableNames.get(name.toLowerCase());
    if (table !== undefined) return { module: withoutEnding(TABLES), exported: table };
    return SCOPE_NAMES.includes(name) ? { module: this.#scope, exported: name } : undefined;
  }
}

/** As an import names a file. */
const withoutEnding = (path: string): string => path.replace(/(?:\.d)?\.ts$/, '');

export const pathOf = (id: string): string => `/cells/${id}.ts`;

/** The cell whose module a path is. */
export const cellOf = (path: string): string | undefined => /^\/cells\/(.+)\.ts$/.exec(path)?.[1];
