import { LevainError } from '../../base/problem';
import { quadraticForm } from '../linear/quadratic-form';
import type { CoxFit } from './cox';
import { survivalBand } from './kaplan-meier';

/** The survival curve of someone with given covariates. */
export interface CoxCurve {
  readonly time: Float64Array;
  readonly survival: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly confidence: number;
}

/**
 * How the share still there goes down for customers with given covariates: e^(−H₀(t) e^η), with the interval symmetric in
 * its logarithm. The variance of H₀(t)e^η has a part of the hazard and a part of the coefficients.
 *
 * @param covariates a value for each name of the fit
 * @throws LevainError `unknown-column`
 */
export function coxSurvival(fit: CoxFit, covariates: Readonly<Record<string, number>>): CoxCurve {
  const { baseline, coefficients, covariance, confidence } = fit;
  const away = baseline.at.map(({ name, value }) => {
    const given = covariates[name];
    if (typeof given === 'number' && Number.isFinite(given)) return given - value;
    throw new LevainError({
      code: 'unknown-column',
      message: `The covariate "${name}" has no number: it is ${String(given)}.`,
      hint: `Give ${baseline.at.map((covariate) => covariate.name).join(', ')}.`,
    });
  });
  const factor = Math.exp(away.reduce((sum, value, j) => sum + value * coefficients[j]!.value, 0));
  const hazard = baseline.cumulativeHazard.map((value) => factor * value);
  const error = hazard.map((_, k) => {
    const slopes = Float64Array.from(away, (value, j) => {
      return factor * (baseline.drift[j]![k]! - value * baseline.cumulativeHazard[k]!);
    });
    return Math.sqrt(factor * factor * baseline.variance[k]! + quadraticForm(covariance, slopes));
  });
  const survival = hazard.map((value) => Math.exp(-value));
  const bands = Array.from(survival, (share, k) => survivalBand(share, error[k]!, 'log', confidence));
  return {
    time: baseline.time,
    survival,
    standardError: survival.map((share, k) => share * error[k]!),
    lower: Float64Array.from(bands, ([low]) => low),
    upper: Float64Array.from(bands, ([, high]) => high),
    confidence,
  };
}
