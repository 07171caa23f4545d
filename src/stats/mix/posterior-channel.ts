import { responseTo, type Response } from './likelihood-response';
import { liftTerm, type LiftTerm } from './lift';
import type { MixChannel, MixModel } from './model';
import { parameterOf, type Parameter, type ParameterPoint } from './priors';

/** A channel's part of the posterior: at a position of the sampler, what it brings and how that changes. */
export interface ChannelTerm {
  /** How many coordinates of the position are its own: the adstock's, the saturation's, the effect. */
  readonly size: number;
  readonly response: Response;
  /** State after `place`. */
  readonly at: { readonly beta: number; readonly effect: number };
  /** Reads its coordinates from `offset` on, writes the priors' slopes there, and returns their log density. */
  place(position: Float64Array, offset: number, gradient: Float64Array): number;
  /** Adds what the data and the lift tests say to the gradient, given `pull`; returns the lift tests' log density. */
  pullBack(pull: Float64Array, offset: number, gradient: Float64Array): number;
}

/**
 * Prepares a channel for the sampler. With the prior on the coefficient the effect is β; with the prior on ROI it is
 * ROI, and β = ROI · cost / Σ s with the cost Σ spend / outcomeScale.
 */
export function channelTerm(model: MixModel, channel: MixChannel): ChannelTerm {
  const { priors } = channel;
  const response = responseTo(channel.media, channel.adstock, channel.saturation);
  const parameters: Parameter[] = [...priors.adstock, ...priors.saturation].map(parameterOf);
  const effect = parameterOf(priors.effect.prior);
  const lifts: LiftTerm[] = model.liftTests
    .filter((test) => test.channel === channel.name)
    .map((test) => liftTerm(test, channel));
  const cost = priors.effect.on === 'roi' ? sum(channel.spend) / model.outcomeScale : 0;
  const slopes = new Float64Array(parameters.length);
  const own = new Float64Array(parameters.length);
  const weights = new Float64Array(channel.media.length);
  const point: ParameterPoint = { value: 0.5, slope: 0.5, logPrior: 0.5, logPriorSlope: 0.5 };
  const at = { beta: 0.5, effect: 0.5, effectSlope: 0.5, betaByEffect: 0.5, total: 0.5 };

  return {
    size: parameters.length + 1,
    response,
    at,
    place(position, offset, gradient) {
      let logPrior = 0;
      for (let p = 0; p < parameters.length; p++) {
        parameters[p]!.place(position[offset + p]!, point);
        response.parameters[p] = point.value;
        slopes[p] = point.slope;
        logPrior += point.logPrior;
        gradient[offset + p] = point.logPriorSlope;
      }
      effect.place(position[offset + parameters.length]!, point);
      gradient[offset + parameters.length] = point.logPriorSlope;
      at.effect = point.value;
      at.effectSlope = point.slope;
      response.forward();
      at.total = cost > 0 ? sum(response.values) : 0;
      at.betaByEffect = cost > 0 ? cost / at.total : 1;
      at.beta = at.effect * at.betaByEffect;
      return logPrior + point.logPrior;
    },
    pullBack(pull, offset, gradient) {
      const { beta, total, betaByEffect, effectSlope } = at;
      const { values } = response;
      own.fill(0);
      let logDensity = 0;
      let byBeta = 0;
      for (let t = 0; t < values.length; t++) byBeta += pull[t]! * values[t]!;
      for (const lift of lifts) {
        logDensity += lift.evaluate(response.parameters, beta, own);
        byBeta += lift.slopes.beta;
      }
      // A prior on ROI ties β to the sum of the response, so that a stronger response lowers β.
      const tie = cost > 0 ? (byBeta * beta) / total : 0;
      for (let t = 0; t < weights.length; t++) weights[t] = beta * pull[t]! - tie;
      response.backward(weights, 1, own);
      for (let p = 0; p < own.length; p++) gradient[offset + p]! += own[p]! * slopes[p]!;
      gradient[offset + own.length]! += byBeta * betaByEffect * effectSlope;
      return logDensity;
    },
  };
}

/** The sum of an array, written out: the innermost loop has no time for a callback. */
function sum(values: Float64Array): number {
  let total = 0;
  for (let t = 0; t < values.length; t++) total += values[t]!;
  return total;
}
