import type { Random } from '../../base/random';
import { responseTo, type Response } from './likelihood-response';
import { liftTerm, type LiftTerm } from './lift';
import { adstockParameters, channelParameter, saturationParameters, type MixChannel, type MixModel } from './model';
import { parameterOf, samplePrior, type ParameterPoint } from './priors';

/** A channel's part of the posterior: at a position of the sampler, what it brings and how that changes. */
export interface ChannelTerm {
  /** How many coordinates of the position are its own: the adstock's, the saturation's, one for the effect. */
  readonly size: number;
  readonly response: Response;
  /** β, and what the prior of the effect is about: β itself or the return on investment. State after `place`. */
  readonly at: { readonly beta: number; readonly effect: number };
  /** Writes coordinates that stand for the values known by name, and for a draw from the priors where there is none. */
  start(random: Random, position: Float64Array, offset: number, known: Readonly<Record<string, number>>): void;
  /** Reads the coordinates, writes the priors' part of the gradient there, and returns their log density. */
  place(position: Float64Array, offset: number, gradient: Float64Array): number;
  /** Adds to the gradient what the data, by `pull`, and the lift tests say; returns the lift tests' log density. */
  pullBack(pull: Float64Array, offset: number, gradient: Float64Array): number;
}

/**
 * Prepares a channel for the sampler.
 *
 * The coordinate of an effect above 0 is the logarithm of what the channel brings in total, v = log(β Σs), whatever the
 * prior is about: data tell the total, while β alone is tied to the curve's other parameters, and a sampler needs many
 * more steps along such a ridge. The Jacobian of (α, κ, v) → (α, κ, log β) is 1, since the curve's parameters stay as
 * they are. With ROI = β Σs / cost, cost = Σ spend / outcomeScale, v is log ROI but for a constant. An effect that may be
 * below 0 has no logarithm, and its coordinate is β or ROI.
 */
export function channelTerm(model: MixModel, channel: MixChannel): ChannelTerm {
  const { priors } = channel;
  const response = responseTo(channel.media, channel.adstock, channel.saturation);
  const curve = [...priors.adstock, ...priors.saturation];
  const parameters = curve.map(parameterOf);
  const effect = parameterOf(priors.effect.prior);
  const lifts: LiftTerm[] = model.liftTests
    .filter((test) => test.channel === channel.name)
    .map((test) => liftTerm(test, channel));
  const onRoi = priors.effect.on === 'roi';
  const cost = channel.spend.reduce((sum, value) => sum + value, 0) / model.outcomeScale;
  const byTotal = !onRoi && effect.positive;
  const size = parameters.length + 1;
  const names = [...adstockParameters(channel.adstock.kind), ...saturationParameters(channel.saturation.kind)].map(
    (parameter) => channelParameter(channel.name, parameter),
  );
  const effectName = channelParameter(channel.name, onRoi ? 'roi' : 'beta');
  const slopes = new Float64Array(parameters.length);
  const own = new Float64Array(parameters.length);
  const point: ParameterPoint = { value: 0.5, slope: 0.5, logPrior: 0.5, logPriorSlope: 0.5 };
  const at = { beta: 0.5, effect: 0.5, effectSlope: 0.5, priorSlope: 0.5, betaByEffect: 0.5, total: 0.5 };

  return {
    size,
    response,
    at,
    start(random, position, offset, known) {
      parameters.forEach((parameter, p) => {
        response.parameters[p] = known[names[p]!] ?? samplePrior(curve[p]!, random);
        position[offset + p] = parameter.unconstrain(response.parameters[p]!);
      });
      const total = response.forward();
      const shift = byTotal ? Math.log(total) : 0;
      const brought = known[effectName] ?? samplePrior(priors.effect.prior, random);
      position[offset + size - 1] = effect.unconstrain(brought) + shift;
    },
    place(position, offset, gradient) {
      let logPrior = 0;
      for (let p = 0; p < parameters.length; p++) {
        parameters[p]!.place(position[offset + p]!, point);
        response.parameters[p] = point.value;
        slopes[p] = point.slope;
        logPrior += point.logPrior;
        gradient[offset + p] = point.logPriorSlope;
      }
      at.total = response.forward();
      effect.place(position[offset + size - 1]! - (byTotal ? Math.log(at.total) : 0), point);
      gradient[offset + size - 1] = point.logPriorSlope;
      at.priorSlope = point.logPriorSlope;
      at.effect = point.value;
      at.effectSlope = point.slope;
      at.betaByEffect = onRoi ? cost / at.total : 1;
      at.beta = at.effect * at.betaByEffect;
      return logPrior + point.logPrior;
    },
    pullBack(pull, offset, gradient) {
      const { beta, total, effectSlope, betaByEffect, priorSlope } = at;
      const { values } = response;
      own.fill(0);
      let logDensity = 0;
      let byBeta = 0;
      for (let t = 0; t < values.length; t++) byBeta += pull[t]! * values[t]!;
      for (let i = 0; i < lifts.length; i++) {
        logDensity += lifts[i]!.evaluate(response.parameters, beta, own);
        byBeta += lifts[i]!.slopes.beta;
      }
      const byCoordinate = byBeta * betaByEffect * effectSlope;
      // Where Σs is part of the coordinate, a stronger response lowers β, and by it what depends on β.
      const tie = onRoi ? (byBeta * beta) / total : byTotal ? (byCoordinate + priorSlope) / total : 0;
      response.backward(pull, beta, -tie, own);
      for (let p = 0; p < own.length; p++) gradient[offset + p]! += own[p]! * slopes[p]!;
      gradient[offset + size - 1]! += byCoordinate;
      return logDensity;
    },
  };
}
