import { LevainError } from '../../../base/problem';
import type { Frequency } from '../data/calendar';
import type { MixDraws, MixModel } from '../model';
import { quantile } from '../../summary/quantile';
import { crps } from './crps';
import { firstRows, predict, seasonalNaive, withoutMedia } from './forecast';

export interface RollingOptions {
  readonly frequency: Frequency;
  /** Fits a model: what is compared is as good as this is. */
  readonly fit: (model: MixModel) => Promise<MixDraws>;
  /** How often the past is cut and the next rows forecast; 1, a plain holdout, when not given. */
  readonly folds?: number;
  /** Rows forecast each time; a twelfth of all, at least 4, when not given. */
  readonly horizon?: number;
  readonly confidence?: number;
  readonly seed?: number;
}

/** Forecasts of rows not seen, scored by mean CRPS in the outcome's unit (less is better). */
export interface ForecastScore {
  readonly model: number;
  /** The same baseline, fitted without media. */
  readonly withoutMedia: number;
  readonly seasonalNaive: number;
  /** 1 − model / withoutMedia: the share of the error that knowing the media takes away; below 0 they did not help. */
  readonly skill: number;
  /** Share of the rows inside the model's predictive interval of the asked confidence. */
  readonly coverage: number;
}

export interface RollingOrigin {
  readonly folds: readonly (ForecastScore & {
    /** Rows [0, from) were fitted, rows [from, until) forecast. */
    readonly from: number;
    readonly until: number;
  })[];
  readonly overall: ForecastScore;
}

const SEASON: Record<Frequency, number> = { daily: 364, weekly: 52, monthly: 12 };

/**
 * Holdout (one fold) or rolling-origin evaluation: the model is fitted to the past alone and forecasts the rows after it,
 * beside the same model without media and a seasonal-naive forecast. Folds follow each other up to the last row.
 *
 * Source: Tashman (2000), "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16.
 *
 * @throws LevainError `too-few-rows` when less than half of the rows would be left to fit
 */
export async function rollingOrigin(model: MixModel, options: RollingOptions): Promise<RollingOrigin> {
  const n = model.outcome.length;
  const { folds = 1, horizon = Math.max(4, Math.round(n / 12)), frequency, fit, confidence = 0.9, seed = 1 } = options;
  if (!(Number.isInteger(folds) && folds >= 1 && Number.isInteger(horizon) && horizon >= 1)) {
    const message = `An evaluation takes whole numbers of folds and rows from 1 up; it got ${folds} and ${horizon}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  const first = n - folds * horizon;
  if (first < n / 2) {
    throw new LevainError({
      code: 'too-few-rows',
      message: `${folds} × ${horizon} of ${n} rows would be held out, which leaves fewer than half to fit.`,
      hint: 'Take fewer folds, or forecast fewer rows.',
    });
  }
  const scores: RollingOrigin['folds'][number][] = [];
  for (let fold = 0; fold < folds; fold++) {
    const [from, until] = [first + fold * horizon, first + (fold + 1) * horizon];
    scores.push({ from, until, ...(await scoreFold(model, from, until)) });
  }
  const average = (of: (score: ForecastScore) => number): number =>
    scores.reduce((sum, score) => sum + of(score), 0) / folds;
  return {
    folds: scores,
    overall: scored(
      average((score) => score.model),
      average((score) => score.withoutMedia),
      average((score) => score.seasonalNaive),
      average((score) => score.coverage),
    ),
  };

  async function scoreFold(model: MixModel, from: number, until: number): Promise<ForecastScore> {
    const outcome = model.outcome.map((value) => value * model.outcomeScale);
    const bare = withoutMedia(model);
    const full = predict(model, await fit(firstRows(model, from)), from, until, seed);
    const plain = predict(bare, await fit(firstRows(bare, from)), from, until, seed);
    const naive = seasonalNaive(outcome.slice(0, from), SEASON[frequency], until - from);
    const mean = (forecast: readonly Float64Array[]): number =>
      forecast.reduce((sum, draws, i) => sum + crps(draws, outcome[from + i]!), 0) / forecast.length;
    const tail = (1 - confidence) / 2;
    const inside = full.filter((draws, i) => {
      const actual = outcome[from + i]!;
      return quantile(draws, tail) <= actual && actual <= quantile(draws, 1 - tail);
    });
    return scored(mean(full), mean(plain), mean(naive), inside.length / full.length);
  }
}

function scored(model: number, withoutMedia: number, seasonalNaive: number, coverage: number): ForecastScore {
  return { model, withoutMedia, seasonalNaive, coverage, skill: withoutMedia > 0 ? 1 - model / withoutMedia : 0 };
}
