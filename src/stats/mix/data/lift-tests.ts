import { LevainError } from '../../../base/problem';
import type { LiftTest } from '../model';
import { dayOf, isoDate, rowOf, type Calendar, type DateLike } from './calendar';

/** A measured experiment, in the reader's units and dates. */
export interface MeasuredLift {
  readonly channel: string;
  /** First and last day of the media that were tested. */
  readonly from: DateLike;
  readonly to: DateLike;
  /** Last day that was measured, where that went on after the media ended; `to` when not given. */
  readonly until?: DateLike;
  /** What the media added to the outcome over the days measured, in its unit. */
  readonly outcome: number;
  readonly standardError: number;
}

/**
 * Lift tests by row and on the model's scale. A test counts for every row that one of its days falls in.
 *
 * @throws LevainError `unknown-channel`, `bad-lift-test`
 */
export function liftTestsOf(
  tests: readonly MeasuredLift[],
  channels: readonly string[],
  calendar: Calendar,
  outcomeScale: number,
): LiftTest[] {
  return tests.map((test) => {
    const { channel, outcome, standardError } = test;
    if (!channels.includes(channel)) {
      const message = `There is a lift test of “${channel}”, which is no channel of the model.`;
      throw new LevainError({ code: 'unknown-channel', message, hint: `The channels are ${channels.join(', ')}.` });
    }
    const row = (date: DateLike): number => rowOfTest(channel, date, calendar);
    if (!Number.isFinite(outcome) || !(standardError > 0)) {
      const message = `The lift test of “${channel}” needs an outcome and a standard error above 0; it has ${outcome} and ${standardError}.`;
      throw new LevainError({ code: 'bad-lift-test', message, subject: channel });
    }
    return {
      channel,
      from: row(test.from),
      to: row(test.to) + 1,
      until: row(test.until ?? test.to) + 1,
      outcome: outcome / outcomeScale,
      standardError: standardError / outcomeScale,
    };
  });
}

function rowOfTest(channel: string, date: DateLike, calendar: Calendar): number {
  const n = calendar.starts.length;
  const day = dayOf(date);
  const row = Number.isFinite(day) ? rowOf(calendar, day) : -1;
  if (row >= 0 && row < n) return row;
  const message = `The lift test of “${channel}” names ${String(date)}; the data run from ${isoDate(calendar.starts[0]!)} to ${isoDate(calendar.ends[n - 1]! - 1)}.`;
  throw new LevainError({ code: 'bad-lift-test', message, subject: channel });
}
