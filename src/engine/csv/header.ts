import { hasSecondHeader } from './doctor/two-headers';
import { looksTyped } from './infer';
import type { TextRecord } from './records';

export interface FoundHeader {
  readonly header: boolean;
  /** Lines before the header, or before the first row. */
  readonly preamble: number;
  /** Index of the header, or of the first row, among the records. */
  readonly first: number;
  /** How many rows hold names: 0 without a header. */
  readonly rows: 0 | 1 | 2;
  /** Whether the second row looks like names too. */
  readonly second: boolean;
  readonly why: string;
}

const blank = (record: TextRecord): boolean => record.fields.every((field) => field.trim() === '');

/** Finds where the table begins below titles and remarks, and whether it begins with a header. */
export function detectHeader(
  records: readonly TextRecord[],
  width: number,
  fixed: { preamble?: number; header?: boolean; headerRows?: 1 | 2 } = {},
): FoundHeader {
  const first = fixed.preamble === undefined ? firstOfTable(records, width) : recordAfter(records, fixed.preamble);
  const preamble = fixed.preamble ?? (records[first]?.line ?? 1) - 1;
  const rows = records
    .slice(first + 1, first + 200)
    .filter((record) => record.fields.length === width && !blank(record));
  const found = fixed.header === undefined ? isHeader(records[first], rows) : { header: fixed.header, why: '' };
  const second = found.header && hasSecondHeader(records[first]!, rows[0], rows.slice(1));
  const both = fixed.headerRows === undefined ? second : fixed.headerRows === 2;
  return { preamble, first, second, rows: !found.header ? 0 : both ? 2 : 1, ...found };
}

/** The first record with as many fields as the table, unless the one right above it is a header that is a field short or long. */
function firstOfTable(records: readonly TextRecord[], width: number): number {
  const from = /^sep=.?$/i.test(records[0]?.fields[0] ?? '') ? 1 : 0;
  if (width === 1) {
    const found = records.findIndex((record, i) => i >= from && !blank(record));
    return Math.max(found, 0);
  }
  const found = records.findIndex(
    (record, i) => i >= from && record.fields.length === width && !isTitle(record, width),
  );
  if (found < 0) return from;
  const above = found > from ? records[found - 1] : undefined;
  const names =
    above && above.flaw === 'none' && above.fields.length > 1 && Math.abs(above.fields.length - width) === 1;
  const labels = names && above.fields.filter((field) => field.trim() !== '' && !looksTyped(field)).length >= width - 1;
  return labels && records[found]!.fields.some(looksTyped) ? found - 1 : found;
}

/** A title padded to the table's width (`Report,,,`), or a remark behind `#`. */
function isTitle(record: TextRecord, width: number): boolean {
  const filled = record.fields.filter((field) => field.trim() !== '').length;
  return filled === 0 || (width > 2 && filled === 1) || /^#\s/.test(record.fields[0]!);
}

function recordAfter(records: readonly TextRecord[], lines: number): number {
  const found = records.findIndex((record) => record.line > lines && !blank(record));
  return found < 0 ? records.length : found;
}

function isHeader(first: TextRecord | undefined, rows: readonly TextRecord[]): { header: boolean; why: string } {
  if (!first) return { header: false, why: '' };
  const cells = first.fields.map((field) => field.trim());
  const filled = cells.filter((cell) => cell !== '');
  if (rows.length === 0) {
    const header = filled.length > 0 && !filled.some(looksTyped);
    return { header, why: header ? 'Only a header: no rows follow.' : 'One row and no header.' };
  }
  if (yearsAcross(cells)) return { header: true, why: 'The first row is the header (years across).' };
  let votes = 0;
  for (let i = 0; i < cells.length; i++) {
    const below = rows.map((row) => (row.fields[i] ?? '').trim()).filter((cell) => cell !== '');
    if (below.length === 0 || cells[i] === '') continue;
    const typed = below.filter(looksTyped).length / below.length;
    if (typed > 0.8) votes += looksTyped(cells[i]!) ? -1 : 1;
    else if (looksTyped(cells[i]!)) votes -= 0.5;
    else if (below.includes(cells[i]!)) votes -= 0.25;
  }
  if (votes > 0) return { header: true, why: 'The first row is the header.' };
  if (votes < 0) return { header: false, why: 'There is no header: the first row looks like the others.' };
  const label = filled.length > 0 && filled.every((cell) => /^[\p{L}_(#%$€]/u.test(cell) && cell.length <= 80);
  return {
    header: label,
    why: label
      ? 'The first row is taken for the header; all columns are text, so change it if that is wrong.'
      : 'There is no header: the first row looks like the others.',
  };
}

/** `Region,2021,2022,2023`: years that follow each other are names, not figures. */
function yearsAcross(cells: readonly string[]): boolean {
  const years = cells.slice(1).map(Number);
  return (
    cells.length > 2 &&
    !looksTyped(cells[0]!) &&
    years.every((year, i) => year >= 1900 && year <= 2100 && (i === 0 || year === years[i - 1]! + 1))
  );
}
