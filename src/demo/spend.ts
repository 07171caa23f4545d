import { seededRandom, type Random } from '../base/random';
import { samplePoisson } from '../stats/distributions/poisson';
import { dayOf, weekdayOf, type Day } from './calendar';
import { byChannel, type ByChannel } from './media';
import { channels, type Channel, type Parameters } from './parameters';

/** What one channel cost and delivered, a value a day; clicks are absent where nobody can click. */
export interface AdSeries {
  readonly planned: Float64Array;
  readonly spend: Float64Array;
  readonly impressions: Float64Array;
  readonly clicks: Float64Array | undefined;
}

/**
 * Plans and spends: search and social are always on, now low, now high, with waves of their own, display comes in blocks, radio in flights of
 * two weeks, leaflets in drops; a pause sets the plan to 0.
 */
export function simulateSpend(first: Day, days: number, parameters: Parameters): ByChannel<AdSeries> {
  return byChannel((channel) => {
    const random = seededRandom(parameters.seed + 100 + channels.indexOf(channel));
    const planned = plans[channel](first, days, parameters, random).map(cents);
    const spend = planned.map((value, t) => (isPaused(channel, first + t, parameters) ? 0 : value));
    const settings = parameters.spend[channel];
    const impressions = spend.map((value) =>
      samplePoisson(random, ((value * 1000) / settings.costPerThousand) * jitter(random, 0.1)),
    );
    const clicks =
      'costPerClick' in settings
        ? spend.map((value) => samplePoisson(random, (value / settings.costPerClick) * jitter(random, 0.15)))
        : undefined;
    return { planned, spend, impressions, clicks };
  });
}

export function isPaused(channel: Channel, day: Day, { pauses }: Parameters): boolean {
  return pauses.some((pause) => pause.channel === channel && day >= dayOf(pause.from) && day <= dayOf(pause.to));
}

const cents = (value: number): number => Math.round(value * 100) / 100;
/** A factor around 1 with this spread. */
const jitter = (random: Random, spread: number): number => Math.exp(spread * random.normal() - (spread * spread) / 2);

type Plan = (first: Day, days: number, parameters: Parameters, random: Random) => Float64Array;

const plans: Record<Channel, Plan> = {
  search(first, days, { spend: { search } }, random) {
    const wave = slowWave(days, search.noise, random);
    const pushing = blocks(days, [14, 35], [10, 28], random);
    return Float64Array.from(
      { length: days },
      (_, t) =>
        (pushing[t] ? search.burst : search.level) *
        wave[t]! *
        search.weekday[weekdayOf(first + t)]! *
        jitter(random, 0.15),
    );
  },
  social(_, days, { spend: { social } }, random) {
    const wave = slowWave(days, social.noise, random);
    const bursting = blocks(days, [10, 24], [18, 45], random);
    return Float64Array.from(
      { length: days },
      (_, t) => (bursting[t] ? social.burst : social.level) * wave[t]! * jitter(random, 0.15),
    );
  },
  display(_, days, { spend: { display } }, random) {
    const wave = slowWave(days, display.noise, random);
    const running = blocks(days, [28, 70], [14, 35], random);
    return Float64Array.from({ length: days }, (_, t) =>
      running[t] ? display.level * wave[t]! * jitter(random, 0.1) : 0,
    );
  },
  radio(first, days, { spend: { radio } }, random) {
    const running = blocks(days, [12, 14], [28, 60], random);
    return Float64Array.from({ length: days }, (_, t) =>
      running[t] && weekdayOf(first + t) < 6 ? radio.flight * jitter(random, radio.noise) : 0,
    );
  },
  leaflets(first, days, { spend: { leaflets } }, random) {
    const plan = new Float64Array(days);
    for (let t = 3 + random.integer(7); t < days; t += 21 + random.integer(28)) {
      const wednesday = t + ((2 - weekdayOf(first + t) + 7) % 7);
      if (wednesday < days) plan[wednesday] = leaflets.drop * jitter(random, leaflets.noise);
    }
    return plan;
  },
};

/** A mean-1 level that drifts over weeks: an autoregression of ten-day memory on the log scale. */
function slowWave(days: number, spread: number, random: Random): Float64Array {
  const memory = 0.9;
  let state = spread * random.normal();
  return Float64Array.from({ length: days }, () => {
    state = memory * state + Math.sqrt(1 - memory * memory) * spread * random.normal();
    return Math.exp(state - (spread * spread) / 2);
  });
}

/** Days on and off in turn, each block's length drawn between the two bounds; the first block is off. */
function blocks(
  days: number,
  on: readonly [number, number],
  off: readonly [number, number],
  random: Random,
): boolean[] {
  const running: boolean[] = [];
  for (let state = false; running.length < days; state = !state) {
    const [least, most] = state ? on : off;
    const length = least + random.integer(most - least + 1);
    for (let i = 0; i < length; i++) running.push(state);
  }
  return running;
}
