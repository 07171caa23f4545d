import { dayNumber, fourDigits, secondNumber, twoDigits } from './calendar';

const PARTS = 'YmdHMS';
const WIDTHS: Record<string, number> = { Y: 4, m: 2, d: 2, H: 2, M: 2, S: 2 };

/** Dates and times of fixed width, each part with all of its digits: where the parts and the marks between them stand. */
export class Form {
  readonly width: number;
  /** Where each part stands, −1 for none. */
  readonly #year: number;
  readonly #month: number;
  readonly #day: number;
  readonly #hour: number;
  readonly #minute: number;
  readonly #second: number;
  /** Where each mark stands, and its byte, in turn. */
  readonly #marks: Int32Array;

  private constructor(width: number, at: Record<string, number>, marks: readonly number[]) {
    this.width = width;
    this.#year = at.Y!;
    this.#month = at.m!;
    this.#day = at.d!;
    this.#hour = at.H ?? -1;
    this.#minute = at.M ?? -1;
    this.#second = at.S ?? -1;
    this.#marks = Int32Array.from(marks);
  }

  /** Null where a format has other parts: names of months, two-digit years, halves of the day, offsets from UTC. */
  static of(format: string): Form | null {
    const at: Record<string, number> = {};
    const marks: number[] = [];
    let width = 0;
    for (const [token] of format.matchAll(/%.|[^%]/g)) {
      const part = token.length === 2 ? token[1]! : '';
      if (part && (!PARTS.includes(part) || part in at)) return null;
      if (part) at[part] = width;
      else if (token.charCodeAt(0) < 128) marks.push(width, token.charCodeAt(0));
      else return null;
      width += part ? WIDTHS[part]! : 1;
    }
    return 'Y' in at && 'm' in at && 'd' in at ? new Form(width, at, marks) : null;
  }

  /** Whether the bytes from `from` to `to` are of this width and have its marks. */
  fits(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from !== this.width) return false;
    const marks = this.#marks;
    for (let i = 0; i < marks.length; i += 2) if (bytes[from + marks[i]!] !== marks[i + 1]) return false;
    return true;
  }

  /** Days since 1970-01-01 of text that fits, or `NaN`. */
  days(bytes: Uint8Array, from: number): number {
    return dayNumber(
      fourDigits(bytes, from + this.#year),
      twoDigits(bytes, from + this.#month),
      twoDigits(bytes, from + this.#day),
    );
  }

  /** Seconds since midnight of text that fits, or `NaN`; parts that the form does not have are zero. */
  seconds(bytes: Uint8Array, from: number): number {
    return secondNumber(
      this.#hour < 0 ? 0 : twoDigits(bytes, from + this.#hour),
      this.#minute < 0 ? 0 : twoDigits(bytes, from + this.#minute),
      this.#second < 0 ? 0 : twoDigits(bytes, from + this.#second),
    );
  }
}
