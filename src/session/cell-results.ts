import type { Problem } from '../base/problem';
import type { RelationInfo } from '../engine/engine';
import type { Cell } from '../notebook/model';
import type { CellOutput } from '../output/output';
import { CellFailed } from './cell-failed';
import { ExpressionFailed, type CellRan } from './run-cell';

interface CellResult {
  readonly output?: CellOutput;
  /** The last run failed and showed nothing: the output is of the run before it. */
  readonly ofEarlierRun?: boolean;
  /** Texts of `{{ }}`, with the source they belong to. */
  readonly values?: { readonly source: string; readonly texts: readonly string[] };
  /** What the cell's name stands for in the database. */
  readonly relation?: RelationInfo;
}

/** What cells made when they last ran: what they show, and what of theirs stands in the database. */
export class CellResults {
  readonly #results = new Map<string, CellResult>();
  readonly #drop: (relation: string) => Promise<void>;
  /** Resolves when the database has forgotten all that it was asked to. */
  #dropped: Promise<unknown> = Promise.resolve();

  /** `drop` lets the database forget a relation that no cell stands for any more. */
  constructor(drop: (relation: string) => Promise<void>) {
    this.#drop = drop;
  }

  output(id: string): CellOutput | undefined {
    return this.#results.get(id)?.output;
  }

  /** The output (not its problem) is of an earlier run than the last. */
  isEarlier(id: string): boolean {
    const { output, ofEarlierRun } = this.#results.get(id) ?? {};
    return ofEarlierRun === true || output?.problem === undefined;
  }

  /** The texts of a cell's `{{ }}`; undefined where it was rewritten since. */
  values(cell: Cell): readonly string[] | undefined {
    const values = this.#results.get(cell.id)?.values;
    return values?.source === cell.source ? values.texts : undefined;
  }

  relation(id: string): RelationInfo | undefined {
    return this.#results.get(id)?.relation;
  }

  relations(): readonly RelationInfo[] {
    return [...this.#results.values()].flatMap(({ relation }) => relation ?? []);
  }

  /** The cells whose relation has one of these names, in small letters. */
  cellsOf(names: ReadonlySet<string>): readonly string[] {
    return [...this.#results].flatMap(([id, { relation }]) =>
      relation && names.has(relation.name.toLowerCase()) ? [id] : [],
    );
  }

  /** What a running cell has shown so far. */
  shows(id: string, output: CellOutput): void {
    this.#results.set(id, { ...this.#results.get(id), output });
  }

  succeeded(cell: Cell, { output, values, relation }: CellRan): void {
    const former = this.#results.get(cell.id);
    if (former?.relation && former.relation.name !== relation?.name) this.#letGo(former.relation);
    const written = values ? { source: cell.source, texts: values } : former?.values;
    this.#results.set(cell.id, { output, ...(written && { values: written }), ...(relation && { relation }) });
  }

  /** The last good output stays, dimmed; what the failed run had shown before takes its place if there is any. */
  failed(cell: Cell, problem: Problem, error: unknown): CellOutput {
    const former = this.#results.get(cell.id);
    const shown = error instanceof CellFailed ? error.output : undefined;
    const ofEarlierRun = !shown?.outputs.length;
    const outputs = (ofEarlierRun ? former?.output?.outputs : shown.outputs) ?? [];
    const output = { outputs, log: shown?.log ?? [], problem };
    const texts = error instanceof ExpressionFailed ? error.texts : undefined;
    const written = texts && { source: cell.source, texts };
    this.#results.set(cell.id, { ...former, output, ofEarlierRun, ...(written && { values: written }) });
    return output;
  }

  /** Lets go of relations with these names, whose cells are called otherwise now. */
  forget(names: readonly string[]): void {
    for (const id of this.cellsOf(new Set(names.map((name) => name.toLowerCase())))) {
      const { relation, ...others } = this.#results.get(id)!;
      this.#letGo(relation!);
      this.#results.set(id, others);
    }
  }

  /** Resolves when the database has forgotten what it was asked to: what is made under the same name later stays. */
  get settled(): Promise<unknown> {
    return this.#dropped;
  }

  /** Lets go of what cells that are gone had made. */
  keepOnly(present: ReadonlySet<string>): void {
    for (const id of [...this.#results.keys()].filter((id) => !present.has(id))) {
      const { relation } = this.#results.get(id)!;
      if (relation) this.#letGo(relation);
      this.#results.delete(id);
    }
  }

  #letGo({ name }: RelationInfo): void {
    // Why the database cannot forget it, the next run will meet and tell.
    this.#dropped = Promise.allSettled([this.#dropped, this.#drop(name)]);
  }
}
