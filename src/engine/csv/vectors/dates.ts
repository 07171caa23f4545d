import { dateDay } from '@uwdata/flechette';
import type { Block } from '../block';
import { dayNumber } from './calendar';
import { Form } from './form';
import { grown, Vector } from './vector';

/** DATE. */
export class Dates extends Vector {
  readonly type = dateDay();
  readonly #form: Form | null;
  #days = new Int32Array(0);

  constructor(format = '%Y-%m-%d') {
    super();
    this.#form = Form.of(format);
  }

  read({ bytes, rows, width, starts, ends }: Block, column: number, at: number): readonly number[] {
    const form = this.#form;
    const open: number[] = [];
    for (let row = 0, cell = column; row < rows; row++, cell += width) {
      const from = starts[cell]!;
      const to = ends[cell]!;
      if (from === to) {
        this.miss(at + row);
        continue;
      }
      const days = form?.fits(bytes, from, to) ? form.days(bytes, from) : NaN;
      if (Number.isNaN(days)) open.push(row);
      else this.#days[at + row] = days;
    }
    return open;
  }

  set(row: number, text: string): void {
    this.#days[row] = dayNumber(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
  }

  protected resize(rows: number): void {
    this.#days = grown(this.#days, rows);
  }

  protected buffers(rows: number): { values: Int32Array } {
    return { values: this.#days.subarray(0, rows) };
  }
}
