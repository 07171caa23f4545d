import { LevainError } from '../../base/problem';

/** How long each was seen, and whether it then ended (a customer left) or was only last seen (censored). */
export interface Observed {
  /** 0 or more, in any one unit. */
  readonly time: ArrayLike<number>;
  /** True or 1 where it ended, false or 0 where it was still going on. */
  readonly event: ArrayLike<boolean | number>;
}

/** What happened at each distinct time, from the first on. */
export interface RiskTable {
  readonly time: Float64Array;
  /** Seen until then or longer. */
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
}

/**
 * The distinct times with those at risk and those that ended. Who is censored at a time was still at risk at it.
 *
 * @throws LevainError `unequal-lengths`, `no-rows`, `bad-time`, `bad-event`, the last two with the row
 * @example Array.from(riskTable({ time: [3, 1, 3], event: [true, true, false] }).atRisk) // => [3, 2]
 */
export function riskTable(observed: Observed): RiskTable {
  checkObserved(observed);
  const order = timeOrder(observed.time);
  const [time, atRisk, events]: number[][] = [[], [], []];
  order.forEach((i, place) => {
    if (observed.time[i] !== time!.at(-1)) {
      time!.push(observed.time[i]!);
      atRisk!.push(order.length - place);
      events!.push(0);
    }
    if (observed.event[i]) events![events!.length - 1]!++;
  });
  return { time: Float64Array.from(time!), atRisk: Float64Array.from(atRisk!), events: Float64Array.from(events!) };
}

/** Rows from the shortest time to the longest. */
export function timeOrder(time: ArrayLike<number>): number[] {
  return Array.from({ length: time.length }, (_, i) => i).sort((a, b) => time[a]! - time[b]!);
}

/** Throws for the first row that is no observation. */
export function checkObserved({ time, event }: Observed): void {
  if (!time || !event) {
    throw new LevainError({
      code: 'bad-parameter',
      message: 'How long each was seen, and whether it then ended, are given as two lists.',
      hint: 'Write { time: [3, 5], event: [true, false] }.',
    });
  }
  if (time.length !== event.length) {
    throw new LevainError({
      code: 'unequal-lengths',
      message: `There are ${time.length} times and ${event.length} events: one of each a row is needed.`,
    });
  }
  if (time.length === 0) throw new LevainError({ code: 'no-rows', message: 'There is nobody to follow: no rows.' });
  for (let i = 0; i < time.length; i++) {
    if (!(time[i]! >= 0 && Number.isFinite(time[i]))) {
      throw new LevainError({
        code: 'bad-time',
        message: `The time in row ${i + 1} is ${time[i]}; it must be 0 or more.`,
        hint: 'Leave out rows without a date, or with an end before the start.',
      });
    }
    const value = event[i];
    if (value !== true && value !== false && value !== 0 && value !== 1) {
      throw new LevainError({
        code: 'bad-event',
        message: `The event in row ${i + 1} is ${String(value)}; it must be true (ended) or false (still going on).`,
      });
    }
  }
}
