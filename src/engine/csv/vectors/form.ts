import { dayNumber, fourDigits, secondNumber, twoDigits } from './calendar';

const PARTS = 'YmdHMS';
const WIDTHS: Record<string, number> = { Y: 4, m: 2, d: 2, H: 2, M: 2, S: 2 };

/** Dates and times of fixed width, each part with all of its digits: where the parts and the marks between them stand. */
export class Form {
  readonly width: number;
  readonly #at: Readonly<Record<string, number>>;
  readonly #marks: readonly (readonly [at: number, byte: number])[];

  private constructor(width: number, at: Record<string, number>, marks: [number, number][]) {
    this.width = width;
    this.#at = at;
    this.#marks = marks;
  }

  /** Null where a format has other parts: names of months, two-digit years, halves of the day, offsets from UTC. */
  static of(format: string): Form | null {
    const at: Record<string, number> = {};
    const marks: [number, number][] = [];
    let width = 0;
    for (const [token] of format.matchAll(/%.|[^%]/g)) {
      const part = token.length === 2 ? token[1]! : '';
      if (part && (!PARTS.includes(part) || part in at)) return null;
      if (part) at[part] = width;
      else if (token.charCodeAt(0) < 128) marks.push([width, token.charCodeAt(0)]);
      else return null;
      width += part ? WIDTHS[part]! : 1;
    }
    return 'Y' in at && 'm' in at && 'd' in at ? new Form(width, at, marks) : null;
  }

  /** Whether the bytes from `from` to `to` are of this width and have its marks. */
  fits(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from !== this.width) return false;
    for (const [at, byte] of this.#marks) if (bytes[from + at] !== byte) return false;
    return true;
  }

  /** Days since 1970-01-01 of text that fits, or `NaN`. */
  days(bytes: Uint8Array, from: number): number {
    const { Y, m, d } = this.#at;
    return dayNumber(fourDigits(bytes, from + Y!), twoDigits(bytes, from + m!), twoDigits(bytes, from + d!));
  }

  /** Seconds since midnight of text that fits, or `NaN`; parts that the form does not have are zero. */
  seconds(bytes: Uint8Array, from: number): number {
    const { H, M, S } = this.#at;
    return secondNumber(
      H === undefined ? 0 : twoDigits(bytes, from + H),
      M === undefined ? 0 : twoDigits(bytes, from + M),
      S === undefined ? 0 : twoDigits(bytes, from + S),
    );
  }
}
