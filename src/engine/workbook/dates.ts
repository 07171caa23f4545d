const DAY = 86_400_000;
/** Day 0 of the two calendars in which workbooks count, in UTC. */
const FROM_1900 = Date.UTC(1899, 11, 30);
const FROM_1904 = Date.UTC(1904, 0, 1);
/** The last day that a spreadsheet shows: 31 December 9999. */
const LAST = 2_958_465;

/** The parts of a format that show minutes, which are written like months. */
const MINUTES = /\[?h+\]?[:. ]*m+|m+[:. ]*s+|\[m+\]|am\/pm|a\/p/gi;

/** How a cell's number is to be read, by the format it is shown in. */
export type Shown = 'number' | 'percent' | 'digits' | 'date' | 'clock';

/** Reads the first section of a number format: `dd.mm.yyyy` shows a date, `0.0%` a percent, `00000` digits of a fixed count. */
export function shownAs(format: string): Shown {
  const bare = format
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .trim();
  if (/^general$/i.test(bare) || bare === '' || bare === '@') return 'number';
  if (bare.includes('%')) return 'percent';
  if (/^0{2,}$/.test(bare)) return 'digits';
  if (/[ymd]/i.test(bare.replace(MINUTES, ''))) return 'date';
  return /[hms]/i.test(bare) ? 'clock' : 'number';
}

/**
 * A day number as `2024-02-29` or, with a part of a day, as `2024-02-29T09:30:00`; null where there is no such day. The
 * calendar of 1900 has a 29 February that never was, so its days before are one later than one would count, and a
 * day 0 that is none.
 */
export function isoOfSerial(serial: number, from1904: boolean): string | null {
  const ms = Math.round(serial * DAY);
  const days = Math.floor(ms / DAY);
  if (serial < 0 || days > LAST) return null;
  if (!from1904 && (days === 60 || days === 0)) return null;
  const early = !from1904 && days < 60 ? DAY : 0;
  const iso = new Date((from1904 ? FROM_1904 : FROM_1900) + early + ms).toISOString();
  if (ms % DAY === 0) return iso.slice(0, 10);
  return iso.slice(0, 23).replace(/\.000$/, '');
}

/** A part of a day, or several days, as hours, minutes and seconds: `09:30:00`, `36:00:00`. */
export function clockOf(serial: number): string {
  const seconds = Math.round(Math.abs(serial) * 86_400);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return serial < 0 ? `-${clock}` : clock;
}
