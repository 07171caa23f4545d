import { LevainError } from '../../base/problem';
import type { CsvPlan, PlanChange, PlannedColumn } from '../engine';
import { USUAL_NULLS } from './columns';
import { detectDialect, type FoundDialect } from './dialect';
import { findByKey, settledByKey } from './doctor/by-key';
import { findingsOf } from './doctor/findings';
import { totalsFirst } from './doctor/first-totals';
import { footerOf } from './doctor/footer';
import { readingOf, settledReading } from './doctor/reading';
import { spelledApart } from './doctor/spelled-apart';
import { joinHeaders, shortHeader } from './doctor/two-headers';
import { bomLength, detectEncoding, refuseBinary } from './encoding';
import { detectHeader, type FoundHeader } from './header';
import { inferColumn, type Inferred } from './infer';
import { columnNames, tableName } from './names';
import { decimalEvidence, ONE_POINT } from './numbers';
import { parseRecords } from './records';
import type { Sample } from './sample';
import { isTotals, TOTALS_AT_MOST } from './totals';
import { LONGEST_RECORD } from './tokenizer';

/** What the reader has settled; the rest is found. */
export type Settled = Partial<Pick<CsvPlan, 'table'>> & PlanChange;

const CELLS_LOOKED_AT = 200_000;
/** Of a file that is sampled further on too, so much of its beginning is enough. */
const HEAD_LOOKED_AT = 200_000;
const DELIMITER_NAMES: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
  ':': 'colons',
};

/**
 * Says how a text file would be read, from a sample of it: encoding, dialect, where the table begins and ends, names
 * and types of its columns. Throws `empty-file` and `not-text` for what holds no table.
 */
export function sniffCsv(sample: Sample, existingTables: readonly string[], settled: Settled = {}): CsvPlan {
  if (sample.head.length === 0) throw emptyFile(sample.fileName);
  refuseBinary(sample.head, sample.fileName);
  const { encoding, why } = settled.encoding
    ? { encoding: settled.encoding, why: '' }
    : detectEncoding(sample.head, sample.further);
  const decode = (bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes).replaceAll('\0', '');
  const text = wholeLines(decode(sample.head.subarray(bomLength(sample.head, encoding))), sample.whole);
  const head = sample.further.length > 0 ? beginning(text) : text;
  if (head.trim() === '') throw emptyFile(sample.fileName);

  const dialect = detectDialect(head, settled);
  const found = detectHeader(dialect.records, dialect.width, settled);
  const further = sample.further.flatMap((bytes, i) => inside(decode(bytes), dialect, i === sample.further.length - 1));
  const rows = tableRows(dialect, found, further);
  const totals = settled.totals ?? 'set-aside';
  const last = trailingTotals(rows);
  const first = totalsFirst(rows.slice(0, rows.length - last), dialect.width, sample.whole);
  const inner = rows.slice(first, rows.length - last);
  const body = totals === 'keep' ? rows : inner;

  const headers = headerCells(dialect, found, body);
  const { columns, found: asFound, nulls, decimal, notes, doubts } = planColumns(headers, body, dialect, settled);
  const regular = inner.filter((row) => row.length >= headers.length);
  const ofOrders = findByKey(columns, regular);
  const fill = settledByKey(settled.fill) ?? ofOrders.fill;
  const once = settledByKey(settled.once) ?? ofOrders.once;
  const totalsFound = totals === 'set-aside' ? last : 0;
  const plan: CsvPlan = {
    table: settled.table ?? tableName(sample.fileName, existingTables),
    encoding,
    compression: sample.compression,
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    header: found.header,
    ...(found.rows === 2 && { headerRows: 2 as const }),
    preamble: found.preamble,
    decimal,
    nulls,
    columns,
    totals,
    ...(first > 0 && { totalsFirst: first }),
    ...(fill !== undefined && { fill }),
    ...(once !== undefined && { once }),
    notes: [
      ...(why && encoding !== 'utf-8' ? [`The text is ${why}`] : []),
      ...(dialect.width > 1 && dialect.delimiter !== ','
        ? [`Fields are separated by ${DELIMITER_NAMES[dialect.delimiter] ?? `"${dialect.delimiter}"`}.`]
        : []),
      ...(found.preamble > 0
        ? [
            `${found.preamble === 1 ? 'The first line is' : `The first ${found.preamble} lines are`} not part of the table and left out.`,
          ]
        : []),
      ...(found.why && !/^The first row is the header\.$/.test(found.why) ? [found.why] : []),
      ...(decimal === ',' ? ['The decimal mark is a comma.'] : []),
      ...(totalsFound
        ? [
            `The last ${totalsFound === 1 ? 'row looks' : `${totalsFound} rows look`} like totals and will be set aside.`,
          ]
        : []),
      ...notes,
    ],
  };
  const footer = sample.whole ? footerOf(dialect.records.slice(found.first), dialect.width) : null;
  const looked = {
    found: asFound,
    rows: regular,
    totals: [...rows.slice(0, first), ...rows.slice(rows.length - last)],
    twoHeaders: found.second,
    byKey: ofOrders,
    doubts,
    told: [
      ...(found.preamble > 0
        ? [
            `${found.preamble === 1 ? 'The first line stands' : `The first ${found.preamble} lines stand`} above the table and ${found.preamble === 1 ? 'is' : 'are'} left out.`,
          ]
        : []),
      ...(footer ? [footer] : []),
      ...notes,
      ...spelledApart(plan.columns, regular, (field) => plan.nulls.includes(field)),
    ],
  };
  return { ...plan, findings: findingsOf(plan, looked) };
}

const emptyFile = (fileName: string): LevainError =>
  new LevainError({
    code: 'empty-file',
    message: `${fileName} is empty.`,
    hint: 'Export it again and look at its size.',
    subject: fileName,
  });

/** Drops the line that the end of the sample cuts. */
function wholeLines(text: string, whole: boolean): string {
  if (whole) return text;
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  if (end < 0 && text.length > LONGEST_RECORD / 8) {
    throw new LevainError({
      code: 'csv-line-too-long',
      message:
        "The first line of this file does not end within its first 512 KB, so it cannot be a table's header or row.",
      hint: 'Look whether the file is a CSV with one record a line.',
      line: 1,
    });
  }
  return end < 0 ? text : text.slice(0, end + 1);
}

/** The lines that end within the first characters; everything, where none does. */
function beginning(text: string): string {
  const end = Math.max(text.lastIndexOf('\n', HEAD_LOOKED_AT), text.lastIndexOf('\r', HEAD_LOOKED_AT));
  return end < 0 ? text : text.slice(0, end + 1);
}

/** Records of a cut-out that have the table's width; its first and last lines are cut and dropped. */
function inside(text: string, dialect: FoundDialect, last: boolean): string[][] {
  const from = text.search(/\r\n|\n|\r/);
  if (from < 0) return [];
  const records = parseRecords(
    wholeLines(text.slice(from).replace(/^(\r\n|\n|\r)/, ''), last),
    dialect.delimiter,
    dialect.quote,
  );
  return records.filter((record) => record.fields.length === dialect.width).map((record) => [...record.fields]);
}

/** The sampled rows of the table, in file order. Too short rows stay, since the last may be totals. */
function tableRows(dialect: FoundDialect, found: FoundHeader, further: readonly string[][]): string[][] {
  const most = Math.max(50, Math.floor(CELLS_LOOKED_AT / dialect.width));
  const rows = dialect.records
    .slice(found.first + found.rows)
    .filter((record) => record.fields.some((field) => field.trim() !== ''))
    .map((record) => [...record.fields]);
  const head = rows.length > most && further.length > 0 ? rows.slice(0, most) : rows;
  return [...head, ...further];
}

/** How many of the last rows are totals. */
function trailingTotals(rows: readonly string[][]): number {
  let count = 0;
  while (count < Math.min(TOTALS_AT_MOST, rows.length - 1) && isTotals(rows[rows.length - 1 - count]!)) count++;
  return count;
}

/** Header cells as written, one for each column: a last one that is blank above nothing but blanks is no column. */
function headerCells(dialect: FoundDialect, found: FoundHeader, rows: readonly string[][]): string[] {
  const named = dialect.records.slice(found.first, found.first + found.rows).map(({ fields }) => fields);
  const written = (named[1] ? joinHeaders(named[0]!, named[1]) : (named[0] ?? [])).map((field) => field.trim());
  const width = Math.max(dialect.width, written.length);
  const cells = Array.from({ length: width }, (_, i) => written[i] ?? '');
  const empty = (i: number): boolean => cells[i] === '' && rows.every((row) => (row[i] ?? '').trim() === '');
  if (width > 1 && rows.length > 0 && found.header && empty(width - 1)) cells.pop();
  return cells;
}

function planColumns(
  headers: readonly string[],
  rows: readonly string[][],
  dialect: FoundDialect,
  settled: Settled,
): {
  columns: PlannedColumn[];
  found: PlannedColumn[];
  nulls: string[];
  decimal: CsvPlan['decimal'];
  notes: string[];
  doubts: ReadonlySet<string>;
} {
  const regular = rows.filter((row) => row.length >= headers.length);
  const marks = marksOf(regular, headers.length);
  const decimal = settled.decimal ?? detectDecimal(marks, dialect.delimiter, regular);
  const nulls = [...(settled.nulls ?? USUAL_NULLS)];
  const american = regular.slice(0, 500).some((row) => row.some((cell) => /^-?\$\s?\d|\d ?[AP]M$/i.test(cell)));
  const around = { decimal, delimiter: dialect.delimiter, nulls: new Set(nulls), american };
  const names = columnNames(headers.map((header) => shortHeader(header)));
  const notes: string[] = [];
  const doubts = new Set<string>();
  const found: PlannedColumn[] = [];
  const columns = headers.map((source, i): PlannedColumn => {
    const cells = regular.map((row) => row[i]!);
    const own = ownDecimal(marks[i]!, decimal);
    const {
      note,
      doubtful,
      nulls: more,
      ...inferred
    }: Inferred = inferColumn(source || names[i]!, cells, { ...around, own });
    found.push({ name: names[i]!, source, ...inferred });
    const values = (): string[] =>
      cells.map((cell) => cell.trim()).filter((cell) => !around.nulls.has(cell) && !more?.includes(cell));
    const settledFor = Object.hasOwn(settled.readings ?? {}, source) ? settled.readings![source] : undefined;
    const reading = settledReading(settledFor, values, around);
    if (note && !reading) notes.push(note);
    if (note && !reading && doubtful && settled.decimal === undefined) doubts.add(note);
    for (const text of more ?? []) if (!settled.nulls && !nulls.includes(text)) nulls.push(text);
    return { name: names[i]!, source, ...(reading ?? readingOf(found[i]!)) };
  });
  return { columns, found, nulls, decimal, notes, doubts };
}

/** How many cells of a column can be read with a decimal comma only, with a point only, and with either. */
interface Marks {
  commas: number;
  points: number;
  thousands: number;
}

/** Row by row, as the cells lie in memory. */
function marksOf(rows: readonly string[][], width: number): Marks[] {
  const marks = Array.from({ length: width }, (): Marks => ({ commas: 0, points: 0, thousands: 0 }));
  for (const row of rows) {
    for (let i = 0; i < width; i++) {
      const cell = row[i]!;
      const mark = decimalEvidence(cell);
      if (mark === ',') marks[i]!.commas++;
      else if (mark === '.') marks[i]!.points++;
      else if (ONE_POINT.test(cell.trim())) marks[i]!.thousands++;
    }
  }
  return marks;
}

/** The mark of a column whose numbers can be read with another mark only than the file's. */
function ownDecimal({ commas, points }: Marks, decimal: CsvPlan['decimal']): CsvPlan['decimal'] | undefined {
  if (decimal === '.') return commas > 0 && points === 0 ? ',' : undefined;
  return points > 0 && commas === 0 ? '.' : undefined;
}

/**
 * The decimal mark that most cells can only be read with. Where none tells, the point, unless `1.200` must be 1200: in a file
 * with semicolons, which take the place of the commas that numbers need, beside dates like 31.12.2024, and where a column
 * that writes 900 would write 1.2 for a fraction.
 */
function detectDecimal(
  columns: readonly Marks[],
  delimiter: string,
  rows: readonly (readonly string[])[],
): CsvPlan['decimal'] {
  const sum = (mark: keyof Marks): number => columns.reduce((total, marks) => total + marks[mark], 0);
  const [commas, points] = [sum('commas'), sum('points')];
  if (commas > 0 || points > 0) return commas > points && (commas > 2 * points || delimiter === ';') ? ',' : '.';
  if (sum('thousands') === 0) return '.';
  const isGrouped = (): boolean =>
    columns.some(({ thousands }, i) => thousands > 0 && hasGroups(rows.map((row) => row[i]!.trim())));
  const hasDottedDates = (): boolean => rows.some((row) => row.some((cell) => DOTTED_DATE.test(cell.trim())));
  return delimiter === ';' || isGrouped() || hasDottedDates() ? ',' : '.';
}

const DOTTED_DATE = /^(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{2}|\d{4})(?:[ T]|$)/;

/** Whether numbers below a thousand stand whole among others with a point that end in a nought, which no fraction needs. */
const hasGroups = (cells: readonly string[]): boolean =>
  cells.some((cell) => ONE_POINT.test(cell) && cell.endsWith('0')) &&
  cells.some((cell) => /^-?[1-9]\d{0,2}$/.test(cell)) &&
  !cells.some((cell) => /^-?\d{4,}$/.test(cell));
