import { seededRandom } from '../../src/base/random';
import { sampleMixChain } from '../../src/stats/mix/chains';
import type { MixModel } from '../../src/stats/mix/model';
import { essBulk } from '../../src/stats/sampling/ess';
import { drawFromPrior } from '../../test/stats/mix/prior-predictive';
import { modelOf } from '../../test/stats/mix/synthetic';
import { hasKnownData, stanModel } from '../../test/stats/mix/known-data';
import type { Bench, Figure } from '../figure';
import { median } from '../measure';

const RUNS = 5;

/** One chain of 1000 + 1000 draws of the mix model: CPU seconds, and what they bought. */
export const mix: Bench = () => {
  const figures = [
    measured(
      'mix model, 208 weeks × 5 channels, one chain',
      (run) => simulated(5, run),
      1.5,
      'plain JS 2.3–2.9, Stan 30–40',
    ),
    measured('mix model, 208 weeks × 10 channels, one chain', (run) => simulated(10, run), 6, 'plain JS 9–13'),
  ];
  if (hasKnownData) {
    figures.push(measured('mix model, 179 weeks × 2 channels, one chain', stanModel, 0.4, 'plain JS 0.60, Stan 17'));
  }
  return Promise.resolve(figures);
};

/** A data set of known parameters: another one each run, so that no lucky posterior decides the figure. */
function simulated(channels: number, run: number): MixModel {
  return drawFromPrior(modelOf(208, channels, 7), seededRandom(40 + run)).model;
}

function measured(what: string, modelAt: (run: number) => MixModel, reach: number, rival: string): Figure {
  const runs = Array.from({ length: RUNS }, (_, run) => {
    const model = modelAt(run);
    const begun = process.cpuUsage();
    const { columns, sampler } = sampleMixChain(model, { warmup: 1000, draws: 1000, seed: run + 1 });
    const { user, system } = process.cpuUsage(begun);
    const effective = Math.min(...Object.values(columns).map((draws) => essBulk([draws])));
    return { seconds: (user + system) / 1e6, effective, ...sampler };
  });
  const middle = (of: (run: (typeof runs)[number]) => number): number => median(runs.map(of));
  const seconds = middle((run) => run.seconds);
  return {
    what,
    ours:
      `${seconds.toFixed(2)} CPU s (median of ${RUNS}), ${Math.round(middle((run) => run.gradientEvaluations))} gradients, ` +
      `least bulk ESS ${Math.round(middle((run) => run.effective))} of 1000, ` +
      `${Math.round(middle((run) => run.effective / run.seconds))} a second, ` +
      `${runs.reduce((sum, run) => sum + run.divergences, 0)} divergences`,
    rival,
    reach: `≤ ${reach} CPU s`,
    met: seconds <= reach,
  };
}
