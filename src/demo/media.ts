import { channels, type Channel, type Parameters } from './parameters';

export type ByChannel<T> = Record<Channel, T>;

/** One value a channel. */
export function byChannel<T>(of: (channel: Channel) => T): ByChannel<T> {
  return Object.fromEntries(channels.map((channel) => [channel, of(channel)])) as ByChannel<T>;
}

/** Normalised geometric adstock, aₜ = Σₗ θˡ xₜ₋ₗ / Σₗ θˡ for l = 0 … window − 1; spend before the first day is 0. */
export function adstock(spend: Float64Array, carryover: number, window: number): Float64Array {
  const weights = Float64Array.from({ length: window }, (_, lag) => carryover ** lag);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return spend.map((_, t) => {
    let carried = 0;
    for (let lag = 0; lag < window && lag <= t; lag++) carried += weights[lag]! * spend[t - lag]!;
    return carried / total;
  });
}

/** Expected sales a day that a channel brings: effect · a / (a + half). */
export function contribution(channel: Channel, spend: Float64Array, { media }: Parameters): Float64Array {
  const { carryover, half, effect } = media.channels[channel];
  return adstock(spend, carryover, media.window).map((carried) => (effect * carried) / (carried + half));
}
