import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import { baselineGroup } from '../baseline/baseline';
import type { MixDraws, MixModel } from '../model';
import { baselineEffects, channelEffects } from './contribution';
import { drawTable } from './draws';
import { bandOf, posteriorEstimate, type Band } from './interval';
import { periodOf, totalsOf, type ResultOptions } from './period';

/** One part of the outcome, in its unit. */
export interface Component {
  /** The channel's name, or the group of the baseline: `intercept`, `trend`, `season`, `weekday`, `event`, … */
  readonly name: string;
  readonly kind: 'channel' | 'baseline';
  /** Row by row, over all rows. */
  readonly band: Band;
  /** Over the period. */
  readonly total: Estimate;
  /** The total as a share of all parts' total. */
  readonly share: Estimate;
}

/** The outcome taken apart: E[y_t] = Σ components. */
export interface Decomposition {
  readonly components: readonly Component[];
  /** All of the baseline together. */
  readonly baseline: Component;
  /** Posterior probability that the baseline's total over the period is below 0, which is hard to believe of sales. */
  readonly negativeBaseline: number;
}

/**
 * Takes the outcome apart into what each channel and each group of the baseline brought, row by row and in total, with
 * intervals. In every draw the parts add up to the fitted outcome, and so do their means.
 *
 * @param draws as a fit of this very model gives them
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function decompose(model: MixModel, draws: MixDraws, options: ResultOptions = {}): Decomposition {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const n = model.outcome.length;
  const period = periodOf(n, options);
  const table = drawTable(model, draws);
  const groups = [...new Set(model.baseline.names.map(baselineGroup))];
  const parts = [
    ...groups.map((name) => ({
      name,
      kind: 'baseline' as const,
      effects: baselineEffects(model, table, (column) => baselineGroup(column) === name),
    })),
    ...channelEffects(model, table).map((effects, c) => ({
      name: model.channels[c]!.name,
      kind: 'channel' as const,
      effects,
    })),
  ];
  const totals = parts.map(({ effects }) => totalsOf(effects, n, period));
  const all = added(totals, table.count);
  const component = (name: string, kind: Component['kind'], effects: Float64Array, total: Float64Array): Component => ({
    name,
    kind,
    band: bandOf(effects, n, confidence),
    total: posteriorEstimate(total, confidence),
    share: posteriorEstimate(
      total.map((value, d) => (all[d] === 0 ? 0 : value / all[d]!)),
      confidence,
    ),
  });
  const ofBaseline = parts.filter(({ kind }) => kind === 'baseline').map(({ effects }) => effects);
  const baselineTotal = added(totals.slice(0, groups.length), table.count);
  return {
    components: parts.map(({ name, kind, effects }, i) => component(name, kind, effects, totals[i]!)),
    baseline: component('baseline', 'baseline', added(ofBaseline, table.count * n), baselineTotal),
    negativeBaseline: baselineTotal.filter((value) => value < 0).length / table.count,
  };
}

function added(arrays: readonly Float64Array[], length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const array of arrays) for (let i = 0; i < length; i++) sums[i]! += array[i]!;
  return sums;
}
