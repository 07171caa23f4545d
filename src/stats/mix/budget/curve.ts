import { LevainError } from '../../../base/problem';

/** What one channel brings for its spend over the planned period, in every draw of the posterior. */
export interface ResponseCurve {
  readonly name: string;
  /** How many draws it has; draw d of every channel must come from the same draw of the model. */
  readonly draws: number;
  /** The highest spend that the data show over a period as long as the plan's: beyond it the curve extrapolates. */
  readonly highestSeen: number;
  /** Writes, for each draw, the response to a spend (≥ 0, over the whole period) and its derivative. */
  evaluate(spend: number, response: Float64Array, slope: Float64Array): void;
}

/** A point of a curve averaged over its draws. */
export interface CurvePoint {
  readonly spend: number;
  readonly response: number;
  readonly slope: number;
}

/**
 * The average of a curve over its draws, as a function of spend. Expected response is what a plan is chosen by: the
 * average is taken of the curves, not of their parameters.
 *
 * @throws LevainError `not-finite` when the function is asked where a draw has no number
 */
export function averageOf(curve: ResponseCurve): (spend: number) => CurvePoint {
  const response = new Float64Array(curve.draws);
  const slope = new Float64Array(curve.draws);
  return (spend) => {
    curve.evaluate(spend, response, slope);
    let [sum, slopes] = [0, 0];
    for (let d = 0; d < curve.draws; d++) {
      sum += response[d]!;
      slopes += slope[d]!;
    }
    if (!Number.isFinite(sum) || !Number.isFinite(slopes)) throw notANumber(curve.name, spend, response, slope);
    return { spend, response: sum / curve.draws, slope: slopes / curve.draws };
  };
}

function notANumber(name: string, spend: number, response: Float64Array, slope: Float64Array): LevainError {
  const draw = response.findIndex((value, d) => !Number.isFinite(value) || !Number.isFinite(slope[d]!));
  const what = Number.isFinite(response[draw]!) ? 'slope' : 'response';
  return new LevainError({
    code: 'not-finite',
    message: `The ${what} of ${name} at a spend of ${spend} is ${what === 'slope' ? slope[draw] : response[draw]} in draw ${draw + 1}.`,
    hint: `Check the parameters of ${name}: a curve needs a number for every spend within its bounds.`,
    subject: name,
  });
}
