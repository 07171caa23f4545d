import { LevainError } from '../../../base/problem';
import type { ResponseCurve } from './curve';

/** The least and the most that a channel may spend over the planned period. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Curves and bounds that a plan can be made from, one pair a channel. */
export function checkChannels(curves: readonly ResponseCurve[], bounds: readonly Bounds[]): void {
  if (curves.length === 0) {
    throw new LevainError({ code: 'too-few-values', message: 'A plan needs at least one channel; there are 0.' });
  }
  if (curves.length !== bounds.length) {
    const message = `There are ${curves.length} channels and ${bounds.length} pairs of bounds: give one pair a channel.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  const odd = curves.find((curve) => curve.draws !== curves[0]!.draws || curve.draws < 1);
  if (odd) {
    throw new LevainError({
      code: 'unequal-lengths',
      message: `${odd.name} has ${odd.draws} draws and ${curves[0]!.name} ${curves[0]!.draws}: draws must belong together.`,
      subject: odd.name,
    });
  }
  for (const [c, { lower, upper }] of bounds.entries()) {
    if (lower >= 0 && lower <= upper && upper < Infinity) continue;
    throw new LevainError({
      code: 'infeasible-bounds',
      message: `${curves[c]!.name} may spend from ${lower} to ${upper}: that is no range of spend.`,
      hint: 'The lower bound must be 0 or more, and the upper one a number that is not below it.',
      subject: curves[c]!.name,
    });
  }
}

/** A budget that is a number. */
export function checkBudget(budget: number): void {
  if (budget >= 0 && budget < Infinity) return;
  throw new LevainError({ code: 'bad-parameter', message: `A budget must be a number, 0 or more; it is ${budget}.` });
}

/** A budget that the bounds can hold. */
export function checkFits(budget: number, bounds: readonly Bounds[]): void {
  const least = bounds.reduce((total, { lower }) => total + lower, 0);
  const most = bounds.reduce((total, { upper }) => total + upper, 0);
  const rounding = 1e-12 * most;
  if (budget < least - rounding) {
    throw new LevainError({
      code: 'infeasible-budget',
      message: `The budget is ${budget}, but the least that the channels must spend adds up to ${least}.`,
      hint: `Lower the channels' minimums or plan with at least ${least}.`,
    });
  }
  if (budget > most + rounding) {
    throw new LevainError({
      code: 'infeasible-budget',
      message: `The budget is ${budget}, but the most that the channels may spend adds up to ${most}.`,
      hint: `Raise the channels' maximums or plan with at most ${most}.`,
    });
  }
}

/** A target return or price that means something. */
export function checkTarget(what: string, target: number): void {
  if (target > 0 && target < Infinity) return;
  throw new LevainError({ code: 'bad-parameter', message: `${what} must be a number above 0; it is ${target}.` });
}
