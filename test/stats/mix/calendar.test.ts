import { describe, expect, it } from 'vitest';
import { calendarOf, dayOf, isoDate, rowOf } from '../../../src/stats/mix/data/calendar';

/** n dates, some days apart. */
function dates(first: string, step: number, n: number): string[] {
  return Array.from({ length: n }, (_, t) => isoDate(dayOf(first) + step * t));
}

describe('the calendar of a table', () => {
  it('tells days, weeks and months', () => {
    expect(calendarOf(dates('2024-02-27', 1, 5)).frequency).toBe('daily');
    expect(calendarOf(dates('2024-02-27', 7, 5)).frequency).toBe('weekly');
    const monthly = calendarOf(['2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01']);
    expect(monthly.frequency).toBe('monthly');
    expect(Array.from(monthly.ends, isoDate)).toEqual(['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01']);
  });

  it('reads text, dates and milliseconds alike', () => {
    const times = [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 3)];
    const texts = ['2024-01-01', '2024-01-02T00:00:00', '2024-1-3'];
    expect(calendarOf(times)).toEqual(calendarOf(texts));
    expect(calendarOf(times.map((time) => new Date(time)))).toEqual(calendarOf(texts));
  });

  it('finds the row of a day', () => {
    const weeks = calendarOf(dates('2024-01-01', 7, 4));
    expect(
      ['2023-12-31', '2024-01-01', '2024-01-07', '2024-01-08', '2024-01-28', '2024-01-29'].map((day) =>
        rowOf(weeks, dayOf(day)),
      ),
    ).toEqual([-1, 0, 0, 1, 3, 4]);
  });

  it.each([
    [['2024-01-01', '2024-01-32', '2024-01-03'], 'bad-date', /Row 2 .*“2024-01-32”/],
    [['2024-01-01', '2023-02-29', '2024-01-03'], 'bad-date', /Row 2 .*“2023-02-29”/],
    [['2024-01-01', null, '2024-01-03'], 'bad-date', /Row 2 .*empty/],
    [['01/02/2024', '2024-01-02', '2024-01-03'], 'bad-date', /Row 1 .*01\/02\/2024/],
    [['2024-01-01', '2024-01-02', '2024-01-02'], 'duplicate-date', /Rows 2 and 3 .*2024-01-02/],
    [['2024-01-01', '2024-01-03', '2024-01-02'], 'dates-out-of-order', /Row 3 \(2024-01-02\).*row 2 \(2024-01-03\)/],
    [['2024-01-01', '2024-01-02'], 'too-few-rows', /there are 2/],
    [
      ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-06'],
      'gap-in-dates',
      /2 days are missing between row 3 \(2024-01-03\) and row 4/,
    ],
    [['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-29'], 'gap-in-dates', /1 week is missing between row 3/],
    [
      ['2024-01-01', '2024-02-01', '2024-03-01', '2024-05-01', '2024-06-01', '2024-07-01', '2024-08-01'],
      'gap-in-dates',
      /1 month is missing between row 3/,
    ],
    [
      ['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-16'],
      'mixed-frequency',
      /row 4 \(2024-01-16\) comes 1 day after row 3/,
    ],
    [['2024-01-01', '2024-01-11', '2024-01-21', '2024-01-31'], 'mixed-frequency', /10 days apart/],
  ])('refuses %j: %s', (given, code, message) => {
    const attempt = (): unknown => calendarOf(given);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
  });
});
