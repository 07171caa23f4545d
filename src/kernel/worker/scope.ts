import * as Plot from '@observablehq/plot';
import * as flechette from '@uwdata/flechette';
import * as aq from 'arquero';
import * as charts from '../../charts';
import * as stats from '../../stats';
import { fitMix, type FitOptions } from '../../stats/mix/fit';
import type { MixDraws, MixModel } from '../../stats/mix/model';
import { runChainInThread } from './chain-threads';
import { fitProgress, type Tell } from './fit-progress';
import { md } from './markdown';

/** What cells call `levain`: the statistics, the charts, and rich text. */
const levain = Object.freeze({ ...stats, ...charts, md });

/** What every cell has in scope and nobody has to make anew for a run. */
export const shared = Object.freeze({ Plot, aq, levain });

/** What belongs to one run. */
export interface RunScope {
  readonly sql: unknown;
  readonly input: unknown;
  readonly display: unknown;
  readonly progress: Tell | undefined;
  readonly console: unknown;
}

/** The scope of a run, by name, less what other cells define. */
export function scopeOf(run: RunScope): Record<string, unknown> {
  const own = { ...levain, mix: { fit: mixFit(run.progress) } };
  const modules = new Map<string, object>([
    ['arquero', aq],
    ['@observablehq/plot', Plot],
    ['@uwdata/flechette', flechette],
    ['levain', { ...own, ...shared, ...run }],
  ]);
  const levain$module = (name: string): object => {
    const module = modules.get(name);
    if (!module)
      throw new TypeError(`There is no module "${name}" here; cells can import ${[...modules.keys()].join(', ')}.`);
    return { default: module, ...module };
  };
  return { ...shared, levain: own, ...run, levain$module };
}

/** Fits a mix model with a thread for each chain, and tells how far it is. */
function mixFit(progress: Tell | undefined): (model: MixModel, options?: FitOptions) => Promise<MixDraws> {
  return (model, options) => {
    const onProgress = progress && fitProgress(progress);
    return fitMix(model, { runChain: runChainInThread, ...(onProgress && { onProgress }), ...options });
  };
}
