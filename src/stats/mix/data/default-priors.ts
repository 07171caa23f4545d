import type { AdstockKind, Prior, SaturationKind } from '../model';
import type { Frequency } from './calendar';

/** How long an exposure can last when nothing is said: eight weeks, four of days, three months. In rows. */
export const USUAL_LAGS: Record<Frequency, number> = { daily: 28, weekly: 8, monthly: 3 };

/**
 * Priors of an adstock's parameters when none are given, in the order the transform takes them. A retention α for weeks
 * and months is Beta(1, 3) (mean ¼, PyMC-Marketing's), for days Beta(4, 2) (mean ⅔: what is left of a quarter a week is
 * most of it the next day). Scales in rows follow the window.
 */
export function usualAdstockPriors(kind: AdstockKind, maxLag: number, frequency: Frequency): Prior[] {
  const retention: Prior = frequency === 'daily' ? { kind: 'beta', a: 4, b: 2 } : { kind: 'beta', a: 1, b: 3 };
  const scale: Prior = { kind: 'log-normal', location: Math.log(Math.max(1, maxLag / 4)), scale: 0.5 };
  switch (kind) {
    case 'none':
      return [];
    case 'geometric':
      return [retention];
    case 'delayed':
      return [retention, { kind: 'uniform', low: 0, high: Math.max(1, maxLag / 2) }];
    case 'weibull-pdf':
      return [{ kind: 'log-normal', location: Math.log(1.5), scale: 0.4 }, scale];
    case 'weibull-cdf':
      return [{ kind: 'log-normal', location: 0, scale: 0.4 }, scale];
    case 'binomial':
      return [{ kind: 'uniform', low: 0, high: 1 }];
  }
}

/**
 * Priors of a saturation's parameters when none are given, for media divided by their largest value: half of the most is
 * reached somewhere between a tenth of and twice the largest row.
 */
export function usualSaturationPriors(kind: SaturationKind): Prior[] {
  const half: Prior = { kind: 'log-normal', location: Math.log(0.5), scale: 0.6 };
  switch (kind) {
    case 'none':
      return [];
    case 'logistic':
      return [{ kind: 'gamma', shape: 3, rate: 1 }];
    case 'hill':
      return [{ kind: 'log-normal', location: Math.log(1.3), scale: 0.35 }, half];
    case 'michaelis-menten':
    case 'tanh':
      return [half];
  }
}

/** Prior of β when none is given: a channel that never quiets could double the best row, and most bring far less. */
export const USUAL_EFFECT: Prior = { kind: 'half-normal', scale: 2 };

/** Prior of σ when none is given, for an outcome divided by its largest value. */
export const USUAL_SIGMA: Prior = { kind: 'half-normal', scale: 2 };
