import { baselineOn } from './baseline';
import { holidayOf, weekdayOf, type Day } from './calendar';
import { contribution, type ByChannel } from './media';
import { byChannel } from './media';
import { segments, type Parameters, type Segment } from './parameters';
import type { AdSeries } from './spend';

export type BySegment<T> = Record<Segment, T>;

export function bySegment<T>(of: (segment: Segment) => T): BySegment<T> {
  return Object.fromEntries(segments.map((segment) => [segment, of(segment)])) as BySegment<T>;
}

/** Expected sales by day, before chance. E-mail comes on top, for it depends on who has consented by then. */
export interface Demand {
  readonly baseline: Float64Array;
  readonly media: ByChannel<Float64Array>;
  /** baseline + Σ media. */
  readonly sales: Float64Array;
  /** Each segment's share of the day's sales; they add to 1. */
  readonly shares: BySegment<Float64Array>;
  /**
   * Expected orders of a segment when weekday, season, holiday and advertising are at their average: the pace at which a
   * customer's rate counts as 1.
   */
  readonly level: BySegment<Float64Array>;
}

export function demandOf(first: Day, days: number, ads: ByChannel<AdSeries>, parameters: Parameters): Demand {
  const parts = Array.from({ length: days }, (_, t) => baselineOn(first + t, parameters));
  const media = byChannel((channel) => contribution(channel, ads[channel].spend, parameters));
  const baseline = Float64Array.from(parts, (part) => part.sales);
  const sales = baseline.map((value, t) => Object.values(media).reduce((sum, series) => sum + series[t]!, value));
  const shares = sharesOf(first, days, parameters);
  const above = sales.map((value, t) => value - parts[t]!.trend);
  const average = above.reduce((sum, value) => sum + value, 0) / days;
  const steady = Float64Array.from(parts, (part) => part.trend + average);
  const steadyTotal = steady.reduce((sum, value) => sum + value, 0);
  const level = bySegment((segment) => {
    const sold = shares[segment].reduce((sum, share, t) => sum + share * sales[t]!, 0);
    return steady.map((value) => (value * sold) / steadyTotal / parameters.segments[segment].value);
  });
  return { baseline, media, sales, shares, level };
}

/** A segment's share of a day: its usual share × its liking of the weekday × its liking of feasts, made to add to 1. */
function sharesOf(first: Day, days: number, parameters: Parameters): BySegment<Float64Array> {
  const shares = bySegment(() => new Float64Array(days));
  for (let t = 0; t < days; t++) {
    const holiday = holidayOf(first + t);
    const festive = holiday !== undefined && parameters.baseline.holidays[holiday] > 0;
    let total = 0;
    for (const segment of segments) {
      const { share, days: liking, festive: feast } = parameters.segments[segment];
      shares[segment][t] = share * liking[weekdayOf(first + t)]! * (festive ? feast : 1);
      total += shares[segment][t]!;
    }
    for (const segment of segments) shares[segment][t]! /= total;
  }
  return shares;
}
