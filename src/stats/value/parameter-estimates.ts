import { normalQuantile } from '../distributions/normal';
import type { Estimate } from '../intervals/interval';
import type { Information } from './information';

/** A parameter with its name, as the model's authors write it. Without a finite error where the data do not tell it. */
export interface ParameterEstimate extends Estimate {
  readonly name: string;
}

/** Parameters above 0 with errors and intervals from the covariance of their logarithms. */
export function parameterEstimates(
  names: readonly string[],
  values: ArrayLike<number>,
  { covariance, unknown }: Information,
  confidence: number,
): ParameterEstimate[] {
  const z = normalQuantile((1 + confidence) / 2);
  return names.map((name, i) => {
    const value = values[i]!;
    if (unknown[i]) return { name, value, standardError: Infinity, lower: 0, upper: Infinity, confidence };
    const deviation = Math.sqrt(covariance.values[i * covariance.rows + i]!);
    const reach = Math.exp(z * deviation);
    return { name, value, standardError: value * deviation, lower: value / reach, upper: value * reach, confidence };
  });
}
