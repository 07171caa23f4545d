import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import type { MixDraws, MixModel } from '../model';
import { channelReturns } from '../results/returns';

/** How one number moved between two fits. */
export interface DriftRow {
  readonly channel: string;
  /** ROI; the contribution a row for an organic channel. */
  readonly measure: 'ROI' | 'contribution a row';
  readonly before: Estimate;
  readonly after: Estimate;
  /** (after − before) / √(both variances): beyond ±2 the channel, or what the model says of it, has changed. */
  readonly shift: number;
}

/** A fit with its model. */
export interface FittedMix {
  readonly model: MixModel;
  readonly draws: MixDraws;
}

/**
 * Compares a fit with the one before it, channel by channel. Channels that only one of them has are left out of the table
 * and named beside it. The two fits share data, so that a shift of 2 is rarer than between independent ones: take the
 * table as a sign to look, not as a test.
 *
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function driftBetween(
  before: FittedMix,
  after: FittedMix,
  options: { readonly confidence?: number } = {},
): { readonly rows: DriftRow[]; readonly added: string[]; readonly gone: string[] } {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const old = channelReturns(before.model, before.draws, { confidence });
  const rows = channelReturns(after.model, after.draws, { confidence }).flatMap((now): DriftRow[] => {
    const then = old.find(({ name }) => name === now.name);
    if (!then) return [];
    const byMoney = now.roi !== undefined && then.roi !== undefined;
    const [a, b] = byMoney
      ? [then.roi, now.roi]
      : [perRow(then.contribution, before.model), perRow(now.contribution, after.model)];
    const spread = Math.sqrt(a.standardError ** 2 + b.standardError ** 2);
    return [
      {
        channel: now.name,
        measure: byMoney ? 'ROI' : 'contribution a row',
        before: a,
        after: b,
        shift: spread > 0 ? (b.value - a.value) / spread : 0,
      },
    ];
  });
  const names = (model: MixModel): string[] => model.channels.map(({ name }) => name);
  const [oldNames, newNames] = [names(before.model), names(after.model)];
  return {
    rows,
    added: newNames.filter((name) => !oldNames.includes(name)),
    gone: oldNames.filter((name) => !newNames.includes(name)),
  };
}

function perRow({ value, standardError, lower, upper, confidence }: Estimate, { outcome }: MixModel): Estimate {
  const n = outcome.length;
  return { value: value / n, standardError: standardError / n, lower: lower / n, upper: upper / n, confidence };
}
