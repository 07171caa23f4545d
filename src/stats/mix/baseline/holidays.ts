import { LevainError } from '../../../base/problem';
import { easterSunday } from './easter';
import { HOLIDAY_RULES, SHOPPING_DAYS, type Country, type HolidayRule } from './holiday-rules';

/** One day with a name. */
export interface Holiday {
  readonly name: string;
  /** Days since 1970-01-01. */
  readonly day: number;
}

const DAY = 86_400_000;

/**
 * The holidays of a country between two days, computed from rules, and the days that move its sales (Black Friday,
 * Mother's Day). Those of the whole country only, on the day itself: no region's own, no day in lieu, none proclaimed
 * once. What each country has stands in `holiday-rules.ts`; bring your own table for anything else.
 *
 * @param country two letters: AT, BE, CH, DE, ES, FR, GB, IT, NL, US
 * @param from first day, in days since 1970-01-01
 * @param until the day after the last
 * @returns in order of date
 * @throws LevainError `unknown-country`
 * @example holidays('DE', 19723, 19724).map(({ name }) => name) // => ["New Year's Day"]
 */
export function holidays(country: Country, from: number, until: number): Holiday[] {
  const rules = HOLIDAY_RULES[country] as readonly HolidayRule[] | undefined;
  if (!rules) {
    throw new LevainError({
      code: 'unknown-country',
      message: `There is no list of holidays for “${country}”.`,
      hint: `There are lists for ${Object.keys(HOLIDAY_RULES).join(', ')}. For any other, give the days as events.`,
    });
  }
  const years = range(yearOf(from), yearOf(until));
  return years
    .flatMap((year) =>
      [...rules, ...SHOPPING_DAYS[country]].map((rule) => ({ name: rule.name, day: dayIn(year, rule) })),
    )
    .filter(({ day }) => day >= from && day < until)
    .sort((a, b) => a.day - b.day);
}

/** The day a rule gives in a year; NaN before the holiday was made. */
function dayIn(year: number, rule: HolidayRule): number {
  if ('easter' in rule) return easterSunday(year) + rule.easter;
  if ('day' in rule) return year >= rule.since ? Date.UTC(year, rule.month - 1, rule.day) / DAY : NaN;
  if (rule.nth < 0) {
    const last = Date.UTC(year, rule.month, 0) / DAY;
    return last - ((weekdayOf(last) - rule.weekday + 7) % 7) + rule.plus;
  }
  const first = Date.UTC(year, rule.month - 1, 1) / DAY;
  return first + ((rule.weekday - weekdayOf(first) + 7) % 7) + 7 * (rule.nth - 1) + rule.plus;
}

/** 0 for a Sunday to 6 for a Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function yearOf(day: number): number {
  return new Date(day * DAY).getUTCFullYear();
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
