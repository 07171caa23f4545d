import type { CellObject, Range, WorkSheet } from '@e965/xlsx';
import { utils } from '@e965/xlsx';
import { clockOf, isoOfSerial, shownAs, type Shown } from './dates';
import type { Findings } from './findings';

export type CellValue = string | number | boolean | null;

/** A row of a sheet that holds something: its number from 0, and its cells from the region's first column on. */
export interface SheetRow {
  readonly at: number;
  readonly cells: readonly CellValue[];
}

/** The smallest region that holds every cell with something in it, or null where there is none. */
export function usedRegion(sheet: WorkSheet): Range | null {
  const region = { s: { r: Infinity, c: Infinity }, e: { r: -1, c: -1 } };
  rowsOf(sheet).forEach((row, r) => {
    row?.forEach((cell, c) => {
      if (isBlank(cell)) return;
      region.s.r = Math.min(region.s.r, r);
      region.e.r = Math.max(region.e.r, r);
      region.s.c = Math.min(region.s.c, c);
      region.e.c = Math.max(region.e.c, c);
    });
  });
  return region.e.r < 0 ? null : region;
}

/** The values of a region's cells, row by row; rows without any are left out. */
export function readRows(sheet: WorkSheet, region: Range, from1904: boolean, findings: Findings): SheetRow[] {
  const width = region.e.c - region.s.c + 1;
  const rows = rowsOf(sheet);
  const formats = new Map<string, Shown>();
  const read: SheetRow[] = [];
  const filled = mergedCells(sheet, region, rows.length, findings);
  for (let r = region.s.r; r <= Math.min(region.e.r, rows.length - 1); r++) {
    const cells: CellValue[] = [];
    let any = false;
    for (let i = 0; i < width; i++) {
      const c = region.s.c + i;
      const cell = rows[r]?.[c] ?? filled.get(r)?.get(c);
      const value = cell === undefined ? null : valueOf(cell, formats, from1904, findings, () => ({ r, c, i }));
      any ||= value !== null;
      cells.push(value);
    }
    if (any) read.push({ at: r, cells });
  }
  return read;
}

const rowsOf = (sheet: WorkSheet): readonly (readonly (CellObject | undefined)[] | undefined)[] => sheet['!data'] ?? [];

const isBlank = (cell: CellObject | undefined): boolean =>
  cell === undefined || (cell.f === undefined && (cell.t === 'z' || cell.v === undefined || cell.v === ''));

function valueOf(
  cell: CellObject,
  formats: Map<string, Shown>,
  from1904: boolean,
  findings: Findings,
  place: () => { r: number; c: number; i: number },
): CellValue {
  const address = (): string => utils.encode_cell(place());
  if (cell.t === 'e') {
    findings.cell('error', address());
    return null;
  }
  if (cell.t === 'z' || cell.v === undefined || cell.v === null) {
    if (cell.f !== undefined) findings.cell('unknown', address());
    return null;
  }
  if (typeof cell.v === 'boolean') return cell.v;
  if (cell.v instanceof Date)
    return cell.v
      .toISOString()
      .slice(0, 19)
      .replace(/T00:00:00$/, '');
  if (typeof cell.v === 'string') return cell.v === '' ? null : cell.v;
  const format = String(cell.z ?? 'General');
  let shown = formats.get(format);
  if (shown === undefined) formats.set(format, (shown = shownAs(format)));
  if (shown === 'number') return cell.v;
  if (shown === 'date') {
    const iso = isoOfSerial(cell.v, from1904);
    if (iso === null) findings.cell('noDay', address());
    return iso;
  }
  findings.column(shown, place().i);
  if (shown === 'percent') return cell.v;
  if (shown === 'clock') return clockOf(cell.v);
  const digits = format.split(';')[0]!.replace(/[^0]/g, '').length;
  return Number.isSafeInteger(cell.v) && cell.v >= 0 ? String(cell.v).padStart(digits, '0') : cell.v;
}

/**
 * What joined cells hold, for the rows below their first: a text or a date names all of them, a number counts once.
 * Columns beside the first stay empty.
 */
function mergedCells(
  sheet: WorkSheet,
  region: Range,
  rows: number,
  findings: Findings,
): Map<number, Map<number, CellObject>> {
  const filled = new Map<number, Map<number, CellObject>>();
  for (const merge of sheet['!merges'] ?? []) {
    const cell = rowsOf(sheet)[merge.s.r]?.[merge.s.c];
    const outside =
      merge.e.r < region.s.r || merge.s.r > region.e.r || merge.e.c < region.s.c || merge.s.c > region.e.c;
    if (isBlank(cell) || merge.e.r === merge.s.r || outside) continue;
    const format = typeof cell!.v === 'number' ? shownAs(String(cell!.z ?? '')) : 'text';
    const labels = format === 'text' || format === 'date' || format === 'digits';
    findings.cell(labels ? 'merged' : 'mergedNumber', utils.encode_range(merge));
    if (!labels) continue;
    for (let r = merge.s.r + 1; r <= Math.min(merge.e.r, rows - 1, region.e.r); r++) {
      let row = filled.get(r);
      if (!row) filled.set(r, (row = new Map()));
      row.set(merge.s.c, cell!);
    }
  }
  return filled;
}
