/**
 * The mix model as plain data, scaled and checked, ready for inference:
 *
 *     y = Zγ + Σ_c β_c · s(adstock(x_c; α_c); κ_c) + ε,   γ ~ N(0, diag V),   ε ~ N(0, σ² I)
 *
 * Rows are equally spaced in time, oldest first; every array of rows has the length of `outcome`. Scaled outcome times
 * `outcomeScale` is in the reader's unit, scaled media times `mediaScale` too. Everything a fit needs is here, and
 * nothing is optional.
 */
export interface MixModel {
  readonly outcome: Float64Array;
  readonly outcomeScale: number;
  readonly baseline: Baseline;
  readonly channels: readonly MixChannel[];
  /** Prior of σ, on the scale of the outcome. */
  readonly sigmaPrior: Prior;
  readonly liftTests: readonly LiftTest[];
}

/** What sells without media: intercept, trend, season, events, controls. */
export interface Baseline {
  readonly names: readonly string[];
  /** One column a name. */
  readonly columns: readonly Float64Array[];
  /** Prior variances V of the coefficients γ, on the scale of the outcome. */
  readonly variance: Float64Array;
}

export interface MixChannel {
  readonly name: string;
  /** What the reader's customers were exposed to (spend or impressions), divided by `mediaScale`; each ≥ 0. */
  readonly media: Float64Array;
  readonly mediaScale: number;
  /** What it cost, in the unit money has in the file; all 0 for an organic channel. */
  readonly spend: Float64Array;
  readonly adstock: Adstock;
  readonly saturation: Saturation;
  readonly priors: ChannelPriors;
}

export type AdstockKind = 'none' | 'geometric' | 'delayed' | 'weibull-pdf' | 'weibull-cdf' | 'binomial';

/** How an exposure lasts: weights over the lags 0 to maxLag − 1, maxLag ≥ 1 rows. */
export interface Adstock {
  readonly kind: AdstockKind;
  readonly maxLag: number;
}

export type SaturationKind = 'none' | 'logistic' | 'hill' | 'michaelis-menten' | 'tanh';

/** How returns diminish as the adstocked exposure grows. */
export interface Saturation {
  readonly kind: SaturationKind;
}

/** A prior for each parameter of the adstock, each of the saturation (in the order the transform takes them), and one
 * for the effect. */
export interface ChannelPriors {
  readonly adstock: readonly Prior[];
  readonly saturation: readonly Prior[];
  readonly effect: EffectPrior;
}

/**
 * What the effect's prior is about: the coefficient β on scaled outcome, or the return on investment
 * ROI = outcomeScale · β · Σ s / Σ spend, from which β then follows.
 */
export interface EffectPrior {
  readonly on: 'coefficient' | 'roi';
  readonly prior: Prior;
}

/** A distribution of one number. Its support is that of the parameter. */
export type Prior =
  | { readonly kind: 'beta'; readonly a: number; readonly b: number }
  | { readonly kind: 'gamma'; readonly shape: number; readonly rate: number }
  | { readonly kind: 'half-normal'; readonly scale: number }
  | { readonly kind: 'log-normal'; readonly location: number; readonly scale: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly scale: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number };

/**
 * A measured experiment: the outcome that the channel's media in rows [from, to) added in rows [from, until), against
 * none of that media at all, as Normal(outcome, standardError²). Both numbers are on the scale of `outcome` in
 * {@link MixModel}; until > to where the measurement went on after the media ended.
 */
export interface LiftTest {
  readonly channel: string;
  readonly from: number;
  readonly to: number;
  readonly until: number;
  readonly outcome: number;
  readonly standardError: number;
}

/** Draws from the posterior. Every chain has the same parameters and the same number of draws. */
export interface MixDraws {
  readonly parameters: readonly string[];
  readonly chains: readonly ChainDraws[];
}

export interface ChainDraws {
  readonly seed: number;
  /** Parameter name to its draws, in order, on the model's scale; the names are those of {@link parameterNames}. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly sampler: SamplerStatistics;
}

export interface SamplerStatistics {
  readonly warmup: number;
  readonly draws: number;
  /** Transitions after warm-up whose energy error passed 1000: the posterior was not explored there. */
  readonly divergences: number;
  /** Transitions after warm-up that stopped at the greatest tree depth. */
  readonly treeDepthReached: number;
  readonly gradientEvaluations: number;
  readonly stepSize: number;
  /** Mean acceptance statistic after warm-up. */
  readonly acceptance: number;
  /** Energy of each draw, for the Bayesian fraction of missing information. */
  readonly energy: Float64Array;
}

const ADSTOCK_PARAMETERS: Record<AdstockKind, readonly string[]> = {
  none: [],
  geometric: ['alpha'],
  delayed: ['alpha', 'theta'],
  'weibull-pdf': ['shape', 'scale'],
  'weibull-cdf': ['shape', 'scale'],
  binomial: ['alpha'],
};

const SATURATION_PARAMETERS: Record<SaturationKind, readonly string[]> = {
  none: [],
  logistic: ['lambda'],
  hill: ['slope', 'kappa'],
  'michaelis-menten': ['lambda'],
  tanh: ['c'],
};

/** The parameters of an adstock, in the order its transform takes them.
 * @example adstockParameters('delayed') // => ['alpha', 'theta']
 */
export function adstockParameters(kind: AdstockKind): readonly string[] {
  return ADSTOCK_PARAMETERS[kind];
}

/** The parameters of a saturation, in the order its transform takes them.
 * @example saturationParameters('hill') // => ['slope', 'kappa']
 */
export function saturationParameters(kind: SaturationKind): readonly string[] {
  return SATURATION_PARAMETERS[kind];
}

/** The name in {@link ChainDraws} of a channel's parameter: one of its adstock, of its saturation, `beta` or `roi`.
 * @example channelParameter('tv', 'alpha') // => 'tv: alpha'
 */
export function channelParameter(channel: string, parameter: string): string {
  return `${channel}: ${parameter}`;
}

/** The name in {@link ChainDraws} of a baseline coefficient.
 * @example baselineParameter('trend') // => 'baseline: trend'
 */
export function baselineParameter(name: string): string {
  return `baseline: ${name}`;
}

/**
 * Names of all that is drawn: for each channel the adstock's, then the saturation's parameters (those of both would
 * clash for no pair of kinds), `beta`, and `roi` where the prior is on it; `sigma`; the baseline's coefficients.
 */
export function parameterNames(model: Pick<MixModel, 'channels' | 'baseline'>): string[] {
  const ofChannels = model.channels.flatMap(({ name, adstock, saturation, priors }) =>
    [
      ...adstockParameters(adstock.kind),
      ...saturationParameters(saturation.kind),
      'beta',
      ...(priors.effect.on === 'roi' ? ['roi'] : []),
    ].map((parameter) => channelParameter(name, parameter)),
  );
  return [...ofChannels, 'sigma', ...model.baseline.names.map(baselineParameter)];
}
