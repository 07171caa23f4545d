import { dayOf, holidayOf, weekdayOf, type Day } from './calendar';
import type { Parameters } from './parameters';

/** The parts of expected sales without advertising on one day, in euros; `sales` is their sum. */
export interface Baseline {
  readonly trend: number;
  readonly weekday: number;
  readonly season: number;
  readonly holiday: number;
  readonly sales: number;
}

/** Expected sales without advertising: trend + weekday + season + holiday. */
export function baselineOn(day: Day, { baseline }: Parameters): Baseline {
  const trend = trendOn(day, baseline.trend);
  const weekday = baseline.weekday[weekdayOf(day)]!;
  const turn = (2 * Math.PI * (day - dayOf('2023-01-01'))) / 365.25;
  const season = baseline.season.reduce(
    (sum, { cos, sin }, k) => sum + cos * Math.cos((k + 1) * turn) + sin * Math.sin((k + 1) * turn),
    0,
  );
  const name = holidayOf(day);
  const holiday = name ? baseline.holidays[name] : 0;
  return { trend, weekday, season, holiday, sales: trend + weekday + season + holiday };
}

function trendOn(day: Day, knots: Parameters['baseline']['trend']): number {
  const next = Math.max(
    1,
    knots.findIndex((knot) => dayOf(knot.day) >= day),
  );
  const [left, right] = [knots[next - 1]!, knots[next]!];
  const share = (day - dayOf(left.day)) / (dayOf(right.day) - dayOf(left.day));
  return left.value + share * (right.value - left.value);
}
