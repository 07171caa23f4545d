import type { ColumnReading, CsvPlan } from '../engine';
import { HUGE, INTEGER, LEADING_ZERO, OCCASIONAL_NULLS, columnReader } from './columns';
import { clockOf, EXCEL, formatsOf, offsetOf, timeReader } from './dates';
import { decimalEvidence, numberParts, ONE_POINT } from './numbers';

/** Share of a column's values that may not fit its type: those rows are rejected; beyond it the column stays text. */
export const TOLERANCE = 0.03;

/** What is known of the whole file when one column is looked at. */
export interface Surroundings {
  readonly decimal: CsvPlan['decimal'];
  /** The only decimal mark that the column's numbers can be read with, where it is not the file's. */
  readonly own?: CsvPlan['decimal'] | undefined;
  readonly delimiter: string;
  readonly nulls: ReadonlySet<string>;
  /** Signs of a US file: `$` amounts, AM and PM. */
  readonly american: boolean;
}

export type Inferred = ColumnReading & {
  /** A sentence for the reader, when something is worth telling. */
  readonly note?: string;
  /** The note says how it was read where it could as well be otherwise. */
  readonly doubtful?: true;
  /** Further texts that mean "no value" in this column. */
  readonly nulls?: readonly string[];
};

const TEXT: Inferred = { type: 'VARCHAR' };

/** Whether nearly all of a column's values can be read in one way. */
type Fits = (reading: ColumnReading) => boolean;

/** The type of a column by a sample of its cells. `name` is how the reader knows it. */
export function inferColumn(name: string, cells: readonly string[], around: Surroundings): Inferred {
  const values: string[] = [];
  for (const cell of cells) {
    const text = cell.trim();
    if (!around.nulls.has(text)) values.push(text);
  }
  if (values.length === 0) return TEXT;
  if (values.some((value) => APOSTROPHE.test(value))) return { ...TEXT, apostrophe: true };
  const found = withOwnMark(name, values, around) ?? typed(name, values, around);
  if (found.type !== 'VARCHAR') return found;
  const bounded = boundedShares(name, values, around);
  if (bounded) return bounded;
  const odd = new Set(values.filter((value) => OCCASIONAL_NULLS.includes(value)));
  const rest = odd.size ? values.filter((value) => !odd.has(value)) : [];
  if (rest.length === 0) return found;
  const without = typed(name, rest, around);
  return without.type === 'VARCHAR' ? found : { ...without, nulls: [...odd] };
}

/** Numbers whose decimal mark is not the file's, which is told; null where they are none. */
function withOwnMark(name: string, values: readonly string[], { own, ...around }: Surroundings): Inferred | null {
  if (own === undefined) return null;
  const { note: _note, ...found } = typed(name, values, { ...around, decimal: own });
  if (found.type !== 'DOUBLE' && !found.strip) return null;
  const example = values.find((value) => decimalEvidence(value) === own);
  const [mark, other] = own === '.' ? ['point', 'comma'] : ['comma', 'point'];
  const note = `${name}: its numbers have a decimal ${mark} (${example}), those of other columns a ${other}. Each is read by its own.`;
  return { ...found, decimal: own, note };
}

/** What Shopify writes so that a spreadsheet leaves the zeros of `'01234` alone. */
const APOSTROPHE = /^'[+\d][\d ]*$/;

/** Shares among which some are only bounds: `< 10%`. */
function boundedShares(name: string, values: readonly string[], around: Surroundings): Inferred | null {
  const exact = values.filter((value) => !/^[<>]\s*\d/.test(value));
  if (exact.length === values.length || exact.length === 0) return null;
  const { note, ...found } = typed(name, exact, around);
  return found.percent ? { ...found, bounds: true, ...(note && { note }) } : null;
}

/** Headers of what numbers a thing, and is never added up. */
const ID_NAME = /(?:^|[^\p{L}])(?:id|ids|nr|no|number|nummer|ean|gtin|isbn|upc|barcode)(?:[^\p{L}]|$)|\p{Ll}I[Dd]$/iu;
/** From so many digits on an id is kept as text: a spreadsheet or a chart would round it. */
const LONG_ID = 12;

function typed(name: string, values: readonly string[], around: Surroundings): Inferred {
  const misfits = (reading: ColumnReading, most = Infinity): number => {
    const read = columnReader(reading, around);
    let failed = 0;
    for (const value of values) if (read(value) === null && ++failed > most) break;
    return failed;
  };
  const allowed = Math.floor(values.length * TOLERANCE);
  const fits: Fits = (reading) => misfits(reading, allowed) <= allowed;
  // Where most amounts are below a thousand, the few that are grouped are the largest: `980` and `1,204`.
  const orGrouped = (plain: Inferred): Inferred => {
    const failed = misfits(plain);
    const grouped = failed > 0 ? stripped(name, values, around, fits) : null;
    return grouped && grouped.type !== 'VARCHAR' && misfits(grouped) < failed ? grouped : plain;
  };
  if (fits({ type: 'BOOLEAN' })) return { type: 'BOOLEAN' };
  const zero = values.find((value) => LEADING_ZERO.test(value));
  if (zero !== undefined)
    return (
      compactDate(name, values) ?? {
        ...TEXT,
        ...(values.every((value) => /^-?\d+$/.test(value)) && {
          note: `${name}: kept as text, since leading zeros count (${zero}).`,
        }),
      }
    );
  if (fits({ type: 'BIGINT' })) {
    if (ID_NAME.test(name) && values.every((value) => value.length >= LONG_ID)) return TEXT;
    return compactDate(name, values) ?? excelDate(name, values) ?? orGrouped({ type: 'BIGINT' });
  }
  if (fits({ type: 'HUGEINT' }))
    return { type: 'HUGEINT', note: `${name}: whole numbers too long for 64 bits, kept exactly as HUGEINT.` };
  if (values.every((value) => /^-?\d+$/.test(value)))
    return { ...TEXT, note: `${name}: kept as text, since its numbers have more than 38 digits.` };
  if (values.some((value) => /^\+\d{6,}$/.test(value))) return TEXT;
  if (fits({ type: 'DOUBLE' })) return excelDate(name, values) ?? orGrouped(decimals(name, values, around));
  return dated(name, values, around, fits) ?? stripped(name, values, around, fits) ?? withBothMarks(name, values);
}

/** Text, and why, where some numbers have a decimal comma and others a point: either reading would be wrong of some. */
function withBothMarks(name: string, values: readonly string[]): Inferred {
  const comma = values.find((value) => decimalEvidence(value) === ',');
  const point = values.find((value) => decimalEvidence(value) === '.');
  if (comma === undefined || point === undefined || !values.every((value) => /^-?\d[\d.,]*$/.test(value))) return TEXT;
  const note = `${name}: kept as text, since ${comma} has a decimal comma and ${point} a point.`;
  return { ...TEXT, note, doubtful: true };
}

/** Eight digits under a name like `date`: `20240305`; or six under one like `month`: `202403` is its first day. */
function compactDate(name: string, values: readonly string[]): Inferred | null {
  if (/month|monat|mois/i.test(name) && values.every((value) => /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$/.test(value)))
    return { type: 'DATE', format: '%Y%m', note: `${name}: ${values[0]} is read as the first day of that month.` };
  if (!/date|day|datum|jour|fecha|tag\b/i.test(name) || !values.every((value) => /^(19|20)\d{6}$/.test(value)))
    return null;
  const read = columnReader({ type: 'DATE', format: '%Y%m%d' }, { decimal: '.' });
  return values.every((value) => read(value) !== null) ? { type: 'DATE', format: '%Y%m%d' } : null;
}

/** Day numbers of 1990 to 2079 under a name like `date`: `46027`, or `46027.375` with the time. */
function excelDate(name: string, values: readonly string[]): Inferred | null {
  if (!/(?:^|[^\p{L}])(?:date|datum|fecha)(?:[^\p{L}]|$)|^(?:day|tag|jour)$/iu.test(name)) return null;
  if (
    !values.every((value) => /^\d{5}(?:[.,]\d+)?$/.test(value) && parseInt(value) >= 32_874 && parseInt(value) < 65_745)
  )
    return null;
  return { type: values.every((value) => /^\d{5}$/.test(value)) ? 'DATE' : 'TIMESTAMP', format: EXCEL };
}

function decimals(name: string, values: readonly string[], { decimal }: Surroundings): Inferred {
  const pointed = decimal === '.' ? values.filter((value) => value.includes('.')) : [];
  if (pointed.length > 0 && pointed.every((value) => ONE_POINT.test(value))) {
    const [first = ''] = pointed;
    const note = `${name}: ${first} is read as ${Number(first)}. If it means ${first.replace('.', '')}, choose the decimal comma.`;
    return { type: 'DOUBLE', note, doubtful: true };
  }
  const long = values.find((value) => /^\D*\d{16}/.test(value));
  if (long !== undefined) {
    const note = `${name}: numbers like ${long} have more digits than the 15 that a number with decimals keeps, and are rounded. Choose text to have them as they stand.`;
    return { type: 'DOUBLE', note, doubtful: true };
  }
  const rounded = values.find((value) => /\d[eE]\+\d{2}$/.test(value));
  if (rounded === undefined) return { type: 'DOUBLE' };
  return {
    type: 'DOUBLE',
    note: `${name}: numbers like ${rounded} were shortened before the export; their last digits are lost in the file.`,
  };
}

function dated(name: string, values: readonly string[], around: Surroundings, fits: Fits): Inferred | null {
  if (fits({ type: 'TIME' }) && values.every((value) => timeReader()(value) !== null || value.length > 5))
    return { type: 'TIME' };
  const shapes = values.map(formatsOf);
  const dates = shapes.filter((shape) => shape !== null);
  if (dates.length < values.length * 0.5) return null;
  const candidates = new Map<string, 'DATE' | 'TIMESTAMP'>();
  for (const shape of dates.slice(0, 200))
    for (const format of shape.formats) {
      if (candidates.get(format) !== 'TIMESTAMP') candidates.set(format, shape.type);
    }
  const fitting = [...candidates].filter(([format, type]) => fits({ type, ...(format && { format }) }));
  if (fitting.length === 0) {
    if (dates.length < values.length * 0.8) return null;
    const examples = [...new Map(values.map((value, i) => [shapes[i]?.formats[0], value])).values()].slice(0, 2);
    return {
      ...TEXT,
      note: `${name}: kept as text, since its dates are written in different ways (${examples.join(', ')}).`,
    };
  }
  const [format, type] = fitting[0]!;
  const zoned = type === 'TIMESTAMP' ? clockFor(name, values) : {};
  const [dayFirst, monthFirst] = [fitting.find(([f]) => f.startsWith('%d')), fitting.find(([f]) => f.startsWith('%m'))];
  if (dayFirst && monthFirst) {
    const choice = chooseOrder(name, values, type, dayFirst[0], monthFirst[0], around);
    return { ...zoned, type, ...choice };
  }
  return { type, ...(format && { format }), ...zoned };
}

export const OFFSETS_DIFFER = 'its times carry different offsets from UTC and are turned into UTC';

/** One place's offsets, with or without an hour of summer time, are its clock; others say what was done. */
function clockFor(name: string, values: readonly string[]): { clock?: number; note?: string; doubtful?: true } {
  const offsets = new Set<number | 'UTC'>();
  for (const value of values) {
    const offset = offsetOf(value);
    if (offset !== undefined) offsets.add(offset);
  }
  if (offsets.size === 0) return {};
  const clock = clockOf(offsets);
  if (clock !== undefined) return { clock };
  if (offsets.size === 1) return { note: `${name}: its times are UTC, so a day begins at midnight UTC.` };
  return { note: `${name}: ${OFFSETS_DIFFER}.`, doubtful: true };
}

/** Day or month first, where every value allows both: by how the rows follow each other, else by the file's habits. */
function chooseOrder(
  name: string,
  values: readonly string[],
  type: 'DATE' | 'TIMESTAMP',
  dayFirst: string,
  monthFirst: string,
  around: Surroundings,
): { format: string; note: string; doubtful?: true } {
  const way = (format: string): number => {
    const read = columnReader({ type, format }, around);
    const times = values
      .slice(0, 500)
      .map((value) => Date.parse(`${read(value)?.slice(0, 10)}T00:00:00Z`))
      .filter((time) => !Number.isNaN(time));
    return times.reduce((sum, time, i) => (i === 0 ? 0 : sum + Math.abs(time - times[i - 1]!)), 0);
  };
  const say = (format: string, why: string) => ({
    format,
    note: `${name}: ${values[0]} could be day/month or month/day; read as ${format.startsWith('%d') ? 'day' : 'month'} first, ${why}. Change it if that is wrong.`,
  });
  const [day, month] = [way(dayFirst), way(monthFirst)];
  if (values.length > 3 && day !== month && Math.min(day, month) * 3 <= Math.max(day, month)) {
    return say(day < month ? dayFirst : monthFirst, 'because the rows then follow each other in time');
  }
  if (around.american) return say(monthFirst, 'because the file has dollar amounts or AM/PM times');
  if (around.decimal === ',' || around.delimiter === ';')
    return say(dayFirst, 'because the file is written the European way');
  return { ...say(dayFirst, 'as in most countries'), doubtful: true };
}

/** Amounts with currency signs, percent signs or thousands separators. */
function stripped(name: string, values: readonly string[], around: Surroundings, fits: Fits): Inferred | null {
  const currencies = new Set<string>();
  const groups = new Set<string>();
  let percent = 0;
  let numbers = 0;
  const lengths = new Set<number>();
  for (const value of values) {
    const parts = numberParts(value);
    if (!parts) continue;
    numbers++;
    if (parts.currency) currencies.add(parts.currency);
    if (parts.percent) percent++;
    for (const mark of parts.digits.replace(/\d/g, '')) if (mark !== around.decimal) groups.add(mark);
    lengths.add(parts.digits.length);
  }
  if (numbers < values.length * (1 - TOLERANCE)) return null;
  if (currencies.size > 1)
    return {
      ...TEXT,
      note: `${name}: kept as text, since its amounts are in different currencies (${[...currencies].slice(0, 3).join(', ')}).`,
    };
  // Figures grouped by blanks, all of one length, are phone or account numbers rather than amounts.
  if (groups.has(' ') && lengths.size < 2) return null;
  const strip = [...new Set([...currencies].join('')), ...groups].join('') + (percent ? '%' : '');
  if (percent) {
    if (fits({ type: 'DOUBLE', strip, percent: true }))
      return {
        type: 'DOUBLE',
        strip,
        percent: true,
      };
    return { ...TEXT, note: `${name}: kept as text, since only some of its values carry a percent sign.` };
  }
  if (currencies.size === 0 && fits({ type: 'BIGINT', strip })) {
    const first = values.find((value) => ONE_POINT.test(value)) ?? '';
    // Semicolons say that commas are for numbers; elsewhere whole numbers beside such with a point say it less surely.
    const isWhole = (value: string): boolean => around.delimiter !== ';' && /^-?[1-9]\d{0,2}$/.test(value);
    const doubtful =
      values.length > 2 &&
      around.decimal === ',' &&
      first !== '' &&
      values.every((value) => ONE_POINT.test(value) || isWhole(value));
    const note = `${name}: ${first} is read as ${first.replace('.', '')}. If it means ${Number(first)}, choose the decimal point.`;
    return { type: 'BIGINT', strip, ...(doubtful && { note, doubtful }) };
  }
  if (fits({ type: 'DOUBLE', strip })) return { type: 'DOUBLE', strip };
  return null;
}

/** Whether a text is a number, a date, a time or a boolean by itself: what a header seldom is. */
export function looksTyped(text: string): boolean {
  const value = text.trim();
  if (INTEGER.test(value) || HUGE.test(value) || /^(?:true|false)$/i.test(value)) return true;
  return numberParts(value) !== null || formatsOf(value) !== null || timeReader()(value) !== null;
}
