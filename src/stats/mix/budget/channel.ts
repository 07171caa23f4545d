import { LevainError } from '../../../base/problem';
import {
  adstockParameters,
  channelParameter,
  saturationParameters,
  type Adstock,
  type MixDraws,
  type MixModel,
  type Saturation,
} from '../model';

/** What a fitted model knows of one paid channel: all that its response to future spend follows from. */
export interface PlannedChannel {
  readonly name: string;
  readonly adstock: Adstock;
  readonly saturation: Saturation;
  /** Draws of each parameter, in the order the transforms take them. */
  readonly adstockDraws: readonly Float64Array[];
  readonly saturationDraws: readonly Float64Array[];
  /** Draws of the coefficient, in the unit of the outcome: the most that a saturating channel brings in a row. */
  readonly effect: Float64Array;
  /** Scaled media as observed, one a row. */
  readonly media: Float64Array;
  /** Spend as observed, one a row. */
  readonly spend: Float64Array;
  /** Scaled media that a unit of spend buys, at the average price of the data. */
  readonly mediaPerSpend: number;
}

/**
 * The paid channels of a fitted model, ready to be planned with. Channels without spend are left out: no budget moves
 * them.
 *
 * @param draws of every chain; at most `most` of them are taken, evenly
 * @throws LevainError `no-spend` when no channel has any
 */
export function plannedChannels(model: MixModel, draws: MixDraws, most = 1000): PlannedChannel[] {
  const paid = model.channels.filter(({ spend }) => total(spend) > 0);
  if (paid.length === 0) {
    throw new LevainError({
      code: 'no-spend',
      message: 'No channel of the model has any spend, so there is no budget to plan.',
      hint: 'Give each paid channel its column of spend.',
    });
  }
  const column = (channel: string, parameter: string) => taken(draws, channelParameter(channel, parameter), most);
  return paid.map(({ name, adstock, saturation, media, spend }) => ({
    name,
    adstock,
    saturation,
    adstockDraws: adstockParameters(adstock.kind).map((parameter) => column(name, parameter)),
    saturationDraws: saturationParameters(saturation.kind).map((parameter) => column(name, parameter)),
    effect: column(name, 'beta').map((beta) => beta * model.outcomeScale),
    media,
    spend,
    mediaPerSpend: total(media) / total(spend),
  }));
}

/** What each channel spent in the last rows of the data: today's plan. */
export function recentSpend(channels: readonly PlannedChannel[], rows: number): Float64Array {
  return Float64Array.from(channels, ({ spend }) => total(spend.subarray(Math.max(0, spend.length - rows))));
}

/** The highest spend in any `rows` rows that follow each other. */
export function highestSpend(spend: Float64Array, rows: number): number {
  let sum = 0;
  let highest = 0;
  for (let t = 0; t < spend.length; t++) {
    sum += spend[t]! - (t >= rows ? spend[t - rows]! : 0);
    highest = Math.max(highest, sum);
  }
  return highest;
}

/** Draws of one parameter over all chains, one after the other, thinned evenly. */
function taken(draws: MixDraws, name: string, most: number): Float64Array {
  const columns = draws.chains.map((chain) => chain.columns[name]);
  if (columns.some((column) => column === undefined)) {
    throw new LevainError({
      code: 'unknown-parameter',
      message: `The draws have no ${name}: they belong to another model.`,
      subject: name,
    });
  }
  const all = Float64Array.from(columns.flatMap((column) => [...column!]));
  const count = Math.min(most, all.length);
  return Float64Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
