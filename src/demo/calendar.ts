import type { Holiday } from './parameters';

const DAY = 86_400_000;

/** A day of the calendar as whole days since 1970-01-01. */
export type Day = number;

export const dayOf = (iso: string): Day => Date.parse(`${iso}T00:00:00Z`) / DAY;
export const isoDay = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);
/** `2024-03-05 10:12:40`: local time of the shop, no zone. */
export const isoTime = (day: Day, secondOfDay: number): string =>
  new Date(day * DAY + Math.floor(secondOfDay) * 1000).toISOString().slice(0, 19).replace('T', ' ');
/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (day + 3) % 7;

/** The name of a day that sells otherwise than its weekday and season say (Belgium's calendar), if it has one. */
export function holidayOf(day: Day): Holiday | undefined {
  const iso = isoDay(day);
  const date = iso.slice(5);
  const year = Number(iso.slice(0, 4));
  const easter = easterOf(year);
  if (date === '01-01') return 'new-year';
  if (date === '12-23' || date === '12-24') return 'christmas-eve';
  if (date === '12-25') return 'christmas';
  if (date === '02-13' || date === '02-14') return 'valentine';
  if (date === '12-05' || date === '12-06') return 'saint-nicholas';
  if (day === easter || day === easter - 1) return 'easter';
  const motherDay = secondSundayOfMay(year);
  if (day === motherDay || day === motherDay - 1) return 'mothers-day';
  const moving = [easter + 1, easter + 39, easter + 50];
  if (moving.includes(day) || ['05-01', '07-21', '08-15', '11-01', '11-11'].includes(date)) return 'public-holiday';
  return undefined;
}

function secondSundayOfMay(year: number): Day {
  const first = dayOf(`${year}-05-01`);
  return first + ((6 - weekdayOf(first) + 7) % 7) + 7;
}

/** Easter Sunday of the Gregorian calendar, by the method of Butcher (1876). */
function easterOf(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  const month = Math.floor(sum / 31);
  return dayOf(`${year}-0${month}-${String((sum % 31) + 1).padStart(2, '0')}`);
}
