/**
 * What a part is to the page: a module (imported parts stand before those that import them), the script of a worker, the
 * WebAssembly module that every page needs, one that a file may need, a font.
 */
export type PartKind = 'module' | 'script' | 'wasm' | 'packed' | 'font';

/** The parts of the served page, as its build lists them in `parts.json`. */
export interface SiteParts {
  /** The policy of a page that is one file; it names the hash of `boot`. */
  readonly policy: string;
  /** The script that puts such a page together (`boot.ts`). */
  readonly boot: string;
  /** The address of the style sheet, and of each part, from the page's own. */
  readonly style: string;
  /** The name of the module with which the page begins. */
  readonly entry: string;
  readonly parts: readonly { readonly path: string; readonly kind: PartKind; readonly bytes: number }[];
}

/** A part as it stands in a page that is one file: base64, of fonts as they are and of all else packed by gzip. */
export interface PagePart {
  readonly name: string;
  readonly kind: PartKind;
  readonly content: string;
}

/** All of a page that is one file, without a notebook. */
export interface AppParts {
  readonly policy: string;
  readonly boot: string;
  readonly style: string;
  readonly entry: string;
  readonly parts: readonly PagePart[];
}
