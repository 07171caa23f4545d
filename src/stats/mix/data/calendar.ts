import { LevainError } from '../../../base/problem';

/** A date as files give it: ISO text, a `Date`, or milliseconds since 1970 (both read in UTC). */
export type DateLike = string | Date | number;

export type Frequency = 'daily' | 'weekly' | 'monthly';

/** Rows that follow each other without a hole: row t covers the days from `starts[t]` up to, not with, `ends[t]`. */
export interface Calendar {
  readonly frequency: Frequency;
  /** Days since 1970-01-01. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

const DAY = 86_400_000;
const STEPS: Record<Exclude<Frequency, 'monthly'>, number> = { daily: 1, weekly: 7 };

/** A date as days since 1970-01-01, or NaN where it is none.
 * @example dayOf('1970-02-01') // => 31
 */
export function dayOf(date: DateLike | null | undefined): number {
  if (date === null || date === undefined) return NaN;
  if (date instanceof Date) return Math.floor(date.getTime() / DAY);
  if (typeof date === 'number') return Math.floor(date / DAY);
  const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?\s*$/.exec(date);
  if (!match) return NaN;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = Date.UTC(year, month - 1, day);
  // 31 February would otherwise be a day in March.
  return new Date(time).getUTCDate() === day && month >= 1 && month <= 12 ? time / DAY : NaN;
}

/** Days since 1970-01-01 as ISO text.
 * @example isoDate(31) // => '1970-02-01'
 */
export function isoDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/**
 * Reads the dates of a table's rows, oldest first, and finds whether they are days, weeks or months. A week's date may be
 * any weekday and a month's any day up to the 28th, as long as it is always the same; it is taken as the first day.
 *
 * @param dates one a row, each later than the one before
 * @throws LevainError `bad-date`, `duplicate-date`, `gap-in-dates`, `mixed-frequency`, `too-few-rows`; the message names
 * the row, counted from 1
 * @example calendarOf(['2024-01-01', '2024-01-08', '2024-01-15']).frequency // => 'weekly'
 */
export function calendarOf(dates: readonly (DateLike | null | undefined)[]): Calendar {
  const starts = Float64Array.from(dates, (date, row) => {
    const day = dayOf(date);
    if (Number.isFinite(day)) return day;
    throw new LevainError({
      code: 'bad-date',
      message: `Row ${row + 1} has no date that can be read: ${date === undefined || date === null ? 'it is empty' : `“${String(date)}”`}.`,
      hint: 'Write dates as year-month-day, for example 2024-03-05.',
    });
  });
  if (starts.length < 3) {
    const message = `Days, weeks and months are told apart by at least 3 rows; there ${starts.length === 1 ? 'is 1' : `are ${starts.length}`}.`;
    throw new LevainError({ code: 'too-few-rows', message });
  }
  checkOrder(starts);
  const frequency = frequencyOf(starts);
  const last = starts[starts.length - 1]!;
  const ends = new Float64Array(starts.length);
  ends.set(starts.subarray(1));
  ends[ends.length - 1] = frequency === 'monthly' ? nextMonth(last) : last + STEPS[frequency];
  return { frequency, starts, ends };
}

/** The row that a day falls in: −1 before the first, the number of rows after the last. */
export function rowOf(calendar: Calendar, day: number): number {
  const { starts, ends } = calendar;
  if (day < starts[0]!) return -1;
  if (day >= ends[ends.length - 1]!) return starts.length;
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

function checkOrder(starts: Float64Array): void {
  for (let row = 1; row < starts.length; row++) {
    const [before, now] = [starts[row - 1]!, starts[row]!];
    if (now > before) continue;
    if (now === before) {
      throw new LevainError({
        code: 'duplicate-date',
        message: `Rows ${row} and ${row + 1} have the same date, ${isoDate(now)}.`,
        hint: 'The model takes one row a period: add up the rows of each date first (GROUP BY).',
      });
    }
    throw new LevainError({
      code: 'dates-out-of-order',
      message: `Row ${row + 1} (${isoDate(now)}) is earlier than row ${row} (${isoDate(before)}).`,
      hint: 'Sort the rows by date first (ORDER BY).',
    });
  }
}

function frequencyOf(starts: Float64Array): Frequency {
  const months = starts.slice(1).every((start, i) => start === nextMonth(starts[i]!));
  if (months) return 'monthly';
  const steps = Array.from(starts.subarray(1), (start, i) => start - starts[i]!);
  const usual = mostFrequent(steps);
  const monthly = usual >= 28 && usual <= 31;
  const known = (Object.keys(STEPS) as (keyof typeof STEPS)[]).find((frequency) => STEPS[frequency] === usual);
  if (!known && !monthly) {
    const message = `The rows are ${usual} days apart; the model knows days, weeks and months.`;
    throw new LevainError({ code: 'mixed-frequency', message, hint: 'Bring the rows to weeks first.' });
  }
  const odd = steps.findIndex((step, i) => (monthly ? starts[i + 1] !== nextMonth(starts[i]!) : step !== usual));
  if (odd === -1) return known!;
  const [before, after, step] = [isoDate(starts[odd]!), isoDate(starts[odd + 1]!), steps[odd]!];
  const gap = monthly ? step > 31 && before.slice(8) === after.slice(8) : step % usual === 0;
  const unit = monthly ? 'month' : known === 'daily' ? 'day' : 'week';
  if (gap) {
    const missing = monthly ? Math.round(step / 30.44) - 1 : step / usual - 1;
    throw new LevainError({
      code: 'gap-in-dates',
      message: `${missing} ${unit}${missing === 1 ? ' is' : 's are'} missing between row ${odd + 1} (${before}) and row ${odd + 2} (${after}).`,
      hint: 'Add the missing rows: 0 spend where nothing ran, and the outcome of that period, which is not 0 merely because it is missing.',
    });
  }
  throw new LevainError({
    code: 'mixed-frequency',
    message: `Most rows are a ${unit} apart, but row ${odd + 2} (${after}) comes ${step} day${step === 1 ? '' : 's'} after row ${odd + 1} (${before}).`,
    hint: 'Bring all rows to one frequency first: all days, all weeks or all months.',
  });
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

/** The same day of the next month; NaN where a month has no such day. */
function nextMonth(day: number): number {
  const date = new Date(day * DAY);
  if (date.getUTCDate() > 28) return NaN;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()) / DAY;
}
