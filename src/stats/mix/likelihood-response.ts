import type { Adstock, Saturation } from './model';
import { adstockTransform } from './transforms/adstock';
import { saturationTransform } from './transforms/saturation';

/** A channel's saturated adstock s(adstock(x; α); κ) as a function of its parameters, and the way back. */
export interface Response {
  /** The adstock's, then the saturation's parameters: set them before `forward`. */
  readonly parameters: Float64Array;
  /** s_t of the last `forward`. */
  readonly values: Float64Array;
  forward(): void;
  /** Adds factor · Σ_t weights_t · ∂s_t/∂parameter to `gradient`, one number a parameter. */
  backward(weights: Float64Array, factor: number, gradient: Float64Array): void;
}

/** Prepares a response to media; calls on it allocate nothing. */
export function responseTo(media: Float64Array, adstock: Adstock, saturation: Saturation): Response {
  const n = media.length;
  const lasting = adstockTransform(adstock);
  const bending = saturationTransform(saturation.kind);
  const split = lasting.parameters.length;
  const parameters = new Float64Array(split + bending.parameters.length);
  const adstockPart = parameters.subarray(0, split);
  const saturationPart = parameters.subarray(split);
  const adstocked = new Float64Array(n);
  const values = new Float64Array(n);
  const slope = new Float64Array(n);
  const adstockTangents = lasting.parameters.map(() => new Float64Array(n));
  const saturationTangents = bending.parameters.map(() => new Float64Array(n));
  return {
    parameters,
    values,
    forward() {
      lasting.applyWithTangents(media, adstockPart, adstocked, adstockTangents);
      bending.applyWithTangents(adstocked, saturationPart, values, slope, saturationTangents);
    },
    backward(weights, factor, gradient) {
      for (let p = 0; p < split; p++) {
        const tangent = adstockTangents[p]!;
        let sum = 0;
        for (let t = 0; t < n; t++) sum += weights[t]! * slope[t]! * tangent[t]!;
        gradient[p]! += factor * sum;
      }
      for (let p = 0; p < saturationTangents.length; p++) {
        const tangent = saturationTangents[p]!;
        let sum = 0;
        for (let t = 0; t < n; t++) sum += weights[t]! * tangent[t]!;
        gradient[split + p]! += factor * sum;
      }
    },
  };
}
