import { LevainError } from '../../../base/problem';
import { adstockTransform } from '../transforms/adstock';
import { saturationTransform } from '../transforms/saturation';
import { highestSpend, type PlannedChannel } from './channel';
import type { ResponseCurve } from './curve';

/** At no spend a curve may rise without bound; its slope is taken at this share of the highest spend seen. */
const FIRST_UNITS = 1e-6;

/**
 * A channel's response in the long run, when it spends the same in every row: `rows` · β s(x / rows), x the spend over all
 * rows. What carries over from row to row is then as much as what carries in.
 *
 * @param rows how many rows the plan lasts, at least 1
 */
export function steadyCurve(channel: PlannedChannel, rows: number): ResponseCurve {
  checkRows(rows);
  const draws = channel.effect.length;
  return curveOf(channel, {
    rows,
    gain: new Float64Array(draws).fill(channel.mediaPerSpend / rows),
    carried: new Float64Array(draws),
    width: 1,
    repeats: rows,
  });
}

/**
 * A channel's response to a calendar: a spend x is laid out over the coming rows by `shares`, on top of what still works
 * of the media already seen (carry-in), and counted until the last of it has worked (carry-out):
 *
 *     R(x) = Σ_t β [ s(carry_t + x g_t) − s(carry_t) ],   t from the first planned row to the last plus maxLag − 1
 *
 * with g the adstocked shares. It is what the plan adds: media already paid for counts for no plan.
 *
 * @param shares of the spend, one a planned row, ≥ 0 and adding up to 1
 * @throws LevainError `bad-parameter`
 */
export function calendarCurve(channel: PlannedChannel, shares: ArrayLike<number>): ResponseCurve {
  checkShares(channel.name, shares);
  const draws = channel.effect.length;
  const transform = adstockTransform(channel.adstock);
  const lags = channel.adstock.maxLag - 1;
  const width = shares.length + lags;
  const history = Math.min(lags, channel.media.length);
  const media = new Float64Array(history + width);
  const planned = new Float64Array(width);
  media.set(channel.media.subarray(channel.media.length - history));
  for (let t = 0; t < shares.length; t++) planned[t] = shares[t]! * channel.mediaPerSpend;
  const gain = new Float64Array(draws * width);
  const carried = new Float64Array(draws * width);
  const past = new Float64Array(media.length);
  for (let d = 0; d < draws; d++) {
    const parameters = channel.adstockDraws.map((column) => column[d]!);
    transform.apply(planned, parameters, gain.subarray(d * width, (d + 1) * width));
    transform.apply(media, parameters, past);
    carried.set(past.subarray(history), d * width);
  }
  return curveOf(channel, { rows: shares.length, gain, carried, width, repeats: 1 });
}

/** Adstocked media of a plan: carried + gain · spend, `width` rows a draw, each counted `repeats` times. */
interface Layout {
  readonly rows: number;
  readonly gain: Float64Array;
  readonly carried: Float64Array;
  readonly width: number;
  readonly repeats: number;
}

function curveOf(channel: PlannedChannel, { rows, gain, carried, width, repeats }: Layout): ResponseCurve {
  const draws = channel.effect.length;
  const saturation = saturationTransform(channel.saturation.kind);
  const parameters = Array.from({ length: draws }, (_, d) => channel.saturationDraws.map((column) => column[d]!));
  const highestSeen = highestSpend(channel.spend, rows);
  const [input, out, slopes] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const unused = channel.saturationDraws.map(() => new Float64Array(width));
  const already = Float64Array.from({ length: draws }, (_, d) => {
    saturation.apply(carried.subarray(d * width, (d + 1) * width), parameters[d]!, out);
    return out.reduce((sum, value) => sum + value, 0);
  });

  const evaluate = (spend: number, response: Float64Array, slope: Float64Array): void => {
    for (let d = 0; d < draws; d++) {
      const first = d * width;
      for (let t = 0; t < width; t++) input[t] = carried[first + t]! + spend * gain[first + t]!;
      saturation.applyWithTangents(input, parameters[d]!, out, slopes, unused);
      let [sum, rise] = [0, 0];
      for (let t = 0; t < width; t++) {
        sum += out[t]!;
        rise += slopes[t]! * gain[first + t]!;
      }
      response[d] = repeats * channel.effect[d]! * (sum - already[d]!);
      slope[d] = repeats * channel.effect[d]! * rise;
    }
  };
  return {
    name: channel.name,
    draws,
    highestSeen,
    evaluate(spend, response, slope) {
      evaluate(spend === 0 ? FIRST_UNITS * highestSeen : spend, response, slope);
      if (spend === 0) response.fill(0);
    },
  };
}

function checkRows(rows: number): void {
  if (Number.isInteger(rows) && rows >= 1) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `A plan lasts a whole number of rows, at least 1; not ${rows}.`,
  });
}

function checkShares(name: string, shares: ArrayLike<number>): void {
  checkRows(shares.length);
  let sum = 0;
  for (let t = 0; t < shares.length; t++) {
    if (!(shares[t]! >= 0 && shares[t]! <= 1)) {
      throw new LevainError({
        code: 'bad-parameter',
        message: `The share of ${name} in row ${t + 1} of the calendar is ${shares[t]}; it must be from 0 to 1.`,
        subject: name,
      });
    }
    sum += shares[t]!;
  }
  if (Math.abs(sum - 1) <= 1e-9) return;
  throw new LevainError({
    code: 'bad-parameter',
    message: `The shares of ${name} in the calendar add up to ${sum}; they must add up to 1.`,
    hint: 'Divide each by their sum.',
    subject: name,
  });
}
