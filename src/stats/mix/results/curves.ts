import { LevainError } from '../../../base/problem';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import type { MixChannel, MixDraws, MixModel } from '../model';
import { adstockTransform } from '../transforms/adstock';
import { saturationTransform } from '../transforms/saturation';
import { drawTable, type DrawTable } from './draws';
import { bandOf, posteriorEstimate, type Band } from './interval';
import type { ResultOptions } from './period';

/** What a channel brings a row, by what it gets a row, in the long run. */
export interface ResponseCurve {
  readonly name: string;
  /** Money a row, from 0; exposure for an organic channel. */
  readonly input: Float64Array;
  readonly unit: 'spend' | 'exposure';
  /** Outcome a row. */
  readonly response: Band;
  /** What it gets on average in the rows in which it ran, and the response there. */
  readonly today: { readonly input: number; readonly response: Estimate };
  /** The most it ever got: what lies to the right has never been seen. */
  readonly highestSeen: number;
}

/** How an exposure is spread over the rows after it. */
export interface AdstockCurve {
  readonly name: string;
  /** Share of the whole effect by lag, from 0. */
  readonly weights: Band;
  /** Mean lag in rows, Σ l·w_l. */
  readonly meanLag: Estimate;
}

/** Points of a response curve, and how far past the highest row it is drawn. */
const POINTS = 60;
const REACH = 1.5;

/**
 * Response curves in the steady state: a channel that gets x in every row brings β s(x / scale) in every row, since its
 * normalised adstock keeps the level. Money becomes exposure at the average price of the data.
 *
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function responseCurves(model: MixModel, draws: MixDraws, options: ResultOptions = {}): ResponseCurve[] {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const table = drawTable(model, draws);
  return model.channels.map((channel, c) => responseCurve(model, channel, table, c, confidence));
}

function responseCurve(
  model: MixModel,
  channel: MixChannel,
  table: DrawTable,
  c: number,
  confidence: number,
): ResponseCurve {
  const { name, media, mediaScale, spend } = channel;
  const paid = spend.some((value) => value > 0);
  const bought = paid ? spend : media.map((value) => value * mediaScale);
  const highestSeen = bought.reduce((most, value) => Math.max(most, value), 0);
  const ran = bought.filter((value) => value > 0);
  const today = ran.reduce((sum, value) => sum + value, 0) / ran.length;
  const perInput = sum(media) / sum(bought);
  // The last point is where it stands today, so that one pass gives the curve and the mark on it.
  const input = Float64Array.from({ length: POINTS + 1 }, (_, i) =>
    i < POINTS ? (REACH * highestSeen * i) / (POINTS - 1) : today,
  );
  const scaled = input.map((value) => value * perInput);
  const curve = saturationTransform(channel.saturation.kind);
  const { saturation, beta } = table.channels[c]!;
  const out = new Float64Array(POINTS + 1);
  const responses = new Float64Array(table.count * POINTS);
  const atToday = new Float64Array(table.count);
  for (let d = 0; d < table.count; d++) {
    const at = saturation.map((column) => column[d]!);
    const effect = beta[d]! * model.outcomeScale;
    curve.apply(scaled, at, out);
    for (let i = 0; i < POINTS; i++) responses[d * POINTS + i] = effect * out[i]!;
    atToday[d] = effect * out[POINTS]!;
  }
  return {
    name,
    input: input.slice(0, POINTS),
    unit: paid ? 'spend' : 'exposure',
    response: bandOf(responses, POINTS, confidence),
    today: { input: today, response: posteriorEstimate(atToday, confidence) },
    highestSeen,
  };
}

/**
 * Adstock weights by lag with intervals, and the mean lag.
 *
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function adstockCurves(model: MixModel, draws: MixDraws, options: ResultOptions = {}): AdstockCurve[] {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const table = drawTable(model, draws);
  return model.channels.map(({ name, adstock }, c) => {
    const lags = adstock.maxLag;
    const transform = adstockTransform(adstock);
    const impulse = new Float64Array(lags);
    impulse[0] = 1;
    const weights = new Float64Array(table.count * lags);
    const meanLag = new Float64Array(table.count);
    for (let d = 0; d < table.count; d++) {
      const own = weights.subarray(d * lags, (d + 1) * lags);
      transform.apply(
        impulse,
        table.channels[c]!.adstock.map((column) => column[d]!),
        own,
      );
      meanLag[d] = own.reduce((total, weight, lag) => total + lag * weight, 0);
    }
    return { name, weights: bandOf(weights, lags, confidence), meanLag: posteriorEstimate(meanLag, confidence) };
  });
}

function sum(values: Float64Array): number {
  const total = values.reduce((all, value) => all + value, 0);
  if (total > 0) return total;
  throw new LevainError({ code: 'no-media', message: 'A channel without media has no response curve.' });
}
