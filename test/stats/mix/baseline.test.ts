import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineGroup, baselineOf } from '../../../src/stats/mix/baseline/baseline';
import { SHOPPING_DAYS, type Country } from '../../../src/stats/mix/baseline/holiday-rules';
import { holidays } from '../../../src/stats/mix/baseline/holidays';
import { knotWeights } from '../../../src/stats/mix/baseline/trend';
import { calendarOf, dayOf, isoDate } from '../../../src/stats/mix/data/calendar';

const shared = resolve(import.meta.dirname, '../../../../shared');
const table = resolve(shared, 'data/mmm/robyn_dt_prophet_holidays.csv');
const transforms = resolve(shared, 'reference/mix/case06_transforms_other.json');

function rows(first: string, step: number, n: number) {
  return calendarOf(Array.from({ length: n }, (_, t) => isoDate(dayOf(first) + step * t)));
}

function columnOf({ baseline }: ReturnType<typeof baselineOf>, name: string): number[] {
  const column = baseline.columns[baseline.names.indexOf(name)];
  if (!column) throw new Error(`no ${name} among ${baseline.names.join(', ')}`);
  return Array.from(column);
}

describe('holidays by rule', () => {
  it('are those of 2024 in the United States and Great Britain', () => {
    const of2024 = (country: Country): string[] =>
      holidays(country, dayOf('2024-01-01'), dayOf('2025-01-01')).map(({ name, day }) => `${isoDate(day)} ${name}`);
    expect(of2024('US')).toEqual([
      "2024-01-01 New Year's Day",
      '2024-01-15 Martin Luther King Jr. Day',
      "2024-02-19 Washington's Birthday",
      "2024-05-12 Mother's Day",
      '2024-05-27 Memorial Day',
      '2024-06-19 Juneteenth',
      '2024-07-04 Independence Day',
      '2024-09-02 Labor Day',
      '2024-10-14 Columbus Day',
      '2024-11-11 Veterans Day',
      '2024-11-28 Thanksgiving',
      '2024-11-29 Black Friday',
      '2024-12-25 Christmas Day',
    ]);
    expect(of2024('GB')).toEqual([
      "2024-01-01 New Year's Day",
      "2024-03-10 Mother's Day",
      '2024-03-29 Good Friday',
      '2024-04-01 Easter Monday',
      '2024-05-06 Early May Bank Holiday',
      '2024-05-27 Spring Bank Holiday',
      '2024-08-26 Summer Bank Holiday',
      '2024-11-29 Black Friday',
      '2024-12-25 Christmas Day',
      '2024-12-26 Boxing Day',
    ]);
  });

  it('are unknown elsewhere, and the message lists where they are known', () => {
    expect(() => holidays('XX' as Country, 0, 1)).toThrow(/no list of holidays for “XX”/);
  });

  /** Days that the published table has and the rules leave out on purpose, or moves they do not know. */
  const KNOWN: Partial<Record<Country, { ours?: RegExp; theirs?: RegExp }>> = {
    DE: { theirs: /^2017-10-31 Reformation Day/ },
    // The table moves a holiday on a Sunday to the Monday, and takes Maundy Thursday, kept by most regions, from 2023 on.
    ES: { ours: /./, theirs: /Jueves Santo|Trasladado/ },
    FR: { ours: /^200[567]-.*Whit Monday/ },
    GB: {
      ours: /^(1995-05-01|2012-05-28|2020-05-04|2022-05-30) /,
      theirs: /^(1995|2020)-05-08 May Day|^(2012|2022)-.*Spring Bank|Millennium|Jubilee|Wedding|Funeral|Coronation/,
    },
    NL: { ours: /-04-27 King's Day/, theirs: /-04-26 King's Day|Queen's Day|Liberation Day/ },
  };

  it.skipIf(!existsSync(table)).each(Object.keys(SHOPPING_DAYS) as Country[])(
    'of %s are those of the published table from 1995 to 2044, but for what is said',
    (country) => {
      const published = new Map(
        [...readFileSync(table, 'utf8').matchAll(/^"(.*?)","(.*?)","(.*?)",\d+$/gm)]
          .filter(([, , name, where]) => where === country && !/Observed|\[(Scotland|Northern)/.test(name!))
          .map(([, day, name]) => [day!, `${day} ${name}`]),
      );
      const shopping = new Set(SHOPPING_DAYS[country].map(({ name }) => name));
      const ours = new Map(
        holidays(country, dayOf('1995-01-01'), dayOf('2045-01-01'))
          .filter(({ name }) => !shopping.has(name))
          .map(({ name, day }) => [isoDate(day), `${isoDate(day)} ${name}`]),
      );
      expect(ours.size).toBeGreaterThan(250);
      const { ours: extra = /^$/, theirs: missing = /^$/ } = KNOWN[country] ?? {};
      const isSunday = (date: string): boolean => new Date(date).getUTCDay() === 0;
      const onlyOurs = [...ours].filter(([day]) => !published.has(day));
      expect(onlyOurs.filter(([day, text]) => !(country === 'ES' ? isSunday(day) : extra.test(text)))).toEqual([]);
      expect([...published].filter(([day, text]) => !ours.has(day) && !missing.test(text))).toEqual([]);
    },
  );
});

describe('knots', () => {
  it.skipIf(!existsSync(transforms))('weigh as the published knot weights do', () => {
    const { meridian_knots } = JSON.parse(readFileSync(transforms, 'utf8')) as {
      meridian_knots: { n: number; knots: number[]; W: number[][] };
    };
    const ours = knotWeights(meridian_knots.n, meridian_knots.knots);
    expect(ours).toHaveLength(4);
    ours.forEach((column, k) => column.forEach((value, t) => expect(value).toBeCloseTo(meridian_knots.W[k]![t]!, 14)));
  });

  it('must rise', () => {
    expect(() => knotWeights(10, [0, 5, 5])).toThrow(/0, 5, 5/);
  });
});

describe('a baseline', () => {
  it('of two years of weeks has an intercept, a line and two Fourier orders', () => {
    const result = baselineOf(rows('2022-01-03', 7, 104));
    expect(result.baseline.names).toEqual([
      'intercept',
      'trend',
      ...['season: sin 1', 'season: cos 1', 'season: sin 2', 'season: cos 2'],
    ]);
    expect(Array.from(result.baseline.variance)).toEqual([4, 4, 1, 1, 1, 1]);
    const trend = columnOf(result, 'trend');
    expect([trend[0], trend[103]]).toEqual([0, 1]);
    expect(columnOf(result, 'season: sin 1')[0]).toBeCloseTo(
      Math.sin((2 * Math.PI * (dayOf('2022-01-03') + 3.5)) / 365.25),
      12,
    );
    expect(result.warnings).toEqual([]);
  });

  it('of less than a year has no season unless asked', () => {
    expect(baselineOf(rows('2022-01-03', 7, 40)).baseline.names).toEqual(['intercept', 'trend']);
    expect(baselineOf(rows('2022-01-03', 7, 40), [], { season: 1 }).baseline.names).toHaveLength(4);
  });

  it('of days has weekdays that add up to nothing over a week', () => {
    const result = baselineOf(rows('2024-01-01', 1, 28));
    const names = result.baseline.names.filter((name) => baselineGroup(name) === 'weekday');
    expect(names).toHaveLength(6);
    for (const name of names) {
      const column = columnOf(result, name);
      expect(column.slice(0, 7).reduce((sum, value) => sum + value, 0)).toBe(0);
    }
    expect(columnOf(result, 'weekday: Wednesday').slice(0, 7)).toEqual([0, 0, 1, 0, 0, 0, -1]);
  });

  it('bends at knots: their levels against the first', () => {
    const calendar = rows('2022-01-03', 7, 105);
    const even = baselineOf(calendar, [], { trend: { knots: 3 }, season: 0 });
    expect(even.baseline.names).toEqual(['intercept', 'trend: 2023-01-02', 'trend: 2024-01-01']);
    const dated = baselineOf(calendar, [], { trend: { knots: ['2023-01-04'] }, season: 0 });
    expect(dated.baseline).toEqual(even.baseline);
    expect(() => baselineOf(calendar, [], { trend: { knots: ['2030-01-01'] } })).toThrow(
      /2030-01-01 is outside the data/,
    );
    expect(() => baselineOf(calendar, [], { trend: { knots: 1 } })).toThrow(/2 to 105 knots/);
  });

  it('counts the days of an event in a week, and says when none falls in the data', () => {
    const calendar = rows('2024-01-01', 7, 10);
    const fair = ['2024-01-20', '2024-01-21', '2024-01-22'].map((date) => ({ name: 'fair', date }));
    const result = baselineOf(calendar, [], { events: [...fair, { name: 'strike', date: '2025-06-01' }] });
    expect(columnOf(result, 'event: fair')).toEqual([0, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
    expect(result.baseline.names).not.toContain('event: strike');
    expect(result.warnings).toEqual([expect.objectContaining({ code: 'event-outside', subject: 'strike' })]);
    expect(() => baselineOf(calendar, [], { events: [{ name: 'x', date: 'soon' }] })).toThrow(/“x” has no date/);
  });

  it('has a column for each holiday of a country in the data', () => {
    const result = baselineOf(rows('2023-12-18', 7, 4), [], { holidays: 'GB' });
    const names = result.baseline.names.filter((name) => baselineGroup(name) === 'holiday');
    expect(names).toEqual(['holiday: Christmas Day', 'holiday: Boxing Day', "holiday: New Year's Day"]);
    expect(columnOf(result, 'holiday: Boxing Day')).toEqual([0, 1, 0, 0]);
  });

  it('takes controls in standard deviations, and leaves out a constant one', () => {
    const calendar = rows('2024-01-01', 1, 4);
    const price = { name: 'price', values: Float64Array.of(1, 3, 1, 3) };
    const flat = { name: 'flat', values: Float64Array.of(5, 5, 5, 5) };
    const result = baselineOf(calendar, [price, flat]);
    expect(columnOf(result, 'control: price')).toEqual([-1, 1, -1, 1]);
    expect(result.warnings).toEqual([expect.objectContaining({ code: 'constant-control', subject: 'flat' })]);
  });

  it('refuses weekdays for weeks, half a season and an empty prior', () => {
    const calendar = rows('2024-01-01', 7, 10);
    expect(() => baselineOf(calendar, [], { weekdays: true })).toThrow(/these are weekly/);
    expect(() => baselineOf(calendar, [], { season: 1.5 })).toThrow(/got 1.5/);
    expect(() => baselineOf(calendar, [], { scales: { trend: 0 } })).toThrow(/scale of the trend .* is 0/);
  });
});
