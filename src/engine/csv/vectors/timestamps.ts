import { timestamp, TimeUnit } from '@uwdata/flechette';
import type { Block } from '../block';
import { dayNumber, secondNumber } from './calendar';
import { Form } from './form';
import { setWhole } from './integers';
import { grown, Vector } from './vector';

const DAY = 86_400;
const MICROSECONDS = 1_000_000;
const [DOT, ZERO, UPPER_T, UPPER_Z] = [46, 48, 84, 90];
const SPACED = Form.of('%Y-%m-%d %H:%M:%S')!;
const JOINED = Form.of('%Y-%m-%dT%H:%M:%S')!;

/** TIMESTAMP, in microseconds. Without a format, ISO 8601. */
export class Timestamps extends Vector {
  readonly type = timestamp(TimeUnit.MICROSECOND, null as unknown as string);
  readonly #form: Form | null | undefined;
  #halves = new Int32Array(0);

  /** `clocked`: offsets from UTC are looked at one by one, a `Z` too. */
  constructor(format?: string, clocked = false) {
    super();
    this.#form = clocked ? null : format === undefined ? undefined : Form.of(format);
  }

  read({ bytes, rows, width, starts, ends }: Block, column: number, at: number): readonly number[] {
    const form = this.#form;
    const halves = this.#halves;
    const open: number[] = [];
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      const from = starts[cell]!;
      const to = ends[cell]!;
      if (from === to) {
        this.miss(at + row);
        continue;
      }
      const microseconds =
        form === undefined ? iso(bytes, from, to) : form === null ? NaN : moment(form, bytes, from, to);
      // Beyond the year 2255, and for what is no time, this is false.
      if (Math.abs(microseconds) <= Number.MAX_SAFE_INTEGER) setWhole(halves, at + row, microseconds);
      else open.push(row);
    }
    return open;
  }

  set(row: number, text: string): void {
    const part = (from: number, to: number): number => Number(text.slice(from, to));
    const days = dayNumber(part(0, 4), part(5, 7), part(8, 10));
    const seconds = days * DAY + secondNumber(part(11, 13), part(14, 16), part(17, 19));
    const microseconds = Number(text.slice(20).padEnd(6, '0'));
    new BigInt64Array(this.#halves.buffer)[row] = BigInt(seconds) * BigInt(MICROSECONDS) + BigInt(microseconds);
  }

  protected resize(rows: number): void {
    this.#halves = grown(this.#halves, 2 * rows);
  }

  protected buffers(rows: number): { values: BigInt64Array } {
    return { values: new BigInt64Array(this.#halves.buffer, 0, rows) };
  }
}

function moment(form: Form, bytes: Uint8Array, from: number, to: number): number {
  if (!form.fits(bytes, from, to)) return NaN;
  return (form.days(bytes, from) * DAY + form.seconds(bytes, from)) * MICROSECONDS;
}

/** `YYYY-MM-DD HH:MM:SS`, perhaps with up to six decimals, perhaps with a `T` between and a `Z` behind. */
function iso(bytes: Uint8Array, from: number, to: number): number {
  const form = bytes[from + 10] === UPPER_T ? JOINED : SPACED;
  const clockEnd = from + form.width;
  const end = bytes[to - 1] === UPPER_Z ? to - 1 : to;
  if (end < clockEnd) return NaN;
  const microseconds = moment(form, bytes, from, clockEnd);
  return end === clockEnd ? microseconds : microseconds + fraction(bytes, clockEnd, end);
}

function fraction(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== DOT || to - from < 2 || to - from > 7) return NaN;
  let value = 0;
  for (let i = from + 1; i < to; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  for (let digits = to - from; digits < 7; digits++) value *= 10;
  return value;
}
