import * as charts from '../../charts';
import { mixReport, type ReportOptions } from '../../charts/mix-report';
import * as stats from '../../stats';
import * as classify from '../../stats/classify';
import * as cluster from '../../stats/cluster';
import * as mix from '../../stats/mix';
import type { RunChain } from '../../stats/mix/fit';
import * as recommend from '../../stats/recommend';
import * as segments from '../../stats/segments';
import * as survival from '../../stats/survival';
import * as value from '../../stats/value';
import { fitProgress, type Tell } from './fit-progress';
import { md, RichText } from './markdown';

/** What cells call `levain`: the statistics, the charts, and rich text. */
export const levain = Object.freeze({
  ...stats,
  ...charts,
  md,
  mix: Object.freeze({ ...mix, report: mixReport }),
  classify,
  cluster,
  recommend,
  segments,
  survival,
  value,
});

/** What `levain` needs of a run. */
export interface LevainRun {
  readonly display: ((value: unknown) => void) | undefined;
  readonly progress: Tell | undefined;
  readonly runChain?: RunChain;
}

/** `levain` for one run: a fit has its chains on threads and tells how far it is, a report is shown part by part. */
export function levainOf({ display, progress, runChain }: LevainRun) {
  const onProgress = progress && fitProgress(progress);
  const told = { ...(runChain && { runChain }), ...(onProgress && { onProgress }) };
  return {
    ...levain,
    mix: {
      ...levain.mix,
      fit: (model: mix.MixModel, options?: mix.FitOptions) => mix.fit(model, { ...told, ...options }),
      report(prepared: mix.PreparedMix, draws: mix.MixDraws, options?: ReportOptions): void {
        for (const part of mixReport(prepared, draws, options)) {
          display?.('markdown' in part ? new RichText(part.markdown) : part);
        }
      },
    },
  };
}
