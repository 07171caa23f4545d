import type { Random } from '../../../src/base/random';
import {
  adstockParameters,
  baselineParameter,
  channelParameter,
  saturationParameters,
  type MixModel,
} from '../../../src/stats/mix/model';
import { samplePrior } from '../../../src/stats/mix/priors';
import { adstockTransform } from '../../../src/stats/mix/transforms/adstock';
import { saturationTransform } from '../../../src/stats/mix/transforms/saturation';

/**
 * Draws every parameter from its prior, and from them an outcome and what each lift test would have measured: the model
 * with those, and the truth by name.
 */
export function drawFromPrior(model: MixModel, random: Random): { model: MixModel; truth: Record<string, number> } {
  const truth: Record<string, number> = {};
  const outcome = new Float64Array(model.outcome.length);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  let { liftTests } = model;
  for (const { name, media, spend, adstock, saturation, priors } of model.channels) {
    const lasting = priors.adstock.map((prior) => samplePrior(prior, random));
    const bending = priors.saturation.map((prior) => samplePrior(prior, random));
    const effect = samplePrior(priors.effect.prior, random);
    adstockParameters(adstock.kind).forEach((key, p) => (truth[channelParameter(name, key)] = lasting[p]!));
    saturationParameters(saturation.kind).forEach((key, p) => (truth[channelParameter(name, key)] = bending[p]!));
    const responseTo = (exposure: Float64Array): Float64Array => {
      const response = new Float64Array(exposure.length);
      adstockTransform(adstock).apply(exposure, lasting, response);
      saturationTransform(saturation.kind).apply(response.slice(), bending, response);
      return response;
    };
    const response = responseTo(media);
    const onRoi = priors.effect.on === 'roi';
    const beta = onRoi ? (effect * sum(spend)) / (model.outcomeScale * sum(response)) : effect;
    truth[channelParameter(name, 'beta')] = beta;
    if (onRoi) truth[channelParameter(name, 'roi')] = effect;
    response.forEach((value, t) => (outcome[t]! += beta * value));
    liftTests = liftTests.map((test) => {
      if (test.channel !== name) return test;
      const { from, to, until, standardError } = test;
      const without = responseTo(media.slice().fill(0, from, to));
      const lift = beta * (sum(response.slice(from, until)) - sum(without.slice(from, until)));
      return { ...test, outcome: lift + standardError * random.normal() };
    });
  }
  const sigma = samplePrior(model.sigmaPrior, random);
  truth['sigma'] = sigma;
  model.baseline.columns.forEach((column, j) => {
    const coefficient = Math.sqrt(model.baseline.variance[j]!) * random.normal();
    truth[baselineParameter(model.baseline.names[j]!)] = coefficient;
    column.forEach((value, t) => (outcome[t]! += coefficient * value));
  });
  outcome.forEach((value, t) => (outcome[t] = value + sigma * random.normal()));
  return { model: { ...model, outcome, liftTests }, truth };
}
