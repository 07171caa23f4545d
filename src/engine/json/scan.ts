import { LevainError } from '../../base/problem';
import type { Layout } from './layout';

/** A row as it stands in the file. */
export interface Element {
  readonly bytes: Uint8Array;
  /** 1-based line on which it begins. */
  readonly line: number;
}

/** A row with more bytes is none: memory would go for one cell. */
const LONGEST = 64 * 1024 * 1024;

const [QUOTE, BACKSLASH, COMMA, COLON, NEWLINE] = [0x22, 0x5c, 0x2c, 0x3a, 0x0a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 10 || byte === 13;

/**
 * Cuts a JSON file, which comes in pieces, into its rows, without reading what is in them. Brackets and quotes alone are
 * followed; whether a row is JSON is found when it is read. Throws `json-cut-off` where the file ends within its list and
 * `json-damaged` where something else follows it.
 */
export class Scanner {
  readonly #layout: Layout;
  /** How deep in brackets the rows stand. */
  readonly #rows: number;
  #depth = 0;
  #line = 1;
  #quoted = false;
  #escaped = false;
  /** Within an object: whether its wanted list is open, and the last text at its top, which may be a key. */
  #inside: boolean;
  #key: number[] | null = null;
  #lastKey = '';
  #ended = false;
  /** The beginning of a row whose end has not come yet. */
  #pieces: Uint8Array[] = [];
  #held = 0;
  #from = -1;
  #fromLine = 1;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#rows = layout.kind === 'list' ? 1 : layout.kind === 'within' ? 2 : 0;
    this.#inside = layout.kind !== 'within';
  }

  push(chunk: Uint8Array): Element[] {
    const found: Element[] = [];
    if (this.#layout.kind === 'lines') this.#lines(chunk, found);
    else if (this.#layout.kind === 'single') this.#hold(chunk, 0);
    else this.#elements(chunk, found);
    return found;
  }

  finish(): Element[] {
    const kind = this.#layout.kind;
    if (kind === 'lines' || kind === 'single') {
      const bytes = this.#taken();
      return bytes.every(isBlank) ? [] : [{ bytes, line: this.#fromLine }];
    }
    if (!this.#ended) {
      throw new LevainError({
        code: 'json-cut-off',
        message: `The file ends on line ${this.#line.toLocaleString('en')}, in the middle of its list: it was cut short, or is damaged.`,
        hint: 'Export or download it again.',
      });
    }
    return [];
  }

  #lines(chunk: Uint8Array, found: Element[]): void {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.#hold(chunk.subarray(from, at), 0);
      const bytes = this.#taken();
      if (!bytes.every(isBlank)) found.push({ bytes, line: this.#line });
      from = at + 1;
      this.#line++;
      this.#fromLine = this.#line;
    }
    this.#hold(chunk.subarray(from), 0);
  }

  #elements(chunk: Uint8Array, found: Element[]): void {
    if (this.#from >= 0) this.#from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#quoted) {
        this.#key?.push(byte);
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#quoted = false;
          if (this.#key) this.#lastKey = keyOf(this.#key);
          this.#key = null;
        }
        continue;
      }
      if (byte === NEWLINE) this.#line++;
      if (isBlank(byte)) continue;
      if (this.#ended && this.#depth === 0) throw this.#damaged();
      const top = this.#inside && this.#depth === this.#rows;
      if (top && (byte === COMMA || byte === CLOSE_LIST)) {
        this.#close(chunk, i, found);
        if (byte === CLOSE_LIST) this.#leave();
        continue;
      }
      if (top && this.#from < 0) {
        this.#from = i;
        this.#fromLine = this.#line;
      }
      if (byte === QUOTE) {
        this.#quoted = true;
        if (!this.#inside && this.#depth === 1) this.#key = [QUOTE];
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#open(byte);
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        this.#depth--;
        if (this.#inside && this.#depth < this.#rows) throw this.#damaged();
      } else if (byte === COLON && !this.#inside && this.#depth === 1) this.#key = null;
    }
    if (this.#from >= 0) this.#hold(chunk, this.#from);
  }

  #open(byte: number): void {
    if (!this.#inside && !this.#ended && this.#depth === 1 && byte === OPEN_LIST) {
      const { key } = this.#layout as Extract<Layout, { kind: 'within' }>;
      this.#inside = this.#lastKey === key;
    }
    this.#depth++;
  }

  #leave(): void {
    this.#depth--;
    this.#ended = true;
    // The rest of an object around the list is passed over.
    this.#inside = false;
  }

  #close(chunk: Uint8Array, to: number, found: Element[]): void {
    if (this.#from < 0) return;
    this.#hold(chunk.subarray(0, to), this.#from);
    found.push({ bytes: this.#taken(), line: this.#fromLine });
    this.#from = -1;
  }

  #hold(chunk: Uint8Array, from: number): void {
    if (from >= chunk.length) return;
    this.#pieces.push(chunk.slice(from));
    this.#held += chunk.length - from;
    if (this.#held <= LONGEST) return;
    throw new LevainError({
      code: 'json-row-too-long',
      message: `The value that begins on line ${this.#fromLine.toLocaleString('en')} is longer than 64 MB, so it is no row of a table.`,
      hint: 'Export the list of rows alone, or as CSV.',
      line: this.#fromLine,
    });
  }

  #taken(): Uint8Array {
    const [only] = this.#pieces;
    const whole = this.#pieces.length === 1 ? only! : new Uint8Array(this.#held);
    if (this.#pieces.length !== 1) {
      let at = 0;
      for (const piece of this.#pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
    }
    this.#pieces = [];
    this.#held = 0;
    return whole;
  }

  #damaged(): LevainError {
    return new LevainError({
      code: 'json-damaged',
      message: `The file is no JSON from line ${this.#line.toLocaleString('en')} on: its brackets do not match, or something follows its end.`,
      hint: 'Export or download it again.',
      line: this.#line,
    });
  }
}

function keyOf(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes))));
  } catch {
    return '';
  }
}
