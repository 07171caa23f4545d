/** DuckDB's `infinity`, and days beyond the years that a `Date` holds. */
export const BEYOND = '±∞';

/** The day of a date in UTC: `2024-02-29`; years before 0 and after 9999 have six digits and a sign. */
export const dayText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? BEYOND : date.toISOString().replace(/T.*$/, '');
