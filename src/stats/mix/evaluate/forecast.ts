import { channelParameter, type MixDraws, type MixModel } from '../model';
import { drawTable } from '../results/draws';
import { fittedDraws, withNoise } from '../results/fitted';

/** The model of the first rows alone, on the same scale. Channels without media there, and tests not yet over, are left out. */
export function firstRows(model: MixModel, rows: number): MixModel {
  const channels = model.channels
    .map((channel) => ({ ...channel, media: channel.media.slice(0, rows), spend: channel.spend.slice(0, rows) }))
    .filter(({ media }) => media.some((value) => value > 0));
  const names = new Set(channels.map(({ name }) => name));
  return {
    ...model,
    outcome: model.outcome.slice(0, rows),
    baseline: { ...model.baseline, columns: model.baseline.columns.map((column) => column.slice(0, rows)) },
    channels,
    liftTests: model.liftTests.filter(({ until, channel }) => until <= rows && names.has(channel)),
  };
}

/** The model without any media: what it must beat. */
export function withoutMedia(model: MixModel): MixModel {
  return { ...model, channels: [], liftTests: [] };
}

/**
 * Predictive draws of the rows [from, until), from a fit of earlier rows: baseline columns and media of all rows are
 * taken as known, as they are for a plan.
 *
 * @param model of all rows
 * @param draws of {@link firstRows}
 * @returns one array a row
 */
export function predict(model: MixModel, draws: MixDraws, from: number, until: number, seed: number): Float64Array[] {
  const drawn = new Set(draws.parameters);
  const known = model.channels.filter(({ name }) => drawn.has(channelParameter(name, 'beta')));
  const fitted: MixModel = { ...model, channels: known };
  const table = drawTable(fitted, draws);
  const n = model.outcome.length;
  const made = withNoise(fittedDraws(fitted, table), fitted, table, seed);
  return Array.from({ length: until - from }, (_, i) =>
    Float64Array.from({ length: table.count }, (_, d) => made[d * n + from + i]!),
  );
}

/**
 * The seasonal-naive forecast: the value one season earlier, with the errors that this rule made before as its spread.
 * Where the past is shorter than a season and some, the season is one row: the last value.
 *
 * @param past the rows before the first to be forecast
 * @param season rows a season: 52 for weeks, 364 for days, 12 for months
 * @returns one array of draws a row
 */
export function seasonalNaive(past: Float64Array, season: number, rows: number): Float64Array[] {
  const lag = past.length >= season + Math.min(season, 8) ? season : 1;
  const errors = past.slice(lag).map((value, t) => value - past[t]!);
  return Array.from({ length: rows }, (_, i) => {
    const base = past[past.length - lag + (i % lag)]!;
    return errors.map((error) => base + error);
  });
}
