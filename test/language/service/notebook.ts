import { collectDeclarations } from '../../../src/kernel/typings/collect';
import type { CellText, Explanation, Finding, TableShape } from '../../../src/language/ts/service/model';
import { TypingService } from '../../../src/language/ts/service/typing';

export const declarations = collectDeclarations();

export const orders: TableShape = {
  name: 'orders',
  columns: [
    { name: 'day', type: 'DATE' },
    { name: 'channel', type: 'VARCHAR' },
    { name: 'revenue', type: 'DOUBLE' },
    { name: 'unit price', type: 'DECIMAL(9,2)' },
  ],
};

/** One for all: what it reads first takes the most time. */
const shared = new TypingService(declarations);
let held: readonly string[] = [];

/** A notebook of TypeScript cells by id, with `|` where the caret stands in one of them. */
export class Written {
  readonly service = shared;
  readonly #cell: CellText;
  readonly #at: number;

  constructor(cells: Readonly<Record<string, string>>, tables: readonly TableShape[] = [orders]) {
    const texts = Object.entries(cells).map(([id, text]) => ({ id, text: text.replace('|', '') }));
    const [id, text] =
      Object.entries(cells).find(([, source]) => source.includes('|')) ?? Object.entries(cells).at(-1)!;
    this.#cell = { id, text: text.replace('|', '') };
    this.#at = Math.max(0, text.indexOf('|'));
    this.service.update({ removed: held });
    this.service.update({ cells: texts, tables });
    held = texts.map((cell) => cell.id);
  }

  offers(): string[] {
    return this.service.complete(this.#cell, this.#at)?.offers.map((offer) => offer.label) ?? [];
  }

  /** Where what an offer replaces begins. */
  begins(): number | undefined {
    return this.service.complete(this.#cell, this.#at)?.from;
  }

  /** The cell with an offer taken. */
  taking(label: string): string {
    const result = this.service.complete(this.#cell, this.#at)!;
    const offer = result.offers.find((candidate) => candidate.label === label)!;
    const { from, to, text } = offer.write ?? { from: result.from, to: result.to, text: label };
    return this.#cell.text.slice(0, from) + text + this.#cell.text.slice(to);
  }

  explained(label: string): Explanation | undefined {
    return this.service.explain(this.#cell, this.#at, label);
  }

  hovered(): Explanation | undefined {
    return this.service.hover(this.#cell, this.#at);
  }

  signature(): { label: string; parameter: string; text: string } | undefined {
    const found = this.service.signature(this.#cell, this.#at);
    return found && { ...found, parameter: found.label.slice(found.parameter?.from, found.parameter?.to) };
  }

  defined(): string | undefined {
    const place = this.service.define(this.#cell, this.#at);
    return place && ('table' in place ? `table ${place.table}` : `${place.cell} ${place.from}`);
  }

  renamed(to: string): Record<string, string> | string {
    const result = this.service.rename(this.#cell, this.#at, to);
    if (!result.ok) return result.problem.message;
    if ('table' in result) return `table ${result.table}`;
    return Object.fromEntries(result.sources.map(({ id, text }) => [id, text]));
  }

  findings(): (Finding & { readonly at: string })[] {
    const { text } = this.#cell;
    return this.service.check(this.#cell).map((found) => ({ ...found, at: text.slice(found.from, found.to) }));
  }

  /** What is found, as `words: message hint`. */
  told(): string[] {
    return this.findings().map(({ at, message, hint }) => `${at}: ${message}${hint ? ` ${hint}` : ''}`);
  }
}
