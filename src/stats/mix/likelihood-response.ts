import { writeTanh } from './likelihood-tanh';
import type { Adstock, Saturation } from './model';
import { adstockTransform } from './transforms/adstock';
import { saturationTransform } from './transforms/saturation';

/** A channel's saturated adstock s(adstock(x; α); κ) as a function of its parameters, and the way back. */
export interface Response {
  /** The adstock's, then the saturation's parameters: set them before `forward`. */
  readonly parameters: Float64Array;
  /** s_t of the last `forward`. */
  readonly values: Float64Array;
  /** Returns Σ_t s_t. */
  forward(): number;
  /** Adds Σ_t (factor · weights_t + shift) · ∂s_t/∂parameter to `gradient`, one number a parameter. */
  backward(weights: Float64Array, factor: number, shift: number, gradient: Float64Array): void;
}

/** Prepares a response to media; calls on it allocate nothing. */
export function responseTo(media: Float64Array, adstock: Adstock, saturation: Saturation): Response {
  const { kind } = saturation;
  return kind === 'logistic' || kind === 'tanh'
    ? tanhResponse(media, adstock, kind)
    : anyResponse(media, adstock, saturation);
}

/** The response by the transforms as they are. */
export function anyResponse(media: Float64Array, adstock: Adstock, saturation: Saturation): Response {
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
      let total = 0;
      for (let t = 0; t < n; t++) total += values[t]!;
      return total;
    },
    backward(weights, factor, shift, gradient) {
      for (let p = 0; p < split; p++) {
        const tangent = adstockTangents[p]!;
        let sum = 0;
        for (let t = 0; t < n; t++) sum += (factor * weights[t]! + shift) * slope[t]! * tangent[t]!;
        gradient[p]! += sum;
      }
      for (let p = 0; p < saturationTangents.length; p++) {
        const tangent = saturationTangents[p]!;
        let sum = 0;
        for (let t = 0; t < n; t++) sum += (factor * weights[t]! + shift) * tangent[t]!;
        gradient[split + p]! += sum;
      }
    },
  };
}

/**
 * The response s = tanh(rate · a), rate = λ/2 or 1/c, of the two kinds used most: its derivatives follow from s itself,
 * rate · (1 − s²) by a and a · (1 − s²) by the rate, so that no array of them is written and read again.
 */
function tanhResponse(media: Float64Array, adstock: Adstock, kind: 'logistic' | 'tanh'): Response {
  const n = media.length;
  const lasting = adstockTransform(adstock);
  const split = lasting.parameters.length;
  const parameters = new Float64Array(split + 1);
  const adstockPart = parameters.subarray(0, split);
  const adstocked = new Float64Array(n);
  const values = new Float64Array(n);
  const rest = new Float64Array(n);
  const tangents = lasting.parameters.map(() => new Float64Array(n));
  const rateAt = (parameter: number): number => (kind === 'logistic' ? parameter / 2 : 1 / parameter);
  return {
    parameters,
    values,
    forward() {
      lasting.applyWithTangents(media, adstockPart, adstocked, tangents);
      return writeTanh(adstocked, rateAt(parameters[split]!), values);
    },
    backward(weights, factor, shift, gradient) {
      let byRate = 0;
      for (let t = 0; t < n; t++) {
        const s = values[t]!;
        const weight = (factor * weights[t]! + shift) * (1 - s * s);
        rest[t] = weight;
        byRate += weight * adstocked[t]!;
      }
      const parameter = parameters[split]!;
      gradient[split]! += byRate * (kind === 'logistic' ? 0.5 : -1 / (parameter * parameter));
      const rate = rateAt(parameter);
      for (let p = 0; p < split; p++) {
        const tangent = tangents[p]!;
        let sum = 0;
        for (let t = 0; t < n; t++) sum += rest[t]! * tangent[t]!;
        gradient[p]! += rate * sum;
      }
    },
  };
}
