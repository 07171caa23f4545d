import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, type WorkSheet } from '@e965/xlsx';
import { expect, it } from 'vitest';
import { clockOf, isoOfSerial, shownAs } from '../../src/engine/workbook/dates';
import { readSheet } from '../../src/engine/workbook/read';
import { tableOf } from '../../src/engine/workbook/table';

const fixture = (name: string): Blob =>
  new Blob([readFileSync(join(import.meta.dirname, '../fixtures/formats', name))]);

it.each([
  ['General', 'number'],
  ['#,##0.00 [$€-407]', 'number'],
  ['0.00E+00', 'number'],
  ['# ?/?', 'number'],
  ['0.0%', 'percent'],
  ['00000', 'digits'],
  ['dd.mm.yyyy', 'date'],
  ['[$-409]d-mmm-yy;@', 'date'],
  ['m/d/yy h:mm', 'date'],
  ['mmmm', 'date'],
  ['"day "d', 'date'],
  ['hh:mm', 'clock'],
  ['h:mm AM/PM', 'clock'],
  ['mm:ss.0', 'clock'],
  ['[h]:mm:ss', 'clock'],
  ['"km/h" 0', 'number'],
])('a number in the format %s is a %s', (format, shown) => expect(shownAs(format)).toBe(shown));

it('days are told by both calendars, and none for the day that never was', () => {
  expect([1, 59, 60, 61, 45351.5].map((day) => isoOfSerial(day, false))).toEqual([
    '1900-01-01',
    '1900-02-28',
    null,
    '1900-03-01',
    '2024-02-29T12:00:00',
  ]);
  expect([0, 43889].map((day) => isoOfSerial(day, true))).toEqual(['1904-01-01', '2024-02-29']);
  expect([0, -1, 2_958_466].map((day) => isoOfSerial(day, false))).toEqual([null, null, null]);
  expect([1.5, 0.999999, -0.25].map(clockOf)).toEqual(['36:00:00', '24:00:00', '-06:00:00']);
});

it.each(['dates-1900.xlsx', 'dates-1904.xlsx'])(
  '%s of openpyxl holds the same days, and formulas without results',
  async (name) => {
    const { lines, notes } = await readSheet(fixture(name), {});
    expect(await lines.text()).toBe(
      '{"c0":"2024-02-29","c1":null}\n{"c0":"1999-12-31T18:30:00"}\n{"c0":"1904-01-02"}\n',
    );
    expect(notes.join(' ')).toContain('3 cells hold a formula without its result (first in B2)');
  },
);

const sheetOf = (rows: readonly unknown[][], merges: string[] = []): WorkSheet => {
  const sheet = utils.aoa_to_sheet(rows as unknown[][], { dense: true });
  if (merges.length > 0) sheet['!merges'] = merges.map((merge) => utils.decode_range(merge));
  return sheet;
};

it('amounts that the sheet keeps as text are told of, and codes are not', () => {
  const rows = [
    ['Betrag', 'Total', 'Code', 'Plz', 'Anteil'],
    ['1.234,50', '$1,234.50', 'A-1', '01067', '12,5 %'],
    ['99,90', '$99.90', 'A-2', '10115', '7 %'],
    ['12,00', '$5.00', 'A-3', '80331', '3,25 %'],
  ];
  const { notes } = tableOf(sheetOf(rows), {}, false);
  expect(notes).toEqual([
    "Betrag: numbers that the sheet keeps as text (“1.234,50”) are text here, too. Write replace(replace(x, '.', ''), ',', '.')::DOUBLE, with the column for x, to count with them.",
    expect.stringContaining(
      "Total: numbers that the sheet keeps as text (“$1,234.50”) are text here, too. Write regexp_replace(replace(x, ',', ''), '[^-0-9.]', '', 'g')::DOUBLE",
    ) as string,
    expect.stringContaining('Anteil: numbers that the sheet keeps as text (“12,5 %”)') as string,
  ]);
});

it('names joined over several columns are those of each of them', async () => {
  const rows = [
    ['Region', 2025, null, 2026, null],
    [null, 'Q1', 'Q2', 'Q1', 'Q2'],
    ['North', 1, 2, 3, 4],
    ['South', 5, 6, 7, 8],
  ];
  const read = tableOf(sheetOf(rows, ['A1:A2', 'B1:C1', 'D1:E1']), {}, false);
  expect(read.columns).toEqual(['Region', '2025 – Q1', '2025 – Q2', '2026 – Q1', '2026 – Q2']);
  expect((await read.lines.text()).split('\n')[0]).toBe('{"c0":"North","c1":1,"c2":2,"c3":3,"c4":4}');
  const wide = [
    ['Region', 2025, ...Array(3), 2026, ...Array(3)],
    [null, 'Q1', 'Q2', 'Q3', 'Q4', 'Q1', 'Q2', 'Q3', 'Q4'],
    ['North', 1, 2, 3, 4, 5, 6, 7, 8],
  ];
  const years = tableOf(sheetOf(wide, ['A1:A2', 'B1:E1', 'F1:I1']), {}, false);
  expect(years.columns.slice(3, 7)).toEqual(['2025 – Q3', '2025 – Q4', '2026 – Q1', '2026 – Q2']);
  expect(years.rows).toBe(1);
  // A title over a part of the table is no name, nor one over the whole.
  const part = tableOf(
    sheetOf(
      [
        ['Sales', null, null],
        ['Region', 'Town', 'Sales'],
        ['North', 'a', 1],
        ['South', 'b', 2],
      ],
      ['A1:B1'],
    ),
    {},
    false,
  );
  expect(part.columns).toEqual(['Region', 'Town', 'Sales']);
  const titled = tableOf(
    sheetOf(
      [
        ['Sales of the year', null],
        ['Region', 'Sales'],
        ['North', 1],
        ['South', 2],
      ],
      ['A1:B1'],
    ),
    {},
    false,
  );
  expect(titled.columns).toEqual(['Region', 'Sales']);
});
