import { seededRandom } from '../../../base/random';
import {
  baselineParameter,
  channelParameter,
  parameterNames,
  type MixChannel,
  type MixDraws,
  type MixModel,
} from '../model';
import { adstockParameters, saturationParameters } from '../model';
import { samplePrior } from '../priors';
import { adstockTransform } from '../transforms/adstock';
import { saturationTransform } from '../transforms/saturation';

/**
 * Draws of all parameters from the priors alone, in the shape of a fit: what any result would be before the data spoke.
 * Lift tests are data and do not count here.
 *
 * @param count draws ≥ 1
 * @param seed the same seed gives the same draws
 */
export function priorDraws(model: MixModel, count = 1000, seed = 1): MixDraws {
  const random = seededRandom(seed);
  const columns: Record<string, Float64Array> = {};
  for (const name of parameterNames(model)) columns[name] = new Float64Array(count);
  for (const channel of model.channels) {
    const { name, priors } = channel;
    const total = totalResponse(channel);
    const money = channel.spend.reduce((sum, value) => sum + value, 0) / model.outcomeScale;
    for (let d = 0; d < count; d++) {
      const toAdstock = priors.adstock.map((prior) => samplePrior(prior, random));
      const toCurve = priors.saturation.map((prior) => samplePrior(prior, random));
      const effect = samplePrior(priors.effect.prior, random);
      adstockParameters(channel.adstock.kind).forEach((parameter, p) => {
        columns[channelParameter(name, parameter)]![d] = toAdstock[p]!;
      });
      saturationParameters(channel.saturation.kind).forEach((parameter, p) => {
        columns[channelParameter(name, parameter)]![d] = toCurve[p]!;
      });
      const onRoi = priors.effect.on === 'roi';
      columns[channelParameter(name, 'beta')]![d] = onRoi ? (effect * money) / total(toAdstock, toCurve) : effect;
      if (onRoi) columns[channelParameter(name, 'roi')]![d] = effect;
    }
  }
  for (let d = 0; d < count; d++) columns.sigma![d] = samplePrior(model.sigmaPrior, random);
  model.baseline.names.forEach((name, j) => {
    const scale = Math.sqrt(model.baseline.variance[j]!);
    const column = columns[baselineParameter(name)]!;
    for (let d = 0; d < count; d++) column[d] = scale * random.normal();
  });
  const sampler = {
    warmup: 0,
    draws: count,
    divergences: 0,
    treeDepthReached: 0,
    gradientEvaluations: 0,
    stepSize: 0,
    acceptance: 1,
    energy: new Float64Array(count),
  };
  return { parameters: parameterNames(model), chains: [{ seed, columns, sampler }] };
}

/** Σ s(a_t) as a function of a channel's parameters. */
function totalResponse(channel: MixChannel): (toAdstock: number[], toCurve: number[]) => number {
  const lasting = adstockTransform(channel.adstock);
  const curve = saturationTransform(channel.saturation.kind);
  const out = new Float64Array(channel.media.length);
  return (toAdstock, toCurve) => {
    lasting.apply(channel.media, toAdstock, out);
    curve.apply(out, toCurve, out);
    return out.reduce((sum, value) => sum + value, 0);
  };
}
