/** Month names by number, as `%b` and `%B` read them. */
const MONTHS = 'january february march april may june july august september october november december'.split(' ');

const PART: Record<string, string> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  b: `(?<b>${MONTHS.map((month) => month.slice(0, 3)).join('|')})`,
  B: `(?<B>${MONTHS.join('|')})`,
  H: '(?<H>\\d{1,2})',
  I: '(?<I>\\d{1,2})',
  M: '(?<M>\\d{2})',
  S: '(?<S>\\d{2})',
  f: '(?<f>\\d{1,9})',
  p: '(?<p>AM|PM)',
  z: '(?<z>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)',
};

const EXAMPLE: Record<string, string> = {
  Y: '2024',
  y: '24',
  m: '12',
  d: '31',
  b: 'Dec',
  B: 'December',
  H: '18',
  I: '06',
  M: '45',
  S: '09',
  f: '000',
  p: 'PM',
  z: '+01:00',
  E: '45657',
};

/** The last day of 2024, in the evening, in a format's form: `%d.%m.%Y` is `31.12.2024`. */
export const inForm = (format: string): string =>
  format.replace(/%([a-zA-Z])/g, (part, letter: string) => EXAMPLE[letter] ?? part);

/** ISO 8601 as exports write it: a date, then perhaps a time, then perhaps an offset from UTC. */
const ISO =
  /^(?<Y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?:[ T](?<H>\d{1,2}):(?<M>\d{2})(?::(?<S>\d{2})(?:[.,](?<f>\d{1,9}))?)?(?: ?(?<z>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/i;
const ISO_DATE = /^(?<Y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/;

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** Excel's day numbers, as cells that lost their date format are exported: days since 30 December 1899. */
export const EXCEL = '%E';
const EXCEL_NUMBER = /^\d{5}(?:[.,]\d+)?$/;
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);

/** The moment of one of Excel's day numbers, to the second; null where the text is none. */
function excelMoment(text: string): string | null {
  if (!EXCEL_NUMBER.test(text)) return null;
  const seconds = Math.round(Number(text.replace(',', '.')) * 86_400);
  return new Date(EXCEL_EPOCH + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A function from text to `YYYY-MM-DD`, or to null where the text is no such date. Without a format, ISO. */
export function dateReader(format?: string): (text: string) => string | null {
  if (format === EXCEL) return (text) => (/^\d{5}$/.test(text) ? excelMoment(text)!.slice(0, 10) : null);
  const pattern = format === undefined ? ISO_DATE : patternOf(format);
  return (text) => {
    const parts = pattern.exec(text)?.groups;
    const date = parts && calendarDate(parts);
    return date ? `${pad(date.year, 4)}-${pad(date.month)}-${pad(date.day)}` : null;
  };
}

const SUMMER_TIME = 60;

/**
 * A function from text to `YYYY-MM-DD HH:MM:SS[.ffffff]`, or to null where the text is no such time: in UTC, or as the
 * clock showed it that is `clock` minutes ahead of UTC; another clock's time is then null.
 */
export function timestampReader(format?: string, clock?: number): (text: string) => string | null {
  if (format === EXCEL) return excelMoment;
  const pattern = format === undefined ? ISO : patternOf(format);
  return (text) => {
    const parts = pattern.exec(text)?.groups;
    const date = parts && calendarDate(parts);
    const time = parts && clockTime(parts);
    if (!date || !time) return null;
    const { year, month, day } = date;
    if (clock !== undefined && parts.z && !isOfClock(parts.z, clock)) return null;
    const offset = clock === undefined ? offsetMinutes(parts.z) : 0;
    const fraction = parts.f ? `.${parts.f.slice(0, 6)}` : '';
    if (offset === 0) {
      return `${pad(year, 4)}-${pad(month)}-${pad(day)} ${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}${fraction}`;
    }
    // Not Date.UTC, which takes the year 99 for 1999.
    const moment = new Date(0);
    moment.setUTCFullYear(year, month - 1, day);
    moment.setUTCHours(time.hour, time.minute - offset, time.second);
    if (moment.getUTCFullYear() < 1 || moment.getUTCFullYear() > 9999) return null;
    return moment.toISOString().slice(0, 19).replace('T', ' ') + fraction;
  };
}

/** A function from text to `HH:MM:SS[.ffffff]`, or to null. */
export function timeReader(): (text: string) => string | null {
  return (text) => {
    const found = TIME.exec(text);
    if (!found) return null;
    const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
    if (hour > 23 || minute > 59 || second > 59) return null;
    return `${pad(hour)}:${pad(minute)}:${pad(second)}${found[4] ? `.${found[4]}` : ''}`;
  };
}

/** The offset from UTC behind a time, in minutes, or `'UTC'` where it says so by name or by `Z`; undefined where none is. */
export function offsetOf(text: string): number | 'UTC' | undefined {
  const zone = /:\d{2}(?:[.,]\d+)? ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i.exec(text)?.[1];
  if (zone === undefined) return undefined;
  return isNamed(zone) ? 'UTC' : offsetMinutes(zone);
}

/** The clock of one place, winter and summer, that shows all of these offsets; undefined where there is none such. */
export function clockOf(offsets: ReadonlySet<number | 'UTC'>): number | undefined {
  const minutes = [...offsets].filter((offset) => offset !== 'UTC');
  const [least, most] = [Math.min(...minutes), Math.max(...minutes)];
  return minutes.length > 0 && minutes.length === offsets.size && most - least <= SUMMER_TIME ? least : undefined;
}

/** What is written with a name has been turned into UTC already, and is no clock's. */
const isNamed = (zone: string): boolean => !/^[+-]/.test(zone);

const isOfClock = (zone: string, clock: number): boolean =>
  !isNamed(zone) && Math.abs(offsetMinutes(zone) - clock) <= SUMMER_TIME;

/** Formats that a date or timestamp like `text` could have, most likely first; the empty string stands for ISO. */
export function formatsOf(text: string): { type: 'DATE' | 'TIMESTAMP'; formats: string[] } | null {
  if (ISO_DATE.test(text)) return { type: 'DATE', formats: [''] };
  if (ISO.test(text)) return { type: 'TIMESTAMP', formats: [''] };
  const found = dateFormats(text);
  if (!found) return null;
  const rest = text.slice(found.length);
  if (rest === '') return { type: 'DATE', formats: found.formats };
  const time = /^(, | |T)\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?)([ap]m)?( ?)(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i.exec(
    rest,
  );
  if (!time) return null;
  const [, gap, seconds, fraction, space, half, space2, zone] = time;
  if (!half && space && !zone) return null;
  const clock = `${half ? '%I' : '%H'}:%M${seconds ? ':%S' : ''}${fraction ? '.%f' : ''}`;
  const tail = `${half ? `${space}%p` : ''}${zone ? `${half ? space2 : space}%z` : ''}`;
  return { type: 'TIMESTAMP', formats: found.formats.map((format) => `${format}${gap}${clock}${tail}`) };
}

function dateFormats(text: string): { formats: string[]; length: number } | null {
  let found = /^\d{4}([/.])\d{1,2}\1\d{1,2}(?!\d)/.exec(text);
  if (found) return { formats: [`%Y${found[1]}%m${found[1]}%d`], length: found[0].length };
  found = /^\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})(?!\d)/.exec(text);
  if (found) {
    const [whole, mark, year] = found;
    const y = year!.length === 4 ? '%Y' : '%y';
    const formats = [`%d${mark}%m${mark}${y}`, `%m${mark}%d${mark}${y}`];
    return { formats, length: whole.length };
  }
  found = /^\d{1,2}([ -])([a-z]{3,9})\1(\d{4}|\d{2})(?!\d)/i.exec(text);
  if (found) {
    const [whole, mark, , year] = found;
    const y = year!.length === 4 ? '%Y' : '%y';
    return { formats: [`%d${mark}%b${mark}${y}`, `%d${mark}%B${mark}${y}`], length: whole.length };
  }
  found = /^[a-z]{3,9} \d{1,2}(,?) \d{4}(?!\d)/i.exec(text);
  if (found) return { formats: [`%b %d${found[1]} %Y`, `%B %d${found[1]} %Y`], length: found[0].length };
  return null;
}

function patternOf(format: string): RegExp {
  const source = format.replace(/%(.)|[.*+?^${}()|[\]\\]/g, (match, part: string | undefined) =>
    part === undefined ? `\\${match}` : (PART[part] ?? '(?!)'),
  );
  return new RegExp(`^${source}$`, 'i');
}

function calendarDate(parts: Record<string, string | undefined>): { year: number; month: number; day: number } | null {
  const month = parts.m ? Number(parts.m) : monthNumber((parts.b ?? parts.B)!);
  // Two digits from 69 on belong to the last century, as POSIX has it.
  const year = parts.Y ? Number(parts.Y) : Number(parts.y) + (Number(parts.y) >= 69 ? 1900 : 2000);
  const day = parts.d ? Number(parts.d) : 1;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (day > 28 && day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return null;
  return { year, month, day };
}

const monthNumber = (name: string): number =>
  MONTHS.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1;

function clockTime(parts: Record<string, string | undefined>): { hour: number; minute: number; second: number } | null {
  let hour = Number(parts.H ?? parts.I ?? 0);
  if (parts.I !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/pm/i.test(parts.p ?? '') ? 12 : 0);
  }
  const [minute, second] = [Number(parts.M ?? 0), Number(parts.S ?? 0)];
  return hour > 23 || minute > 59 || second > 59 ? null : { hour, minute, second };
}

function offsetMinutes(zone: string | undefined): number {
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '');
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0)) : 0;
}
