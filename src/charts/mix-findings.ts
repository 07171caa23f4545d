import type { AdstockCurve } from '../stats/mix/results/curves';
import type { Decomposition } from '../stats/mix/results/decomposition';
import type { ChannelReturn } from '../stats/mix/results/returns';
import { capital } from '../base/capital';
import { listed } from '../base/listed';
import type { Wording } from '../stats/mix/verdict/wording';

/** What the charts of a report show, each in the words of its title. */

/** How much of the outcome came from media. */
export function contributionFinding({ baseline }: Decomposition, outcome: string, { percent }: Wording): string {
  if (baseline.share.value <= 0)
    return `The model gives advertising more than there was of ${outcome}: do not act on it`;
  return `Advertising brought ${percent(1 - baseline.share.value)} of ${outcome}`;
}

/** Which channels brought back their money for sure, which for sure did not, and of which it is open. */
export function returnFinding(returns: readonly ChannelReturn[], { breakEven, outcomeUnit }: Wording): string {
  if (outcomeUnit) return 'What each channel brought for its money';
  const paid = returns.flatMap(({ name, roi }) => (roi ? [{ name, ...roi }] : []));
  const named = (holds: (roi: (typeof paid)[number]) => boolean): string[] =>
    paid.filter(holds).map(({ name }) => name);
  const pays = named(({ lower }) => lower >= breakEven);
  const fails = named(({ upper }) => upper < breakEven);
  const open = named(({ lower, upper }) => lower < breakEven && upper >= breakEven);
  const itself = (names: readonly string[]): string => (names.length > 1 ? 'themselves' : 'itself');
  const sure = [
    pays.length > 0 && `${listed(pays)} paid for ${itself(pays)}`,
    fails.length > 0 && `${listed(fails)} did not${pays.length > 0 ? '' : ` pay for ${itself(fails)}`}`,
  ].filter((part) => part !== false);
  if (sure.length === 0) return 'Whether any channel paid for itself is open';
  return capital(`${sure.join(', ')}${open.length > 0 ? `; of ${listed(open)} it is open` : ''}`);
}

/** The channel whose share of the effect differs most from its share of the money, of those where it surely differs. */
export function shareFinding(returns: readonly ChannelReturn[]): string {
  const gaps = returns.flatMap(({ name, spendShare, effectShare }) =>
    effectShare && (effectShare.lower > spendShare || effectShare.upper < spendShare)
      ? [{ name, gap: effectShare.value - spendShare }]
      : [],
  );
  if (gaps.length === 0) return 'No channel surely brought more or less than its share of the money';
  const { name, gap } = gaps.reduce((a, b) => (Math.abs(b.gap) > Math.abs(a.gap) ? b : a));
  return capital(`${name} brought ${gap > 0 ? 'more' : 'less'} than its share of the money`);
}

/** Where the next unit of money is expected to bring most. */
export function marginFinding(returns: readonly ChannelReturn[], { unit, outcome, outcomeUnit }: Wording): string {
  const margins = returns.flatMap(({ name, marginalRoi }) => (marginalRoi ? [{ name, value: marginalRoi.value }] : []));
  if (margins.length === 0) return 'What more or less exposure would bring';
  const { name, value } = margins.reduce((a, b) => (b.value > a.value ? b : a));
  const amount = outcomeUnit ? '' : `: about ${outcome(value)}`;
  return `One more ${unit} is expected to bring most in ${name}${amount}`;
}

/** How soon the effects come. */
export function fadingFinding(curves: readonly AdstockCurve[], period: 'day' | 'week' | 'month'): string {
  const slowest = curves.map(({ name, weights }) => ({ name, wait: waitOf(weights.mean) }));
  const { name, wait } = slowest.reduce((a, b) => (b.wait > a.wait ? b : a));
  if (wait === 1) return `Most of each effect comes in the same ${period}`;
  return capital(`${name} works longest: half of its effect comes within ${wait} ${period}s`);
}

/** After how many rows half of an effect has come. */
function waitOf(weights: Float64Array): number {
  let come = 0;
  const at = weights.findIndex((weight) => (come += weight) >= 0.5 - 1e-9);
  return at < 0 ? weights.length : at + 1;
}
