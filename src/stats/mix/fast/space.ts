import type { AdstockKind, MixModel, SaturationKind } from '../model';

/** From the lowest to the highest value that a search tries. */
export type Range = readonly [low: number, high: number];

/** What is searched: the parameters of all channels' transforms, in order, and last the logarithm of the penalty. */
export interface SearchSpace {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Of the ridge penalty on standardised columns, λ/s in glmnet's terms: from next to none to one that halves and halves. */
const PENALTY: Range = [1e-4, 10];

/** In rows and shares of rows; wide enough for any channel, without the ends where an adstock never or always lasts. */
const ADSTOCK: Record<AdstockKind, (maxLag: number) => readonly Range[]> = {
  none: () => [],
  geometric: () => [[0, 0.9]],
  delayed: (maxLag) => [
    [0.05, 0.9],
    [0, (maxLag - 1) / 2],
  ],
  'weibull-pdf': (maxLag) => [
    [0.5, 10],
    [0.5, Math.max(1, maxLag)],
  ],
  'weibull-cdf': (maxLag) => [
    [0.2, 2],
    [0.2, Math.max(0.5, maxLag / 2)],
  ],
  binomial: () => [[0.05, 0.9]],
};

/** For media whose largest value is 1. */
const SATURATION: Record<SaturationKind, readonly Range[]> = {
  none: [],
  logistic: [[0.2, 8]],
  hill: [
    [0.5, 3],
    [0.1, 1],
  ],
  'michaelis-menten': [[0.1, 4]],
  tanh: [[0.1, 4]],
};

/** The space of a model whose media are scaled to a largest value of 1. */
export function searchSpace(model: MixModel): SearchSpace {
  const ranges = model.channels.flatMap(({ adstock, saturation }) => [
    ...ADSTOCK[adstock.kind](adstock.maxLag),
    ...SATURATION[saturation.kind],
  ]);
  const all: Range[] = [...ranges, [Math.log(PENALTY[0]), Math.log(PENALTY[1])]];
  return { lower: Float64Array.from(all, ([low]) => low), upper: Float64Array.from(all, ([, high]) => high) };
}
