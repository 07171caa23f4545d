import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clockOf, isoOfSerial, shownAs } from '../../src/engine/workbook/dates';
import { readSheet } from '../../src/engine/workbook/read';

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
