import type { Table } from '../../table/decode';
import type { GridRequest } from '../grid-source';

export type Query = Pick<GridRequest, 'sort' | 'filters'>;

interface Options {
  readonly fetch: (request: GridRequest) => Promise<Table>;
  /** Rows in a page. */
  readonly size: number;
  /** Pages kept; the ones not seen for longest go. */
  readonly keep: number;
  readonly onchange: () => void;
  readonly onerror: (error: unknown) => void;
}

export interface PagedRow {
  readonly table: Table;
  readonly index: number;
}

const IN_FLIGHT = 2;

/**
 * Rows of a relation, fetched a page at a time as they come into sight. Requests are never queued: what is wanted is
 * decided anew whenever one of two places is free, so that a flight over a million rows asks only where it lands.
 */
export class Pages {
  readonly #options: Options;
  readonly #pages = new Map<number, Table>();
  readonly #inFlight = new Set<number>();
  readonly #failed = new Set<number>();
  #version = 0;
  #query: Query = {};
  #wanted: readonly number[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  /** How many pages are held. */
  get held(): number {
    return this.#pages.size;
  }

  /** Forgets all rows; answers still under way are dropped when they come. */
  reset(query: Query): void {
    this.#version++;
    this.#query = query;
    this.#pages.clear();
    this.#inFlight.clear();
    this.#failed.clear();
    this.#wanted = [];
  }

  /** The row, if its page is here. */
  row(index: number): PagedRow | undefined {
    const page = Math.floor(index / this.#options.size);
    const table = this.#pages.get(page);
    return table && { table, index: index - page * this.#options.size };
  }

  /** Says which rows are in sight (`first` up to, not with, `end`, of `rows`): they are fetched, then their neighbours. */
  want(first: number, end: number, rows: number): void {
    const { size } = this.#options;
    const last = Math.floor(Math.max(0, rows - 1) / size);
    const from = Math.floor(first / size);
    const to = Math.min(last, Math.floor(Math.max(first, end - 1) / size));
    const wanted: number[] = [];
    for (let page = from; page <= to; page++) wanted.push(page);
    if (to < last) wanted.push(to + 1);
    if (from > 0) wanted.push(from - 1);
    this.#wanted = rows > 0 ? wanted : [];
    for (const page of this.#wanted) this.#touch(page);
    this.#fill();
  }

  /** The table of a page, from here or fetched now (for copying). */
  async load(page: number): Promise<Table> {
    return this.#pages.get(page) ?? this.#options.fetch(this.#request(page));
  }

  #request(page: number): GridRequest {
    return { offset: page * this.#options.size, limit: this.#options.size, ...this.#query };
  }

  #fill(): void {
    for (const page of this.#wanted) {
      if (this.#inFlight.size >= IN_FLIGHT) return;
      if (!this.#pages.has(page) && !this.#inFlight.has(page) && !this.#failed.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const version = this.#version;
    this.#inFlight.add(page);
    try {
      const table = await this.#options.fetch(this.#request(page));
      if (version !== this.#version) return;
      this.#pages.set(page, table);
      this.#drop();
      this.#options.onchange();
    } catch (error) {
      if (version !== this.#version) return;
      this.#failed.add(page);
      this.#options.onerror(error);
    } finally {
      if (version === this.#version) {
        this.#inFlight.delete(page);
        this.#fill();
      }
    }
  }

  /** A map keeps the order of entry: a page seen again goes to its end. */
  #touch(page: number): void {
    const table = this.#pages.get(page);
    if (!table) return;
    this.#pages.delete(page);
    this.#pages.set(page, table);
  }

  #drop(): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= this.#options.keep) return;
      if (!this.#wanted.includes(page)) this.#pages.delete(page);
    }
  }
}
