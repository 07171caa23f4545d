import type { ChannelReturn } from '../results/returns';
import type { Wording } from './wording';

/** How sure one can be of a channel: its interval is narrow enough to act on, rough, or as good as nothing. */
export type Certainty = 'clear' | 'rough' | 'open';

/** An interval whose ends are so many times apart is rough, or leaves everything open. */
const ROUGH = 2;
const OPEN = 5;

/** How sure the interval of the contribution makes one.
 * @example certaintyOf({ lower: 2, upper: 3 }) // => 'clear'
 */
export function certaintyOf({ lower, upper }: { readonly lower: number; readonly upper: number }): Certainty {
  if (lower <= 0 || upper > OPEN * lower) return 'open';
  return upper > ROUGH * lower ? 'rough' : 'clear';
}

/** What a channel brought, in one or two sentences. */
export function channelSentence(channel: ChannelReturn, wording: Wording): string {
  const { name, contribution, roi, cost } = channel;
  const { money, outcome, percent, unit, outcomeUnit } = wording;
  const sure = `${percent(contribution.confidence)} sure`;
  if (!roi || !cost) {
    const range = `${outcome(contribution.lower)} to ${outcome(contribution.upper)}`;
    return `${name} brought ${outcome(contribution.value)} without known spend (${sure}: ${range}).`;
  }
  if (outcomeUnit) {
    const range = Number.isFinite(cost.upper)
      ? `${money(cost.lower)} to ${money(cost.upper)}`
      : `${money(cost.lower)} or more`;
    return `${name} cost ${money(cost.value)} for each ${outcomeUnit} (${sure}: ${range}).`;
  }
  const range = `${money(roi.lower)} to ${money(roi.upper)}`;
  return `${name} brought ${money(roi.value)} for each ${unit} (${sure}: ${range}). ${paysBack(channel, wording)}`;
}

function paysBack({ roi, marginalRoi }: ChannelReturn, { money, unit, breakEven }: Wording): string {
  const takes = breakEven === 1 ? '' : `, which takes ${money(breakEven)}`;
  if (roi!.upper < breakEven) return `It did not bring back its money in this period${takes}.`;
  const open = roi!.lower < breakEven ? `Whether it brought back its money${takes && `${takes},`} is open. ` : '';
  return `${open}One more ${unit} would bring about ${money(marginalRoi!.value)}.`;
}
