import type { Matrix } from '../linear/matrix';
import { gaussianMixture, type Mixture, type MixtureOptions } from './gaussian-mixture';
import type { Shape } from './mixture-shape';

/** One number of components and shape, with what speaks for it. */
export interface MixtureCandidate {
  readonly k: number;
  readonly shape: Shape;
  readonly bic: number;
  readonly logLikelihood: number;
}

/**
 * Fits mixtures of 1 to `most` components in each shape and keeps the one with the lowest BIC, which weighs the likelihood
 * against the numbers it took.
 *
 * Source: Schwarz (1978), Annals of Statistics 6; Fraley and Raftery (2002), JASA 97.
 *
 * @param data n × p
 * @param options.most 6 when not given
 * @param options.shapes `full` and `diagonal` when not given
 * @throws LevainError as `gaussianMixture`
 * @example chooseMixture({ rows: 6, columns: 1, values: new Float64Array([0, 1, 2, 50, 51, 52]) }, { most: 2, shapes: ['tied'] }).best.k // => 2
 */
export function chooseMixture(
  data: Matrix,
  options: { most?: number; shapes?: readonly Shape[] } & Omit<MixtureOptions, 'k' | 'shape'> = {},
): { readonly candidates: readonly MixtureCandidate[]; readonly best: Mixture } {
  const { most = 6, shapes = ['full', 'diagonal'], ...rest } = options;
  const candidates: MixtureCandidate[] = [];
  let best: Mixture | undefined;
  for (const shape of shapes) {
    for (let k = 1; k <= Math.min(most, data.rows); k++) {
      const mixture = gaussianMixture(data, { ...rest, k, shape });
      candidates.push({ k, shape, bic: mixture.bic, logLikelihood: mixture.logLikelihood });
      if (!best || mixture.bic < best.bic) best = mixture;
    }
  }
  return { candidates, best: best! };
}
