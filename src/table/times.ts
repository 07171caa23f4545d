/** How many of an Arrow time unit make a second, by its number: seconds, milliseconds, microseconds, nanoseconds. */
const PER_SECOND = [1n, 1_000n, 1_000_000n, 1_000_000_000n];

/** A time of day as DuckDB writes it: `10:11:12`, `10:11:12.5`. */
export function timeText(value: bigint, unit: number): string {
  const per = PER_SECOND[unit]!;
  const seconds = value / per;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => String(part).padStart(2, '0'));
  return clock.join(':') + fraction(value % per, unit * 3);
}

/** An interval (months, days, nanoseconds) as DuckDB writes it: `1 year 2 months 3 days 04:05:06`. */
export function intervalText(interval: ArrayLike<number>): string {
  const [months, days, nanoseconds] = [interval[0]!, interval[1]!, BigInt(Math.round(interval[2]!))];
  const parts: string[] = [];
  const add = (n: number, unit: string): void => {
    if (n !== 0) parts.push(`${n} ${unit}${Math.abs(n) === 1 ? '' : 's'}`);
  };
  add(Math.trunc(months / 12), 'year');
  add(months % 12, 'month');
  add(days, 'day');
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  // DuckDB's intervals count microseconds.
  if (size !== 0n || parts.length === 0) parts.push(`${nanoseconds < 0n ? '-' : ''}${timeText(size / 1000n, 2)}`);
  return parts.join(' ');
}

function fraction(rest: bigint, digits: number): string {
  if (rest === 0n) return '';
  return `.${String(rest).padStart(digits, '0').replace(/0+$/, '')}`;
}
