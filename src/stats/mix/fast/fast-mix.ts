import type { Estimate } from '../../intervals/interval';
import type { FitQuality } from '../evaluate/quality';

export interface FastOptions {
  /** The same seed gives the same answer; 1 when not given. */
  readonly seed?: number;
  /** How many candidates are tried at most; 10,000 when not given. */
  readonly candidates?: number;
  /** Folds in time that candidates are judged by; 3 when not given. */
  readonly folds?: number;
  /** Resamples behind the intervals, at least 100; 200 when not given. */
  readonly resamples?: number;
  /** In (0, 1), 0.9 when not given. */
  readonly confidence?: number;
  /** Called now and then with the share of candidates tried; answer false to stop with the best so far. */
  readonly onProgress?: (share: number) => boolean | void;
}

export interface FastChannel {
  readonly name: string;
  /** Parameter names of the adstock and saturation, with their values on the model's scale. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The coefficient on the saturated media, in the unit of the outcome. */
  readonly coefficient: number;
  /** Outcome over all rows that the channel explains. */
  readonly contribution: Estimate;
  /** Of the contributions of all channels with spend; absent without spend, or when none contributes. */
  readonly effectShare: Estimate | undefined;
  /** Of all spend; 0 without. */
  readonly spendShare: number;
  /** Contribution a unit of spend; absent without spend. */
  readonly roi: Estimate | undefined;
}

/** Errors of all candidates tried, and which of them no other beats. */
export interface FastCandidates {
  /** Foretelling error over the folds divided by the outcome's range, one a candidate. */
  readonly validation: Float64Array;
  readonly rssd: Float64Array;
  /** Indexes of the candidates on the Pareto front of the two, by rising validation error. */
  readonly front: readonly number[];
}

export interface FastMix {
  readonly channels: readonly FastChannel[];
  /** Coefficients of the baseline's columns, in the unit of the outcome; 0 for constant ones. */
  readonly baseline: Readonly<Record<string, number>>;
  readonly intercept: number;
  /** glmnet's λ of the fit, in the unit of the outcome. */
  readonly lambda: number;
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  /** Of the fit to all rows. */
  readonly quality: FitQuality;
  /** Root mean squared error on rows foretold from earlier ones, divided by the outcome's range: what was minimised. */
  readonly validationNrmse: number;
  /** DECOMP.RSSD, shown because others show it; nothing here minimises it. */
  readonly rssd: number;
  readonly candidates: FastCandidates;
}
