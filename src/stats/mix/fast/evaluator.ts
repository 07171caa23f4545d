import type { MixModel } from '../model';
import { adstockTransform } from '../transforms/adstock';
import { saturationTransform } from '../transforms/saturation';
import { emptyMoments, updateFirst, updateRow, type Moments } from './moments';
import { signSolver, type Sign } from './sign-solver';

/**
 * Judges candidates: transforms of all channels and a penalty. One is made once, with all its memory, and used ten thousand
 * times; what it holds is that of the last candidate.
 */
export interface Evaluator {
  /** Takes an outcome, centred, in place of the last. */
  setOutcome(outcome: Float64Array): void;
  /** Transforms the media by a point of the search space. */
  setCandidate(point: ArrayLike<number>): void;
  /**
   * Fits a ridge on the rows before each fold and foretells it, then fits all rows.
   *
   * @returns the root mean squared error over the folds' rows, in the unit of the outcome; ∞ when a fit has no answer
   */
  score(): number;
  /** Of the fit to all rows: a coefficient for each of `columns`. */
  readonly coefficients: Float64Array;
  /** The sum of squared residuals of the fit to all rows. */
  squares(): number;
  /** Baseline columns that vary, centred; then the channels' transformed media. */
  readonly columns: readonly Float64Array[];
}

/**
 * @param fixed baseline columns, centred, none constant
 * @param edges of the folds
 */
export function createEvaluator(model: MixModel, fixed: readonly Float64Array[], edges: readonly number[]): Evaluator {
  const rows = model.outcome.length;
  const transforms = model.channels.map(({ media, adstock, saturation }) => ({
    media,
    adstock: adstockTransform(adstock),
    saturation: saturationTransform(saturation.kind),
    // Far from the first lags of the window an adstock may be all but over: both small arrays are filled per candidate.
    adstockParameters: new Float64Array(adstockTransform(adstock).parameters.length),
    saturationParameters: new Float64Array(saturationTransform(saturation.kind).parameters.length),
  }));
  const columns = [new Float64Array(rows), ...fixed, ...transforms.map(() => new Float64Array(rows))];
  const firstChannel = 1 + fixed.length;
  const moments = emptyMoments(columns.length, edges);
  for (let i = 1; i < firstChannel; i++) updateRow(moments, columns, i);

  const signs = columns.slice(1).map((_, i): Sign => (i < fixed.length ? 0 : 1));
  const fits = edges.slice(1).map(() => createFit(signs));
  const adstocked = new Float64Array(rows);
  let penalty = 0;

  return {
    columns: columns.slice(1),
    coefficients: fits.at(-1)!.coefficients,
    setOutcome(outcome) {
      columns[0]!.set(outcome);
      updateFirst(moments, columns);
    },
    setCandidate(point) {
      let at = 0;
      for (let c = 0; c < transforms.length; c++) {
        const { media, adstock, saturation, adstockParameters, saturationParameters } = transforms[c]!;
        const column = columns[firstChannel + c]!;
        for (let k = 0; k < adstockParameters.length; k++) adstockParameters[k] = point[at++]!;
        for (let k = 0; k < saturationParameters.length; k++) saturationParameters[k] = point[at++]!;
        adstock.apply(media, adstockParameters, adstocked);
        saturation.apply(adstocked, saturationParameters, column);
        updateRow(moments, columns, firstChannel + c);
      }
      penalty = Math.exp(point[at]!);
    },
    score() {
      let squares = 0;
      for (let k = 0; k < fits.length; k++) {
        const fit = fits[k]!;
        fit.train(moments, k + 1);
        if (!fit.solve(penalty)) return Infinity;
        if (k + 1 < fits.length) squares += fit.squaresIn(moments, k + 1);
      }
      return Math.sqrt(squares / (rows - edges[1]!));
    },
    squares() {
      let squares = 0;
      for (let s = 0; s < moments.sums.length; s++) squares += fits.at(-1)!.squaresIn(moments, s);
      return squares;
    },
  };
}

interface Fit {
  readonly coefficients: Float64Array;
  /** Takes the moments of the first so many stretches. */
  train(moments: Moments, stretches: number): void;
  solve(penalty: number): boolean;
  /** Squared errors in one stretch. */
  squaresIn(moments: Moments, stretch: number): number;
}

/** A ridge from moments: column 0 is the outcome, and each fit keeps its own active set from candidate to candidate. */
function createFit(signs: readonly Sign[]): Fit {
  const p = signs.length;
  const size = p + 1;
  const solver = signSolver(signs);
  const sums = new Float64Array(size);
  const products = new Float64Array(size * size);
  /** One over the standard deviation of each column; 0 where it does not vary. */
  const inverse = new Float64Array(size);
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  const coefficients = new Float64Array(p);
  let rows = 0;
  let intercept = 0;

  return {
    coefficients,
    train(moments, stretches) {
      rows = moments.edges[stretches]!;
      sums.set(moments.sums[0]!);
      products.set(moments.products[0]!);
      for (let s = 1; s < stretches; s++) {
        const more = moments.sums[s]!;
        const others = moments.products[s]!;
        for (let i = 0; i < size; i++) {
          sums[i]! += more[i]!;
          for (let j = 0; j <= i; j++) products[i * size + j]! += others[i * size + j]!;
        }
      }
    },
    solve(penalty) {
      const share = 1 / rows;
      for (let i = 1; i < size; i++) {
        const squares = products[i * size + i]!;
        const variance = share * (squares - share * sums[i]! * sums[i]!);
        // What varies less than rounding does not vary: an event that has not happened yet has no coefficient.
        const scale = variance > 1e-12 * share * squares ? 1 / Math.sqrt(variance) : 0;
        const own = share * scale;
        const level = share * sums[i]!;
        inverse[i] = scale;
        right[i - 1] = own * (products[i * size]! - level * sums[0]!);
        for (let j = 1; j < i; j++) {
          const value = own * inverse[j]! * (products[i * size + j]! - level * sums[j]!);
          gram[(i - 1) * p + j - 1] = value;
          gram[(j - 1) * p + i - 1] = value;
        }
        gram[(i - 1) * p + i - 1] = 1;
      }
      if (!solver.solve(gram, right, penalty, coefficients)) return false;
      let explained = 0;
      for (let i = 1; i < size; i++) {
        const b = coefficients[i - 1]! * inverse[i]!;
        coefficients[i - 1] = b;
        explained += b * sums[i]!;
      }
      intercept = (sums[0]! - explained) / rows;
      return true;
    },
    squaresIn(moments, stretch) {
      const total = moments.sums[stretch]!;
      const cross = moments.products[stretch]!;
      const n = moments.edges[stretch + 1]! - moments.edges[stretch]!;
      let squares = cross[0]! - 2 * intercept * total[0]! + n * intercept * intercept;
      for (let i = 1; i < size; i++) {
        const b = coefficients[i - 1]!;
        if (b === 0) continue;
        let row = 2 * (intercept * total[i]! - cross[i * size]!) + b * cross[i * size + i]!;
        for (let j = 1; j < i; j++) row += 2 * coefficients[j - 1]! * cross[i * size + j]!;
        squares += b * row;
      }
      // Differences of sums may round to a little below nothing.
      return Math.max(0, squares);
    },
  };
}
