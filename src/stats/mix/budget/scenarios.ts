import { LevainError } from '../../../base/problem';
import { checkConfidence, DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import { posteriorEstimate } from '../results/interval';
import type { ResponseCurve } from './curve';

/** A plan with a name: what each channel spends over the period, in the order of the curves. */
export interface Scenario {
  readonly name: string;
  readonly spend: ArrayLike<number>;
}

/** What a scenario would bring, over the draws of the posterior. Intervals hold the truth with the given confidence. */
export interface ScenarioOutcome {
  readonly name: string;
  readonly spend: Float64Array;
  readonly totalSpend: number;
  readonly response: Estimate;
  /** Response more than that of the first scenario. */
  readonly gain: Estimate;
  /** Response a unit of spend; absent where nothing is spent. */
  readonly return: Estimate | undefined;
  /** The probability that it brings more than the first scenario; 0 for that one itself. */
  readonly beatsFirst: number;
  /** The probability that it brings more than all others; draws in which several do are shared. */
  readonly isBest: number;
  /** Channels that would spend more than the data have ever shown: there the curve is a guess. */
  readonly extrapolated: readonly string[];
}

/**
 * Puts plans side by side, the first (today's) as what the others are held against. Differences are taken draw by draw:
 * what the plans have in common, and do not know, cancels.
 *
 * The comparison is of response alone: where the plans spend different sums, look at the returns too.
 *
 * @param curves one a channel, all with the same draws
 * @param scenarios at least one
 * @throws LevainError `unequal-lengths`, `not-finite`, `bad-parameter`, `too-few-values`
 */
export function compareScenarios(
  curves: readonly ResponseCurve[],
  scenarios: readonly Scenario[],
  options: { confidence?: number } = {},
): ScenarioOutcome[] {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  if (scenarios.length === 0) {
    throw new LevainError({
      code: 'too-few-values',
      message: 'A comparison needs at least one scenario; there are 0.',
    });
  }
  const responses = scenarios.map((scenario) => responseDraws(curves, scenario));
  const best = sharesOfBest(responses);
  return scenarios.map(({ name, spend }, s) => {
    const amounts = Float64Array.from(spend);
    const totalSpend = amounts.reduce((total, value) => total + value, 0);
    const gains = responses[s]!.map((response, d) => response - responses[0]![d]!);
    return {
      name,
      spend: amounts,
      totalSpend,
      response: posteriorEstimate(responses[s]!, confidence),
      gain: posteriorEstimate(gains, confidence),
      return:
        totalSpend > 0
          ? posteriorEstimate(
              responses[s]!.map((value) => value / totalSpend),
              confidence,
            )
          : undefined,
      beatsFirst: gains.filter((gain) => gain > 0).length / gains.length,
      isBest: best[s]!,
      extrapolated: curves.filter((curve, c) => amounts[c]! > curve.highestSeen).map((curve) => curve.name),
    };
  });
}

/** The response to a plan in every draw. */
function responseDraws(curves: readonly ResponseCurve[], { name, spend }: Scenario): Float64Array {
  if (spend.length !== curves.length) {
    const message = `The scenario ${name} has ${spend.length} spends and there are ${curves.length} channels.`;
    throw new LevainError({ code: 'unequal-lengths', message, subject: name });
  }
  const total = new Float64Array(curves[0]?.draws ?? 0);
  const [response, slope] = [new Float64Array(total.length), new Float64Array(total.length)];
  for (const [c, curve] of curves.entries()) {
    if (!(spend[c]! >= 0 && spend[c]! < Infinity)) {
      const message = `The scenario ${name} spends ${spend[c]} in ${curve.name}; a spend is a number, 0 or more.`;
      throw new LevainError({ code: 'bad-parameter', message, subject: name });
    }
    curve.evaluate(spend[c]!, response, slope);
    for (let d = 0; d < total.length; d++) total[d]! += response[d]!;
  }
  return total;
}

function sharesOfBest(responses: readonly Float64Array[]): number[] {
  const shares = responses.map(() => 0);
  const draws = responses[0]!.length;
  for (let d = 0; d < draws; d++) {
    const highest = Math.max(...responses.map((response) => response[d]!));
    const winners = responses.flatMap((response, s) => (response[d] === highest ? [s] : []));
    for (const s of winners) shares[s]! += 1 / winners.length / draws;
  }
  return shares;
}
