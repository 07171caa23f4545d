import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import type { MixDraws, MixModel } from '../model';
import { channelPath } from './contribution';
import { drawTable } from './draws';
import { posteriorEstimate } from './interval';
import { periodOf, type Period, type ResultOptions } from './period';

/** What one channel brought over the period, and for what money. */
export interface ChannelReturn {
  readonly name: string;
  /** In the outcome's unit. */
  readonly contribution: Estimate;
  /** Of the contribution, what the exposure of the same row brought. */
  readonly immediate: Estimate;
  /** And what exposure of earlier rows did. */
  readonly carryover: Estimate;
  readonly spend: number;
  /** Of the spend of all channels; 0 where none is known. */
  readonly spendShare: number;
  /** Of the contribution of all channels that have spend; undefined for an organic channel. */
  readonly effectShare: Estimate | undefined;
  /** Contribution a unit of money; undefined for an organic channel. */
  readonly roi: Estimate | undefined;
  /** What the next unit of money brings, spread over the rows as today's is; undefined for an organic channel. */
  readonly marginalRoi: Estimate | undefined;
  /** Money a unit of contribution (an order, a sign-up); undefined for an organic channel. */
  readonly cost: Cost | undefined;
}

/** A cost may be endless where a channel may have brought nothing, so that it has no mean: the value is at the mean effect. */
export interface Cost {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
}

/**
 * Contribution, immediate and carried over, spend and effect share, return on investment, marginal return and cost of each
 * channel, with intervals:
 *
 *     contribution = Σ_t β s(a_t),   carryover = Σ_t β s(a_t − w₀ x_t),   immediate = contribution − carryover
 *     ROI = contribution / Σ_t spend_t,   marginal ROI = Σ_t β s′(a_t) a_t / Σ_t spend_t,   cost = 1 / ROI
 *
 * summed over the rows of the period: the carryover of what ran before it counts, what goes on working after it does not.
 * The marginal return is the derivative with respect to raising all media by the same share.
 *
 * Source: Jin et al. (2017), section 4; the split into immediate and carried-over effect is Robyn's.
 *
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function channelReturns(model: MixModel, draws: MixDraws, options: ResultOptions = {}): ChannelReturn[] {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const period = periodOf(model.outcome.length, options);
  const table = drawTable(model, draws);
  const totals = model.channels.map((channel, c) => {
    const path = channelPath(channel, table.channels[c]!);
    const spend = sumOver(channel.spend, period);
    const [contribution, carryover, rise] = [0, 1, 2].map(() => new Float64Array(table.count)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let d = 0; d < table.count; d++) {
      const { effect, carried, rise: slopes } = path(d);
      contribution[d] = model.outcomeScale * sumOver(effect, period);
      carryover[d] = model.outcomeScale * sumOver(carried, period);
      rise[d] = model.outcomeScale * sumOver(slopes, period);
    }
    return { name: channel.name, spend, contribution, carryover, rise };
  });
  const money = totals.reduce((sum, { spend }) => sum + spend, 0);
  const paidEffect = new Float64Array(table.count);
  for (const { spend, contribution } of totals) {
    if (spend > 0) contribution.forEach((value, d) => (paidEffect[d]! += value));
  }
  const estimate = (values: Float64Array): Estimate => posteriorEstimate(values, confidence);
  return totals.map(({ name, spend, contribution, carryover, rise }) => {
    const paid = spend > 0;
    const cost = (effect: number): number => (effect > 0 ? spend / effect : Infinity);
    const total = estimate(contribution);
    return {
      name,
      contribution: total,
      immediate: estimate(contribution.map((value, d) => value - carryover[d]!)),
      carryover: estimate(carryover),
      spend,
      spendShare: money > 0 ? spend / money : 0,
      effectShare: paid
        ? estimate(contribution.map((value, d) => (paidEffect[d] === 0 ? 0 : value / paidEffect[d]!)))
        : undefined,
      roi: paid ? estimate(contribution.map((value) => value / spend)) : undefined,
      marginalRoi: paid ? estimate(rise.map((value) => value / spend)) : undefined,
      cost: paid
        ? { value: cost(total.value), lower: cost(total.upper), upper: cost(total.lower), confidence }
        : undefined,
    };
  });
}

function sumOver(values: Float64Array, { from, until }: Period): number {
  let sum = 0;
  for (let t = from; t < until; t++) sum += values[t]!;
  return sum;
}
