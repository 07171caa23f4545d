import { plannedChannels, recentSpend } from '../budget/channel';
import { steadyCurve } from '../budget/channel-curve';
import { nextExperiment } from '../budget/experiment';
import type { Frequency } from '../data/calendar';
import type { MixDraws, MixModel } from '../model';
import type { ChannelReturn } from '../results/returns';

/** The channel to experiment with next, and why. */
export interface NextTest {
  readonly channel: string;
  /** What not knowing its curve costs in a quarter, in the outcome's unit; 0 where money has nowhere else to go. */
  readonly costOfNotKnowing: number;
}

const QUARTER: Record<Frequency, number> = { daily: 91, weekly: 13, monthly: 3 };

/** Draws are enough for a ranking, and the value of each channel costs a plan a draw. */
const DRAWS = 200;

/**
 * The paid channel whose uncertainty costs most: the expected gain a quarter from knowing its curve before the money of
 * the last quarter is laid out anew, each channel getting between nothing and twice what it had. Where no money could
 * move, the channel whose contribution is least known.
 *
 * @param returns of the same fit
 * @returns undefined where no channel has spend
 */
export function nextTest(
  model: MixModel,
  draws: MixDraws,
  returns: readonly ChannelReturn[],
  frequency: Frequency,
): NextTest | undefined {
  const paid = returns.filter(({ spend }) => spend > 0);
  if (paid.length === 0) return undefined;
  const rows = Math.min(QUARTER[frequency], model.outcome.length);
  const all = plannedChannels(model, draws, DRAWS);
  const recent = recentSpend(all, rows);
  const running = all.flatMap((channel, c) => (recent[c]! > 0 ? [{ channel, spend: recent[c]! }] : []));
  const budget = running.reduce((sum, { spend }) => sum + spend, 0);
  const [best] =
    running.length > 1
      ? nextExperiment(
          running.map(({ channel }) => steadyCurve(channel, rows)),
          { budget, bounds: running.map(({ spend }) => ({ lower: 0, upper: 2 * spend })) },
        )
      : [];
  if (best && best.value > 0) return { channel: best.name, costOfNotKnowing: best.value };
  const least = paid.reduce((a, b) => (b.contribution.standardError > a.contribution.standardError ? b : a));
  return { channel: least.name, costOfNotKnowing: 0 };
}
