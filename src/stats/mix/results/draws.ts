import { LevainError } from '../../../base/problem';
import {
  adstockParameters,
  baselineParameter,
  channelParameter,
  saturationParameters,
  type MixDraws,
  type MixModel,
} from '../model';

/** Draws of all chains in one row, thinned evenly, sorted by what they belong to. */
export interface DrawTable {
  readonly count: number;
  readonly channels: readonly ChannelDrawTable[];
  /** One array a column of the baseline. */
  readonly baseline: readonly Float64Array[];
  readonly sigma: Float64Array;
}

export interface ChannelDrawTable {
  /** One array a parameter, in the order the transforms take them. */
  readonly adstock: readonly Float64Array[];
  readonly saturation: readonly Float64Array[];
  readonly beta: Float64Array;
}

/** A thousand draws give intervals to two digits; with thousands of rows fewer are taken, to stay within 100 MB. */
function usualMost(rows: number): number {
  return Math.max(250, Math.min(1000, Math.floor(1e6 / rows)));
}

/**
 * Takes the draws of a model's parameters from a fit.
 *
 * @param most at most so many, evenly spread over the chains; 1,000 when not given, fewer for more than 1,000 rows
 * @throws LevainError `too-few-values` when there is no draw, `unknown-parameter` when the draws are another model's
 */
export function drawTable(model: MixModel, draws: MixDraws, most = usualMost(model.outcome.length)): DrawTable {
  const total = draws.chains.reduce((sum, chain) => sum + (chain.columns.sigma?.length ?? 0), 0);
  if (total === 0) throw new LevainError({ code: 'too-few-values', message: 'The fit holds no draw.' });
  const count = Math.min(most, total);
  const column = (name: string): Float64Array => {
    const all = new Float64Array(total);
    let filled = 0;
    for (const { columns } of draws.chains) {
      const values = columns[name];
      if (!values) {
        const message = `The draws have no “${name}”: they belong to another model.`;
        throw new LevainError({ code: 'unknown-parameter', message, subject: name });
      }
      all.set(values, filled);
      filled += values.length;
    }
    return Float64Array.from({ length: count }, (_, d) => all[Math.floor((d * total) / count)]!);
  };
  return {
    count,
    channels: model.channels.map(({ name, adstock, saturation }) => ({
      adstock: adstockParameters(adstock.kind).map((parameter) => column(channelParameter(name, parameter))),
      saturation: saturationParameters(saturation.kind).map((parameter) => column(channelParameter(name, parameter))),
      beta: column(channelParameter(name, 'beta')),
    })),
    baseline: model.baseline.names.map((name) => column(baselineParameter(name))),
    sigma: column('sigma'),
  };
}
