import type { Problem } from '../../../base/problem';
import { DEFAULT_CONFIDENCE, type Estimate } from '../../intervals/interval';
import type { PreparedMix } from '../data/prepare';
import { isoDate } from '../data/calendar';
import { diagnoseMix, type MixDiagnostics } from '../evaluate/diagnose';
import type { ForecastScore } from '../evaluate/rolling-origin';
import type { MixDraws } from '../model';
import { channelEffects } from '../results/contribution';
import { decompose } from '../results/decomposition';
import { drawTable } from '../results/draws';
import { posteriorEstimate } from '../results/interval';
import { periodOf, totalsOf } from '../results/period';
import { channelReturns } from '../results/returns';
import { certaintyOf, channelSentence, type Certainty } from './channel-sentence';
import { nextTest, type NextTest } from './next-test';
import { listed } from '../../../base/listed';
import { capital } from '../../../base/capital';
import { wordingOf, type Wording, type WordingOptions } from './wording';

export interface VerdictOptions extends WordingOptions {
  readonly confidence?: number;
  /** Of a holdout or rolling origin, where one was run. */
  readonly forecast?: ForecastScore;
}

/** What the data can and cannot tell, in sentences. */
export interface Verdict {
  /** How much came from media, and over which period. */
  readonly headline: string;
  /** One a channel, the surest first. */
  readonly channels: readonly { readonly name: string; readonly certainty: Certainty; readonly sentence: string }[];
  /** What cannot be told from these data. */
  readonly cannotTell: readonly string[];
  /** Reasons to doubt the fit itself; empty when there is none. */
  readonly doubts: readonly string[];
  /** The experiment that would settle most. */
  readonly experiment: (NextTest & { readonly sentence: string }) | undefined;
}

/**
 * Says in plain language what a fit can and cannot tell: what each channel brought, which channels it cannot separate,
 * what speaks against believing it, and which experiment would settle most.
 *
 * @throws LevainError `bad-parameter`, `too-few-values`, `unknown-parameter`
 */
export function verdictOf(prepared: PreparedMix, draws: MixDraws, options: VerdictOptions = {}): Verdict {
  const { confidence = DEFAULT_CONFIDENCE } = options;
  const { model, calendar } = prepared;
  const wording = wordingOf(options);
  const returns = channelReturns(model, draws, { confidence });
  const diagnostics = diagnoseMix(model, draws);
  const experiment = nextTest(model, draws, returns, calendar.frequency);
  const order: readonly Certainty[] = ['clear', 'rough', 'open'];
  const channels = returns
    .map((channel) => ({
      name: channel.name,
      certainty: certaintyOf(channel.contribution),
      sentence: capital(channelSentence(channel, wording)),
    }))
    .sort((a, b) => order.indexOf(a.certainty) - order.indexOf(b.certainty));
  return {
    headline: headlineOf(prepared, draws, confidence, wording),
    channels,
    cannotTell: [
      ...togetherSentences(prepared, draws, diagnostics, confidence, wording),
      ...openSentence(channels),
      ...prepared.warnings.map(({ message }: Problem) => message),
    ],
    doubts: doubtsOf(diagnostics, options.forecast, wording),
    experiment: experiment && { ...experiment, sentence: experimentSentence(experiment, wording) },
  };
}

/** The verdict as text, a paragraph a part.
 * @example verdictText({ headline: 'A.', channels: [], cannotTell: ['B.'], doubts: [], experiment: undefined }) // => 'A.\n\nWhat these data cannot tell: B.'
 */
export function verdictText({ headline, channels, cannotTell, doubts, experiment }: Verdict): string {
  const parts = [
    headline,
    ...channels.map(({ sentence }) => sentence),
    cannotTell.length > 0 ? `What these data cannot tell: ${cannotTell.join(' ')}` : '',
    doubts.length > 0 ? `Reasons to doubt the model: ${doubts.join(' ')}` : '',
    experiment?.sentence ?? '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function headlineOf(
  { model, calendar, outcomeName }: PreparedMix,
  draws: MixDraws,
  confidence: number,
  wording: Wording,
) {
  const { baseline, components } = decompose(model, draws, { confidence });
  const n = model.outcome.length;
  const period = `${isoDate(calendar.starts[0]!)} to ${isoDate(calendar.ends[n - 1]! - 1)}`;
  const all = model.outcome.reduce((sum, value) => sum + value, 0) * model.outcomeScale;
  const media = { value: 1 - baseline.share.value, lower: 1 - baseline.share.upper, upper: 1 - baseline.share.lower };
  const names = components.filter(({ kind }) => kind === 'channel').map(({ name }) => name);
  const range = `${wording.percent(media.lower)} to ${wording.percent(media.upper)}`;
  const total = wording.outcomeUnit
    ? `there were ${wording.outcome(all)}`
    : `${outcomeName} came to ${wording.outcome(all)}`;
  const rest =
    media.value < 1
      ? 'the rest would have come without them'
      : 'that is more than there was, so the model gives them too much and is not to be acted on';
  return `From ${period}, ${total}. ${capital(listed(names))} brought ${wording.percent(media.value)} (${wording.percent(confidence)} sure: ${range}); ${rest}.`;
}

function togetherSentences(
  { model }: PreparedMix,
  draws: MixDraws,
  { inseparable }: MixDiagnostics,
  confidence: number,
  { outcome, percent }: Wording,
): string[] {
  if (inseparable.length === 0) return [];
  const n = model.outcome.length;
  const totals = channelEffects(model, drawTable(model, draws)).map((effects) => totalsOf(effects, n, periodOf(n, {})));
  const totalOf = (name: string): Float64Array => totals[model.channels.findIndex((channel) => channel.name === name)]!;
  return inseparable.map(({ channels: [first, second] }) => {
    const other = totalOf(second);
    const both: Estimate = posteriorEstimate(
      totalOf(first).map((value, d) => value + other[d]!),
      confidence,
    );
    return `${capital(first)} and ${second} cannot be told apart; together they brought ${outcome(both.value)} (${percent(confidence)} sure: ${outcome(both.lower)} to ${outcome(both.upper)}).`;
  });
}

function openSentence(channels: Verdict['channels']): string[] {
  const open = channels.filter(({ certainty }) => certainty === 'open').map(({ name }) => name);
  return open.length > 0 ? [`How much ${listed(open)} brought is open: the interval runs from little to much.`] : [];
}

function experimentSentence({ channel, costOfNotKnowing }: NextTest, { outcome }: Wording): string {
  const how = `Switch ${channel} off, or double it, in half of your regions for four to eight weeks, and enter the difference as a lift test.`;
  if (costOfNotKnowing === 0)
    return `An experiment with ${channel} would settle most, since its effect is least known. ${how}`;
  return `An experiment with ${channel} would settle most: not knowing its effect costs about ${outcome(costOfNotKnowing)} a quarter. ${how}`;
}

/** The usual lines between a fit one may trust and one that needs a look. */
const LIMIT = { rhat: 1.01, samples: 400, durbinWatson: 1.2, vif: 10, tail: 0.05, negativeBaseline: 0.05 };

function doubtsOf(
  { convergence, quality, predictive, inflation, negativeBaseline }: MixDiagnostics,
  forecast: ForecastScore | undefined,
  { percent }: Wording,
): string[] {
  const doubts: string[] = [];
  const { rhat, worst, divergences } = convergence;
  const effectiveSamples = Math.min(convergence.bulkEss, convergence.tailEss);
  if (!(rhat <= LIMIT.rhat))
    doubts.push(`The chains do not agree on “${worst}” (R-hat ${rhat.toFixed(3)}): draw longer.`);
  if (!(effectiveSamples >= LIMIT.samples)) {
    doubts.push(`The draws are worth only ${Math.floor(effectiveSamples)} independent ones: draw longer.`);
  }
  if (divergences > 0) {
    const draws = divergences === 1 ? 'draw' : 'draws';
    doubts.push(`The sampler could not follow the posterior in ${divergences} ${draws}: tighter priors would help.`);
  }
  if (negativeBaseline > LIMIT.negativeBaseline) {
    doubts.push(
      `The baseline is below 0 with a probability of ${percent(negativeBaseline)}: media are given too much.`,
    );
  }
  if (quality.durbinWatson !== undefined && quality.durbinWatson < LIMIT.durbinWatson) {
    const value = quality.durbinWatson.toFixed(2);
    doubts.push(
      `Residuals follow each other (Durbin-Watson ${value}): something that moves slowly is missing, and intervals are too narrow.`,
    );
  }
  const odd = predictive
    .filter(({ p }) => p < LIMIT.tail || p > 1 - LIMIT.tail)
    .map(({ name, p }) => `${name} (p = ${p.toFixed(2)})`);
  if (odd.length > 0) doubts.push(`The model does not make data like these in: ${listed(odd)}.`);
  const mixed = inflation.filter(({ vif }) => vif !== undefined && vif > LIMIT.vif).map(({ channel }) => channel);
  if (mixed.length > 0)
    doubts.push(`${capital(listed(mixed))} can almost be made of the other columns (VIF above ${LIMIT.vif}).`);
  if (forecast && forecast.skill <= 0) {
    doubts.push('Rows not seen were forecast no better than without media.');
  }
  return doubts;
}
