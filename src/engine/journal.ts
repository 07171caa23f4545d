import type { FilePlan } from './engine';

/** What made the database what it is, in order, so that it can be made again after a restart. */
export type Entry =
  | { readonly kind: 'file'; readonly name: string; readonly file: File; readonly plan: FilePlan }
  | {
      readonly kind: 'query';
      readonly name: string;
      readonly text: string;
      readonly keyword: string;
      readonly view: boolean;
    }
  | { readonly kind: 'arrow'; readonly name: string; readonly bytes: Uint8Array | null }
  | { readonly kind: 'statement'; readonly text: string };

/** Bytes of inserted tables that are kept for a replay. */
const KEPT_BYTES = 256 * 1024 * 1024;

export class Journal {
  #entries: Entry[] = [];

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Notes an entry; an older one for the same relation no longer counts. */
  add(entry: Entry): void {
    if (entry.kind !== 'statement') this.drop(entry.name);
    this.#entries.push(entry);
    this.#forgetBytes();
  }

  drop(name: string): void {
    this.#entries = this.#entries.filter((entry) => entry.kind === 'statement' || !same(entry.name, name));
  }

  rename(from: string, to: string): void {
    this.#entries = this.#entries.map((entry) => {
      if (entry.kind === 'statement' || !same(entry.name, from)) return entry;
      return entry.kind === 'file'
        ? { ...entry, name: to, plan: { ...entry.plan, table: to } }
        : { ...entry, name: to };
    });
  }

  /** The newest tables keep their bytes, up to the bound; the others would be lost by a restart. */
  #forgetBytes(): void {
    let kept = 0;
    this.#entries = this.#entries
      .toReversed()
      .map((entry) => {
        if (entry.kind !== 'arrow' || !entry.bytes) return entry;
        kept += entry.bytes.length;
        return kept > KEPT_BYTES ? { ...entry, bytes: null } : entry;
      })
      .toReversed();
  }
}

/** DuckDB's names are the same without regard to case. */
function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
