import type { Range, WorkSheet } from '@e965/xlsx';
import { utils } from '@e965/xlsx';
import { LevainError } from '../../base/problem';
import type { Reject } from '../../table/plan';
import { joinHeaders } from '../csv/doctor/two-headers';
import { detectHeader } from '../csv/header';
import type { TextRecord } from '../csv/records';
import { isTotals, TOTALS_AT_MOST } from '../csv/totals';
import { readRows, usedRegion, type CellValue, type SheetRow } from './cells';
import { Findings } from './findings';
import type { SheetChoice, SheetRead } from './protocol';
import { textNumbers } from './text-numbers';

/** Rows in which a header is looked for. */
const LOOKED_AT = 200;

/** Text goes to the browser in pieces of so many characters. */
const PIECE = 4_000_000;

/** The table of a sheet: where it begins, what its columns are called, and its rows. */
export function tableOf(
  sheet: WorkSheet,
  { range, headerRow }: SheetChoice,
  from1904: boolean,
): Omit<SheetRead, 'sheets' | 'sheet'> {
  const region = range === undefined ? usedRegion(sheet) : regionOf(range, sheet);
  if (!region) return { range: '', headerRow: 0, columns: [], rows: 0, lines: new Blob(), notes: [], rejects: [] };
  const findings = new Findings();
  const used = usedRegion(sheet);
  const all = readRows(sheet, region, from1904, findings);
  const { first, names, headerRow: named } = headerOf(all, region, headerRow, sheet['!merges'] ?? []);
  const body = all.slice(first);
  const width = names ? names.length : region.e.c - region.s.c + 1;
  const headers = names ?? Array.from({ length: width }, () => '');
  // A column without a name and without a value is none.
  const kept = headers.flatMap((name, i) => (name !== '' || body.some(({ cells }) => cells[i] !== null) ? [i] : []));
  const columns = kept.map((i) => headers[i]!);
  const totals = trailingTotals(body);
  const rows = body.slice(0, body.length - totals);
  return {
    range: utils.encode_range(region),
    headerRow: named,
    columns,
    rows: rows.length,
    lines: linesOf(rows, kept),
    notes: [
      ...(used && outside(used, region)
        ? [`Other cells of the sheet are filled too (${utils.encode_range(used)}) and left out.`]
        : []),
      ...(first > (named > 0 ? 1 : 0) && names ? above(all, first, named) : []),
      ...(named === 0 ? ['There is no row of names: columns are called by their place.'] : []),
      ...findings.sentences(headers),
      ...textNumbers(headers, rows),
    ],
    rejects: body.slice(body.length - totals).map(totalsReject),
  };
}

const outside = (used: Range, { s, e }: Range): boolean =>
  used.s.r < s.r || used.s.c < s.c || used.e.r > e.r || used.e.c > e.c;

function above(all: readonly SheetRow[], first: number, named: number): string[] {
  const rows = all.slice(0, first).filter(({ at }) => at + 1 < named).length;
  if (rows === 0) return [];
  return [
    `${rows === 1 ? 'One row stands' : `${rows} rows stand`} above the names (row ${named}) and ${rows === 1 ? 'is' : 'are'} left out.`,
  ];
}

/** Where the rows begin, what the columns are called (absent: nothing names them), and in which row of the sheet. */
function headerOf(
  all: readonly SheetRow[],
  region: Range,
  chosen: number | undefined,
  merges: readonly Range[],
): { first: number; names?: readonly string[]; headerRow: number } {
  if (chosen === 0) return { first: 0, headerRow: 0 };
  const text = ({ cells }: SheetRow): string[] => cells.map((value) => (value === null ? '' : String(value).trim()));
  if (chosen !== undefined) {
    const at = all.findIndex((row) => row.at >= chosen - 1);
    const row = all[at];
    if (!row || row.at !== chosen - 1) throw noHeader(chosen, region);
    return { first: at + 1, names: text(row), headerRow: chosen };
  }
  const looked = all.slice(0, LOOKED_AT);
  const filled = looked.map(({ cells }) => cells.filter((value) => value !== null).length);
  // Titles and remarks above a table fill fewer cells than it does.
  const begin = filled.findIndex((count, i) => count >= 0.6 * Math.max(...filled.slice(i, i + 20)));
  // Joined over many columns, the upper row fills few cells, and seems to stand above the table.
  for (const at of [begin - 1, begin]) {
    const names = namesOver(looked[at], looked[at + 1], region, merges);
    if (names) return { first: at + 2, names, headerRow: looked[at]!.at + 1 };
  }
  const records: TextRecord[] = looked
    .slice(begin)
    .map((row) => ({ fields: text(row), line: row.at + 1, flaw: 'none' }));
  const { header, first, rows } = detectHeader(records, region.e.c - region.s.c + 1);
  const at = begin + first;
  if (!header || !all[at]) return { first: at, headerRow: 0 };
  const names = text(all[at]);
  if (rows === 2) return { first: at + 2, names: joinHeaders(names, text(all[at + 1]!)), headerRow: all[at].at + 1 };
  return { first: at + 1, names, headerRow: all[at].at + 1 };
}

/** `2025 – Q1`: the names of two rows, where cells of the first are joined over several of the second. */
function namesOver(
  above: SheetRow | undefined,
  below: SheetRow | undefined,
  { s, e }: Range,
  merges: readonly Range[],
): readonly string[] | undefined {
  if (!above || below?.at !== above.at + 1 || above.cells.filter((value) => value !== null).length < 2)
    return undefined;
  const isOver = ({ s: from, e: to }: Range): boolean =>
    from.r === above.at && to.r === above.at && to.c > from.c && to.c - from.c < e.c - s.c;
  if (!merges.some(isOver) || !below.cells.every((value) => typeof value === 'string')) return undefined;
  const first = above.cells.map((value) => String(value ?? ''));
  // What is joined downwards stands in both.
  return joinHeaders(
    first,
    below.cells.map((value, i) => (value === above.cells[i] ? '' : String(value))),
  );
}

/** How many of the last rows are totals. */
function trailingTotals(rows: readonly SheetRow[]): number {
  const texts = ({ cells }: SheetRow): string[] => cells.map((value) => String(value ?? ''));
  let count = 0;
  while (count < Math.min(TOTALS_AT_MOST, rows.length - 1) && isTotals(texts(rows.at(-1 - count)!))) count++;
  return count;
}

const totalsReject = ({ at, cells }: SheetRow): Reject => ({
  line: at + 1,
  reason: 'The row looks like totals, which would count everything twice.',
  text: cells
    .map((value) => String(value ?? ''))
    .join('\t')
    .slice(0, 400),
});

function linesOf(rows: readonly SheetRow[], kept: readonly number[]): Blob {
  const parts: Blob[] = [];
  let lines = '';
  rows.forEach(({ cells }, n) => {
    // The first row has every key, so that a column without a value is there too.
    const pairs = kept.flatMap((i, k) => (n === 0 || cells[i] !== null ? [`"c${k}":${json(cells[i]!)}`] : []));
    lines += `{${pairs.join(',')}}\n`;
    if (lines.length < PIECE) return;
    parts.push(new Blob([lines]));
    lines = '';
  });
  return new Blob([...parts, lines]);
}

/** Lone surrogates, which JSON may escape but UTF-8 cannot hold, become the sign for what cannot be read. */
const json = (value: CellValue): string =>
  typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : JSON.stringify(value);

function regionOf(range: string, sheet: WorkSheet): Range {
  const match = /^\s*\$?([A-Z]{1,3})\$?(\d{1,7})\s*:\s*\$?([A-Z]{1,3})\$?(\d{1,7})\s*$/i.exec(range);
  const used = usedRegion(sheet);
  if (!match) {
    throw new LevainError({
      code: 'workbook-range',
      message: `“${range}” names no cells.`,
      hint: `Write the first and the last cell, such as ${used ? utils.encode_range(used) : 'A1:F20'}.`,
    });
  }
  const { s, e } = utils.decode_range(
    match
      .slice(1, 5)
      .join('')
      .replace(/^([A-Z]+\d+)/i, '$1:')
      .toUpperCase(),
  );
  return {
    s: { r: Math.min(s.r, e.r), c: Math.min(s.c, e.c) },
    e: { r: Math.max(s.r, e.r), c: Math.min(Math.max(s.c, e.c), 16_383) },
  };
}

const noHeader = (row: number, region: Range): LevainError =>
  new LevainError({
    code: 'workbook-header',
    message: `Row ${row} of the sheet is empty or outside ${utils.encode_range(region)}.`,
    hint: 'Give the number of the row in which the names of the columns stand, or 0 if there is none.',
  });
