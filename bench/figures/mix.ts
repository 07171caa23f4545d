import { seededRandom } from '../../src/base/random';
import { sampleMixChain } from '../../src/stats/mix/chains';
import type { MixModel } from '../../src/stats/mix/model';
import { essBulk } from '../../src/stats/sampling/ess';
import { drawFromPrior } from '../../test/stats/mix/prior-predictive';
import { modelOf } from '../../test/stats/mix/synthetic';
import { hasKnownData, readJson, stanModel } from '../../test/stats/mix/known-data';
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
    const { figure, effectiveASecond } = measure(
      'mix model, 179 weeks × 2 channels, one chain',
      stanModel,
      0.4,
      `plain JS 0.60, Stan ${STAN_SECONDS}`,
    );
    const ratio = effectiveASecond / stanEffectiveASecond();
    figures.push(figure, {
      what: 'the same: least effective samples a second',
      ours: `${Math.round(effectiveASecond)}, ${Math.round(ratio)} times Stan’s ${stanEffectiveASecond().toFixed(0)}`,
      reach: '≥ 30 times',
      met: ratio >= 30,
    });
  }
  return Promise.resolve(figures);
};

/** What Stan took on this machine for one chain of 1000 + 1000 draws of the same model. */
const STAN_SECONDS = 17;

/** Of its parameter that is told least: its 16,000 reference draws were four chains like it, four times as long. */
function stanEffectiveASecond(): number {
  const { draws, summary } = readJson<{ draws: number; summary: { ess_bulk: number }[] }>(
    'reference',
    'case09_stan_posterior.json',
  );
  const least = Math.min(...summary.map(({ ess_bulk }) => ess_bulk));
  return ((least / draws) * 1000) / STAN_SECONDS;
}

/** A data set of known parameters: another one each run, so that no lucky posterior decides the figure. */
function simulated(channels: number, run: number): MixModel {
  return drawFromPrior(modelOf(208, channels, 7), seededRandom(40 + run)).model;
}

function measured(...given: Parameters<typeof measure>): Figure {
  return measure(...given).figure;
}

function measure(
  what: string,
  modelAt: (run: number) => MixModel,
  reach: number,
  rival: string,
): { figure: Figure; effectiveASecond: number } {
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
  const effectiveASecond = middle((run) => run.effective / run.seconds);
  const figure = {
    what,
    ours:
      `${seconds.toFixed(2)} CPU s (median of ${RUNS}), ${Math.round(middle((run) => run.gradientEvaluations))} gradients, ` +
      `least bulk ESS ${Math.round(middle((run) => run.effective))} of 1000, ` +
      `${Math.round(effectiveASecond)} a second, ` +
      `${runs.reduce((sum, run) => sum + run.divergences, 0)} divergences`,
    rival,
    reach: `≤ ${reach} CPU s`,
    met: seconds <= reach,
  };
  return { figure, effectiveASecond };
}
