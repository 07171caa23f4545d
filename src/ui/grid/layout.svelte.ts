import type { Column, Table } from '../../table/decode';
import { typeName } from '../strings';
import { edgesOf, fitWidth, MIN_WIDTH } from './columns';
import { columnFormat, isNumeric, plain, SAMPLE, type ColumnFormat } from './format';
import type { PagedRow } from './pages';

const MAX_WIDTH = 1_200;

/** More columns than this are not measured: only their headers give them widths. */
const MOST_MEASURED = 200;

/** How wide each column is and how its values are written: by the first rows, and then by the reader. */
export class Layout {
  #columns: readonly Column[] = [];
  #shape = '';
  /** The number of each column that takes the most room so far; infinite where it has none, or where the reader set its width. */
  #largest: number[] = [];
  /** In pixels where the page's type is of its usual size. */
  widths = $state.raw<readonly number[]>([]);
  /** How many times as large it is: on slides, or where the reader's browser is set so. */
  scale = $state(1);
  /** In pixels of the screen. */
  readonly edges = $derived(edgesOf(this.widths.map((width) => Math.round(width * this.scale))));
  /** Of all columns together. */
  readonly width = $derived(this.edges.at(-1)!);
  /** Absent until rows have come. */
  formats = $state.raw<readonly ColumnFormat[] | null>(null);

  /**
   * Takes these columns, whose formats are learnt anew. Others than before are as wide as their headers until rows come;
   * tells whether they are others.
   */
  follow(columns: readonly Column[]): boolean {
    const shape = columns.map(({ name, type }) => `${name} ${type}`).join('\n');
    const others = shape !== this.#shape;
    this.#shape = shape;
    this.#columns = columns;
    this.formats = null;
    this.#largest = [];
    if (others) this.widths = columns.map(({ name, type }) => fitWidth(name, typeName(type), []));
    return others;
  }

  /** The first page tells how wide columns are and how many decimals they have. */
  learn(table: Table): void {
    const columns = this.#columns;
    const take = Math.min(table.numRows, SAMPLE);
    const measured = columns.length <= MOST_MEASURED;
    const samples = (column: number): unknown[] => {
      const vector = table.getChildAt(column);
      return Array.from({ length: take }, (_, row) => vector?.at(row));
    };
    const formats = columns.map(({ name, type }, i) =>
      columnFormat(name, type, measured || isNumeric(type) ? samples(i) : []),
    );
    this.formats = formats;
    if (!measured || take === 0) return;
    this.widths = columns.map(({ name, type }, i) => fitWidth(name, typeName(type), samples(i).map(formats[i]!.text)));
    this.#largest = columns.map(({ type }) => (isNumeric(type) ? 0 : Infinity));
  }

  /** Numbers that come into sight may be longer than the first rows': cut off they would be other numbers. */
  admit(rows: readonly (PagedRow | undefined)[]): void {
    const widths = [...this.widths];
    this.#largest.forEach((largest, column) => {
      if (largest === Infinity) return;
      const { name, type } = this.#columns[column]!;
      for (const row of rows) {
        const value: unknown = row?.table.getChildAt(column)?.at(row.index);
        const size = Number(value) * (Number(value) < 0 ? -10 : 1);
        if (!(size > this.#largest[column]!)) continue;
        this.#largest[column] = size;
        widths[column] = Math.max(widths[column]!, fitWidth(name, typeName(type), [this.text(value, column)]));
      }
    });
    if (widths.some((width, i) => width !== this.widths[i])) this.widths = widths;
  }

  widthOf(column: number): number {
    return this.edges[column + 1]! - this.edges[column]!;
  }

  text(value: unknown, column: number): string {
    return (this.formats?.[column]?.text ?? plain)(value);
  }

  setWidth(column: number, width: number): void {
    this.#largest[column] = Infinity;
    this.widths = this.widths.with(column, Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width))));
  }

  widen(column: number, by: number): void {
    this.setWidth(column, this.widths[column]! + by);
  }

  /** As wide as the values that are given. */
  fit(column: number, values: readonly unknown[]): void {
    const { name, type } = this.#columns[column]!;
    const texts = values.map((value) => this.text(value, column));
    this.setWidth(column, fitWidth(name, typeName(type), texts));
  }
}
