import { LevainError, type Problem } from '../../base/problem';
import { seededRandom } from '../../base/random';
import { zeros, type Matrix } from '../linear/matrix';
import { alsLoss, solveSide, type Penalty, type Side } from './als-side';
import { byItem } from './by-item';
import type { Interactions } from './interactions';
import { checkWhole } from './mining-options';

export interface AlsOptions {
  /** How many numbers describe a row and an item; a quarter of the items, at most 16, when not given. */
  readonly factors?: number;
  /** α > 0: how much a purchase is believed more than none, for each unit of its weight; 1 when not given. */
  readonly alpha?: number;
  /** λ > 0, 1 when not given. */
  readonly regularization?: number;
  /** The most rounds, 50 when not given. */
  readonly iterations?: number;
  /** It stops when a round lowers the loss by a smaller share; 1e-3 when not given, 0 for all rounds. */
  readonly tolerance?: number;
  /** Of the first factors; the same seed gives the same model. */
  readonly seed?: number;
  /** The items' first factors, factors × items, in place of random ones. */
  readonly start?: Matrix;
}

/** A fitted factorisation: the score of a row and an item is the inner product of their factors. */
export interface Als {
  readonly kind: 'als';
  readonly interactions: Interactions;
  /** factors × rows. */
  readonly rowFactors: Matrix;
  /** factors × items. */
  readonly itemFactors: Matrix;
  readonly alpha: number;
  readonly regularization: number;
  /** The loss after each round; it never rises. */
  readonly losses: Float64Array;
  readonly warnings: readonly Problem[];
}

/**
 * Matrix factorisation for purchases (implicit feedback): every row and item gets a few numbers such that their inner
 * product is near 1 where they met, the surer the larger the weight r, and near 0 elsewhere:
 *
 *     min Σ_ui (1 + α r_ui) (p_ui − x_uᵀy_i)² + λ (Σ |x_u|² + Σ |y_i|²),   p_ui = 1 where r_ui > 0, else 0
 *
 * Rows are solved exactly with the items fixed, then items with the rows fixed, by Cholesky. The loss has many minima that
 * differ a little; the seed chooses. Weights count in proportion: scale them up by ten and α down, and nothing changes.
 *
 * Source: Hu, Koren and Volinsky (2008), "Collaborative filtering for implicit feedback datasets", ICDM.
 *
 * @returns also warnings `many-factors`, `not-converged`, `nothing-learnt`
 * @throws LevainError `bad-parameter`, `bad-shape`, `bad-seed`
 * @example fitAls({ rows: [1, 2], items: ['jam', 'scone'], starts: [0, 2, 4], columns: [0, 1, 0, 1], weights: [1, 1, 1, 1] }, { factors: 1 }).rowFactors.columns // => 2
 */
export function fitAls(interactions: Interactions, options: AlsOptions = {}): Als {
  const { alpha = 1, regularization = 1, iterations = 50, tolerance = 1e-3, seed = 1 } = options;
  const { factors = Math.min(16, Math.ceil(interactions.items.length / 4)) } = options;
  checkWhole('number of factors', factors);
  checkWhole('number of rounds', iterations);
  checkPositive('alpha', alpha);
  checkPositive('regularization', regularization);
  const penalty: Penalty = { alpha, regularization };
  const { starts, columns, weights, rows, items } = interactions;
  const ofRows: Side = { starts, others: columns, weights };
  const turned = byItem(interactions);
  const ofItems: Side = { starts: turned.starts, others: turned.rows, weights: turned.weights };

  let itemFactors = options.start
    ? checkStart(options.start, factors, items.length)
    : drawn(factors, items.length, seed);
  let rowFactors = zeros(factors, rows.length);
  const losses: number[] = [];
  let settled = false;
  while (losses.length < iterations && !settled) {
    rowFactors = solveSide(ofRows, itemFactors, penalty);
    itemFactors = solveSide(ofItems, rowFactors, penalty);
    const loss = alsLoss(ofRows, rowFactors, itemFactors, penalty);
    settled = losses.length > 0 && losses.at(-1)! - loss < tolerance * loss;
    losses.push(loss);
  }
  const warnings = [
    ...factorsWarning(factors, rows.length, items.length),
    ...(settled || tolerance === 0 ? [] : [notConverged(iterations)]),
    ...vanishedWarning(itemFactors, regularization),
  ];
  return {
    kind: 'als',
    interactions,
    rowFactors,
    itemFactors,
    ...penalty,
    losses: Float64Array.from(losses),
    warnings,
  };
}

/** Small numbers: the first round sets their size. */
function drawn(factors: number, items: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const start = zeros(factors, items);
  for (let at = 0; at < start.values.length; at++) start.values[at] = 0.1 * random.normal();
  return start;
}

function checkStart(start: Matrix, factors: number, items: number): Matrix {
  if (start.rows === factors && start.columns === items) return start;
  const message = `The first factors must be ${factors} × ${items}; they are ${start.rows} × ${start.columns}.`;
  throw new LevainError({ code: 'bad-shape', message });
}

function checkPositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  const message = `The ${name} of a factorisation must be above 0; it is ${value}.`;
  throw new LevainError({ code: 'bad-parameter', message });
}

function factorsWarning(factors: number, rows: number, items: number): Problem[] {
  const most = Math.min(rows, items);
  if (factors < most) return [];
  const message = `${factors} factors can repeat all of ${rows} customers and ${items} products and need learn nothing.`;
  return [{ code: 'many-factors', message, hint: 'Ask for fewer: a half or a quarter of the products.' }];
}

function notConverged(iterations: number): Problem {
  const message = `The factors still moved after ${iterations} rounds.`;
  return { code: 'not-converged', message, hint: 'Give more iterations.' };
}

/** A penalty above what the data say pulls every factor to 0, and all scores with them. */
function vanishedWarning({ values }: Matrix, regularization: number): Problem[] {
  if (values.some((value) => Math.abs(value) > 1e-3)) return [];
  const message = `The regularization of ${regularization} leaves nothing of so few purchases: all scores are nearly 0.`;
  return [{ code: 'nothing-learnt', message, hint: 'Give a smaller regularization, or a longer history.' }];
}
