import type { MixDraws, MixModel } from '../model';
import { channelEffects } from '../results/contribution';
import { drawTable } from '../results/draws';
import { periodOf, totalsOf } from '../results/period';

/** Two channels whose contributions trade off: where one is taken to bring more, the other brings less. */
export interface Tradeoff {
  readonly channels: readonly [string, string];
  /** Posterior correlation of their total contributions; near −1 only their sum is known. */
  readonly correlation: number;
}

/** Below this the two can hardly be told apart. */
const STRONG = -0.6;

/**
 * Pairs of channels that the fit cannot well separate, by the posterior correlation of their total contributions.
 *
 * @param most report correlations of at most this, −0.6 when not given
 * @returns the worst pair first
 * @throws LevainError `too-few-values`, `unknown-parameter`
 */
export function inseparableChannels(model: MixModel, draws: MixDraws, most = STRONG): Tradeoff[] {
  const n = model.outcome.length;
  const table = drawTable(model, draws);
  const totals = channelEffects(model, table).map((effects) => totalsOf(effects, n, periodOf(n, {})));
  const pairs = totals.flatMap((first, i) =>
    totals.slice(i + 1).map((second, k): Tradeoff => ({
      channels: [model.channels[i]!.name, model.channels[i + 1 + k]!.name],
      correlation: correlationOf(first, second),
    })),
  );
  return pairs.filter(({ correlation }) => correlation <= most).sort((a, b) => a.correlation - b.correlation);
}

function correlationOf(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let d = 0; d < x.length; d++) {
    const [dx, dy] = [x[d]! - mx, y[d]! - my];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
