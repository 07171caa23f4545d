/** What happened to cells on their way, counted, with the first cell that it happened to. */
const SENTENCES = {
  error: (n: number, first: string) =>
    `${cells(n)} an error (#DIV/0!, #N/A or the like, first in ${first}) and ${were(n)} read as empty.`,
  unknown: (n: number, first: string) =>
    `${cells(n)} a formula without its result (first in ${first}) and ${were(n)} read as empty. Open the workbook in a spreadsheet and save it, so that the results are in it.`,
  noDay: (n: number, first: string) =>
    `${cells(n)} a number that is no day but is shown as a date (first in ${first}) and ${were(n)} read as empty.`,
  merged: (n: number, first: string) =>
    `${n === 1 ? 'A text or date of joined cells' : `Texts and dates of joined cells`} (first ${first}) ${n === 1 ? 'stands' : 'stand'} in each of their rows.`,
  mergedNumber: (n: number, first: string) =>
    `${n === 1 ? 'A number' : 'Numbers'} of joined cells (first ${first}) ${n === 1 ? 'stands' : 'stand'} in the first of their rows only, so that sums count ${n === 1 ? 'it' : 'them'} once.`,
} as const;

/** The same, of columns: how often, in which. */
const COLUMN_SENTENCES = {
  percent: (names: string) => `${names}: percentages are read as shares, so 12.5% is 0.125.`,
  digits: (names: string) => `${names}: numbers with leading zeros are kept as text, with their zeros.`,
  clock: (names: string) =>
    `${names}: times of day and durations are kept as text; write ::INTERVAL behind it to count with them.`,
} as const;

const cells = (n: number): string => (n === 1 ? 'One cell holds' : `${n.toLocaleString('en')} cells hold`);
const were = (n: number): string => (n === 1 ? 'was' : 'were');

export type CellFinding = keyof typeof SENTENCES;
export type ColumnFinding = keyof typeof COLUMN_SENTENCES;

/** What is told of how a sheet was read. */
export class Findings {
  readonly #cells = new Map<CellFinding, { count: number; first: string }>();
  readonly #columns = new Map<ColumnFinding, Set<number>>();

  cell(kind: CellFinding, address: string): void {
    const found = this.#cells.get(kind);
    if (found) found.count++;
    else this.#cells.set(kind, { count: 1, first: address });
  }

  column(kind: ColumnFinding, column: number): void {
    const found = this.#columns.get(kind);
    if (found) found.add(column);
    else this.#columns.set(kind, new Set([column]));
  }

  sentences(columns: readonly string[]): string[] {
    return [
      ...[...this.#cells].map(([kind, { count, first }]) => SENTENCES[kind](count, first)),
      ...[...this.#columns].map(([kind, found]) =>
        COLUMN_SENTENCES[kind]([...found].map((i) => columns[i] || `Column ${i + 1}`).join(', ')),
      ),
    ];
  }
}
