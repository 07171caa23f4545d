import type { MixChannel, MixModel } from '../model';
import { adstockTransform } from '../transforms/adstock';
import { saturationTransform } from '../transforms/saturation';
import type { ChannelDrawTable, DrawTable } from './draws';

/** What one channel does in one draw, row by row, on the scale of the outcome in the model. */
export interface ChannelPath {
  /** β s(a_t). */
  readonly effect: Float64Array;
  /** β s(a_t − w₀ x_t): what would have come without the row's own exposure. */
  readonly carried: Float64Array;
  /** β s′(a_t) · a_t: the rise of the effect, a unit of relative increase of all exposure. */
  readonly rise: Float64Array;
}

/**
 * Replays a channel draw by draw. The path is the same object each time, overwritten; nothing is allocated.
 */
export function channelPath(channel: MixChannel, draws: ChannelDrawTable): (draw: number) => ChannelPath {
  const n = channel.media.length;
  const lasting = adstockTransform(channel.adstock);
  const curve = saturationTransform(channel.saturation.kind);
  const [a, slope] = [new Float64Array(n), new Float64Array(n)];
  const path = { effect: new Float64Array(n), carried: new Float64Array(n), rise: new Float64Array(n) };
  const unused = draws.saturation.map(() => new Float64Array(n));
  const impulse = new Float64Array(channel.adstock.maxLag);
  const weights = new Float64Array(channel.adstock.maxLag);
  impulse[0] = 1;
  return (draw) => {
    const { effect, carried, rise } = path;
    const toAdstock = draws.adstock.map((column) => column[draw]!);
    const toCurve = draws.saturation.map((column) => column[draw]!);
    const beta = draws.beta[draw]!;
    lasting.apply(impulse, toAdstock, weights);
    lasting.apply(channel.media, toAdstock, a);
    // Rounding may leave a hair less than nothing where only the row's own exposure works.
    for (let t = 0; t < n; t++) carried[t] = Math.max(0, a[t]! - weights[0]! * channel.media[t]!);
    curve.apply(carried, toCurve, carried);
    curve.applyWithTangents(a, toCurve, effect, slope, unused);
    for (let t = 0; t < n; t++) {
      effect[t]! *= beta;
      carried[t]! *= beta;
      rise[t] = beta * slope[t]! * a[t]!;
    }
    return path;
  };
}

/** Every channel's effect in every draw: one array a channel, draws × rows, in the outcome's unit. */
export function channelEffects(model: MixModel, draws: DrawTable): Float64Array[] {
  const n = model.outcome.length;
  return model.channels.map((channel, c) => {
    const path = channelPath(channel, draws.channels[c]!);
    const effects = new Float64Array(draws.count * n);
    for (let d = 0; d < draws.count; d++) {
      effects.set(path(d).effect, d * n);
    }
    return effects.map((value) => value * model.outcomeScale);
  });
}

/** Part of the baseline in every draw, draws × rows, in the outcome's unit: the columns that `which` takes. */
export function baselineEffects(model: MixModel, draws: DrawTable, which: (name: string) => boolean): Float64Array {
  const n = model.outcome.length;
  const effects = new Float64Array(draws.count * n);
  model.baseline.names.forEach((name, j) => {
    if (!which(name)) return;
    const column = model.baseline.columns[j]!;
    for (let d = 0; d < draws.count; d++) {
      const coefficient = draws.baseline[j]![d]! * model.outcomeScale;
      if (coefficient === 0) continue;
      for (let t = 0; t < n; t++) effects[d * n + t]! += coefficient * column[t]!;
    }
  });
  return effects;
}
