import { describe, expect, it } from 'vitest';
import { dayBounds } from '../../src/session/days-cut-short';

const bounds = (text: string, ...parameters: (string | Date)[]) =>
  dayBounds({ text, parameters }).map(({ column, sign, day, line }) => [column, sign, day, line]);

describe('a day that ends a range of times', () => {
  it('is found as a text, a date and a value', () => {
    const year = ['ordered_at', 'BETWEEN', '2024-12-31'];
    const [from, to] = [new Date('2024-01-01'), new Date('2024-12-31')];
    expect(bounds("SELECT *\nFROM o\nWHERE o.ordered_at BETWEEN '2024-01-01' AND '2024-12-31'")).toEqual([
      [...year, 2],
    ]);
    expect(bounds("FROM o WHERE ordered_at between DATE '2024-01-01' AND DATE '2024-12-31' AND x")).toEqual([
      [...year, 0],
    ]);
    expect(bounds('FROM o WHERE ordered_at BETWEEN $1 AND $2::DATE', from, to)).toEqual([[...year, 0]]);
    expect(bounds('FROM o WHERE "Paid at" <= $1', to)).toEqual([['Paid at', '<=', '2024-12-31', 0]]);
  });

  it('is none where the end is a moment, is moved, or the column is a day', () => {
    expect(bounds("FROM o WHERE ordered_at <= '2024-12-31 12:00'")).toEqual([]);
    expect(bounds("FROM o WHERE ordered_at < '2024-12-31'")).toEqual([]);
    expect(bounds("FROM o WHERE ordered_at::DATE <= '2024-12-31' AND day(ordered_at) <= $1", 'x')).toEqual([]);
    expect(bounds("FROM o WHERE ordered_at <= DATE '2024-12-31' + INTERVAL 1 DAY")).toEqual([]);
    expect(bounds('FROM o WHERE ordered_at <= $1', new Date('2024-12-31T12:00:00Z'))).toEqual([]);
  });
});
