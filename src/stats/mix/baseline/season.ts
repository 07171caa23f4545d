import type { Calendar } from '../data/calendar';
import { weekdayOf } from './holidays';

const YEAR = 365.25;

/** A column with its name. */
export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * The yearly season as a Fourier series: sin and cos of 2πk·d/365.25 for k = 1 … order, d the middle day of the row.
 * Two or three orders draw a smooth year; each more lets it turn faster.
 *
 * @returns 2 · order columns
 */
export function yearlySeason(calendar: Calendar, order: number): NamedColumn[] {
  const middle = calendar.starts.map((start, t) => (start + calendar.ends[t]!) / 2);
  return Array.from({ length: order }, (_, i) => i + 1).flatMap((k) => [
    { name: `sin ${k}`, values: middle.map((day) => Math.sin((2 * Math.PI * k * day) / YEAR)) },
    { name: `cos ${k}`, values: middle.map((day) => Math.cos((2 * Math.PI * k * day) / YEAR)) },
  ]);
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * The day of the week in six columns that add up to nothing over a week: 1 on the day, −1 on Sundays. A coefficient is
 * then the day's distance from the week's mean, and the intercept stays that mean.
 */
export function weekdays(calendar: Calendar): NamedColumn[] {
  return WEEKDAYS.map((name, i) => ({
    name,
    values: calendar.starts.map((start) => (weekdayOf(start) === i + 1 ? 1 : weekdayOf(start) === 0 ? -1 : 0)),
  }));
}
