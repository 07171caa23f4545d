import type { MixDraws, MixModel } from '../model';
import { collinearPairs, type Pair } from '../data/together';
import { decompose } from '../results/decomposition';
import { fittedValues } from '../results/fitted';
import { channelReturns } from '../results/returns';
import { convergenceOf, type Convergence } from './convergence';
import { learntFrom, type Learnt } from './learnt';
import { predictiveChecks, type PredictiveCheck } from './predictive-check';
import { decompRssd, fitQuality, type FitQuality } from './quality';
import { inseparableChannels, type Tradeoff } from './separability';
import { varianceInflation } from './vif';

/** How far a fit can be believed. */
export interface MixDiagnostics {
  readonly convergence: Convergence;
  readonly quality: FitQuality;
  readonly decompRssd: number;
  /** Of each channel's media among all channels and baseline columns; undefined where the media never change. */
  readonly inflation: readonly { readonly channel: string; readonly vif: number | undefined }[];
  /** Media that moved together. */
  readonly collinear: readonly Pair[];
  /** Contributions that trade off in the posterior. */
  readonly inseparable: readonly Tradeoff[];
  readonly predictive: readonly PredictiveCheck[];
  readonly learnt: readonly Learnt[];
  /** Posterior probability that the baseline's total is below 0. */
  readonly negativeBaseline: number;
}

/**
 * All diagnostics that need no further fit; forecasts are judged by `rollingOrigin`.
 *
 * @throws LevainError `too-few-values`, `unknown-parameter`
 */
export function diagnoseMix(model: MixModel, draws: MixDraws): MixDiagnostics {
  const { actual, fitted } = fittedValues(model, draws);
  const media = model.channels.map(({ name, media }) => ({ name, values: media }));
  const inflation = varianceInflation([...media.map(({ values }) => values), ...model.baseline.columns]);
  return {
    convergence: convergenceOf(draws),
    quality: fitQuality(actual, fitted.mean),
    decompRssd: decompRssd(channelReturns(model, draws)),
    inflation: media.map(({ name }, c) => ({ channel: name, vif: inflation[c] })),
    collinear: collinearPairs(media),
    inseparable: inseparableChannels(model, draws),
    predictive: predictiveChecks(model, draws),
    learnt: learntFrom(model, draws),
    negativeBaseline: decompose(model, draws).negativeBaseline,
  };
}
