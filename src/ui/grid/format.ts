import { namesThings } from '../../base/names-things';
import { BEYOND, dayText } from '../../base/day-text';
import { locale } from '../../base/locale';

/** Rows that are looked at for the widths and formats of columns. */
export const SAMPLE = 60;

/** How the values of one column are written. */
export interface ColumnFormat {
  /** Numbers stand at the right. */
  readonly right: boolean;
  readonly text: (value: unknown) => string;
}

const INTEGER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/i;
const FRACTION = /^(DOUBLE|FLOAT|REAL|DECIMAL.*)$/i;
const MAX_DECIMALS = 4;

export const isNumeric = (type: string): boolean => INTEGER.test(type) || FRACTION.test(type);
export const isTime = (type: string): boolean => /^(DATE|TIME)/i.test(type);

/**
 * The format of a column from its name, its DuckDB type and some of its values. All values of a column of fractions get
 * the same number of decimals (the most that any of the samples needs, at most 4, and fewer beside large numbers), so
 * that their points align; a value that this would misstate by more than a hundredth gets three significant digits.
 */
export function columnFormat(name: string, type: string, samples: readonly unknown[], tag = locale()): ColumnFormat {
  if (INTEGER.test(type)) return integers(name, tag);
  if (FRACTION.test(type)) return fractions(samples, tag);
  if (/^DATE$/i.test(type))
    return { right: false, text: (value) => (value instanceof Date ? dayText(value) : plain(value)) };
  if (/^TIMESTAMP/i.test(type))
    return { right: false, text: (value) => (value instanceof Date ? moment(value) : plain(value)) };
  return { right: false, text: plain };
}

function integers(name: string, locale?: string): ColumnFormat {
  const format = new Intl.NumberFormat(locale, {
    useGrouping: !namesThings(name),
    maximumFractionDigits: 0,
  });
  return {
    right: true,
    text: (value) => (typeof value === 'number' || typeof value === 'bigint' ? format.format(value) : plain(value)),
  };
}

function fractions(samples: readonly unknown[], locale?: string): ColumnFormat {
  const decimals = decimalsOfAll(samples);
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const tiny = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const rounding = 10 ** decimals;
  return {
    right: true,
    text(value) {
      if (typeof value !== 'number') return plain(value);
      // So many digits would be noughts that nobody counts.
      if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return String(value);
      const off = Math.abs(Math.round(value * rounding) / rounding - value);
      return (off > 0.01 * Math.abs(value) ? tiny : format).format(value);
    },
  };
}

/** Quotients need more decimals than there are: those of large numbers say little. */
function decimalsOfAll(samples: readonly unknown[]): number {
  const needed = samples.reduce<number>((most, value) => Math.max(most, decimalsOf(value)), 0);
  if (needed < MAX_DECIMALS) return needed;
  const largest = samples.reduce<number>(
    (most, value) => (typeof value === 'number' && Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  return largest >= 100 ? 2 : largest >= 10 ? 3 : MAX_DECIMALS;
}

function decimalsOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 0;
  for (let decimals = 0; decimals < MAX_DECIMALS; decimals++) {
    const scaled = value * 10 ** decimals;
    // What a number's last digit and adding up leave behind, and no more: cents are wider, of however large an amount.
    const noise = Math.min(2e-11 * Math.abs(scaled), 5e-4 * 10 ** decimals);
    if (Math.abs(scaled - Math.round(scaled)) < Math.max(1e-9, 2.3e-16 * Math.abs(scaled), noise)) return decimals;
  }
  return MAX_DECIMALS;
}

function moment(date: Date): string {
  if (Number.isNaN(date.getTime())) return BEYOND;
  const time = /T(.{8})(\.\d+)Z$/.exec(date.toISOString())!;
  return `${dayText(date)} ${time[1]}${time[2] === '.000' ? '' : time[2]}`;
}

/** A value without a format of its own: text as it is, nested values as compact JSON. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return moment(value);
  if (value instanceof Uint8Array)
    return Array.from(value.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, nested);
  return String(value);
}

/** Within a list or struct nothing says whether a date has a time: one at midnight is a day. */
function nested(this: unknown, key: string, value: unknown): unknown {
  const date = (this as Record<string, unknown>)[key];
  if (date instanceof Date) return moment(date).replace(/ 00:00:00$/, '');
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [plain(key), entry]));
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return value.toString();
  if (ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<unknown>, (entry) =>
      typeof entry === 'bigint' ? entry.toString() : entry,
    );
  return value;
}

/** A value as it is copied: whole, ungrouped, with a point, dates ISO, nothing for null. */
export function rawText(value: unknown, type: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return /^DATE$/i.test(type) ? dayText(value) : moment(value);
  return plain(value);
}
