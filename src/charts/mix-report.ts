import type * as Plot from '@observablehq/plot';
import { isoDate } from '../stats/mix/data/calendar';
import type { PreparedMix } from '../stats/mix/data/prepare';
import { priorDraws } from '../stats/mix/evaluate/prior-draws';
import type { MixDraws } from '../stats/mix/model';
import { adstockCurves, responseCurves as responseCurvesOf } from '../stats/mix/results/curves';
import { decompose, type Decomposition } from '../stats/mix/results/decomposition';
import { fittedValues } from '../stats/mix/results/fitted';
import { channelReturns, type ChannelReturn } from '../stats/mix/results/returns';
import { verdictOf, type VerdictOptions } from '../stats/mix/verdict/verdict';
import { wordingOf, type Wording } from '../stats/mix/verdict/wording';
import { channelColors, palette, type ColorScale } from './channel-colors';
import { decay } from './decay';
import { fitted } from './fitted';
import { intervals } from './intervals';
import { contributionFinding, fadingFinding, marginFinding, returnFinding, shareFinding } from './mix-findings';
import { responseCurves } from './response-curves';
import { shareComparison } from './share-comparison';
import { stackedArea } from './stacked-area';
import { waterfall } from './waterfall';

type Chart = ReturnType<typeof Plot.plot>;

/** A part of a report: a chart, or text in Markdown. */
export type ReportPart = Chart | { readonly markdown: string };

export interface ReportOptions extends VerdictOptions {
  /** From `channelColors`, so that a channel keeps its colour through the notebook. */
  readonly colors?: ColorScale;
}

/**
 * A mix model on one page: what advertising brought, channel by channel, how sure that is, how it fades and fills up, and
 * how well the model follows the data. Charts and Markdown, in the order they are read.
 *
 * @throws LevainError as the results it draws
 */
export function mixReport(prepared: PreparedMix, draws: MixDraws, options: ReportOptions = {}): readonly ReportPart[] {
  const { model } = prepared;
  const { colors = channelColors(model.channels.slice(0, palette.length).map(({ name }) => name)) } = options;
  const context: Context = {
    ...prepared,
    draws,
    options,
    colors,
    wording: wordingOf(options),
    caption: captionOf(prepared, draws),
  };
  const decomposition = decompose(model, draws);
  const returns = channelReturns(model, draws);
  return [
    { markdown: verdictMarkdown(prepared, draws, options) },
    contributions(context, decomposition),
    overTime(context, decomposition),
    ...(returns.some(({ roi }) => roi) ? [returnsChart(context, returns), shares(context, returns)] : []),
    curves(context, returns),
    fading(context),
    fitChart(context),
  ];
}

interface Context extends PreparedMix {
  readonly draws: MixDraws;
  readonly options: ReportOptions;
  readonly wording: Wording;
  readonly colors: ColorScale;
  readonly caption: string;
}

function captionOf({ calendar }: PreparedMix, draws: MixDraws): string {
  const rows = calendar.starts.length;
  const count = draws.chains.reduce((sum, { sampler }) => sum + sampler.draws, 0);
  const span = `${isoDate(calendar.starts[0]!)} to ${isoDate(calendar.ends[rows - 1]! - 1)}`;
  return `${rows} ${PERIODS[calendar.frequency]}, ${span}; 90 % intervals from ${count.toLocaleString('en')} draws`;
}

const PERIODS = { daily: 'days', weekly: 'weeks', monthly: 'months' } as const;
const PERIOD = { daily: 'day', weekly: 'week', monthly: 'month' } as const;

/** The verdict, as a page begins: the headline, a line a channel, and what speaks against believing it. */
function verdictMarkdown(prepared: PreparedMix, draws: MixDraws, options: ReportOptions): string {
  const { headline, channels, cannotTell, doubts, experiment } = verdictOf(prepared, draws, options);
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`### ${title}`, lines.map((line) => `- ${line}`).join('\n')] : [];
  return [
    headline,
    channels.map(({ sentence }) => `- ${sentence}`).join('\n'),
    ...list('What these data cannot tell', cannotTell),
    ...list('Reasons to doubt the model', doubts),
    ...list('What would settle most', experiment ? [experiment.sentence] : []),
  ].join('\n\n');
}

function contributions({ outcomeName, colors, caption, wording }: Context, decomposition: Decomposition): Chart {
  const { components, baseline } = decomposition;
  const channels = components.filter(({ kind }) => kind === 'channel');
  const steps = [baseline, ...channels].map(({ name, total }) => ({
    name,
    value: total.value,
    lower: total.lower,
    upper: total.upper,
  }));
  return waterfall(steps, {
    total: outcomeName,
    colors,
    title: contributionFinding(decomposition, outcomeName, wording),
    caption: `${caption}, at the end of each part`,
    xLabel: outcomeName,
  });
}

function overTime({ model, calendar, outcomeName, colors, caption }: Context, decomposition: Decomposition): Chart {
  const dates = Array.from(calendar.starts, (day) => new Date(day * DAY));
  const parts = [decomposition.baseline, ...decomposition.components.filter(({ kind }) => kind === 'channel')];
  const rows = parts.flatMap(({ name, band }) => dates.map((date, t) => ({ date, part: name, value: band.mean[t]! })));
  const actual = dates.map((date, t) => ({ date, value: model.outcome[t]! * model.outcomeScale }));
  return stackedArea(rows, {
    x: 'date',
    y: 'value',
    series: 'part',
    colors,
    actual: { rows: actual, y: 'value', label: 'actual' },
    yLabel: `${outcomeName} a ${PERIOD[calendar.frequency]}`,
    title: `Baseline and channels, ${PERIOD[calendar.frequency]} by ${PERIOD[calendar.frequency]}`,
    caption: `${caption.split(';')[0]}; means over the draws`,
  });
}

function returnsChart({ model, colors, caption, options, wording }: Context, returns: readonly ChannelReturn[]): Chart {
  const before = new Map(channelReturns(model, priorDraws(model)).map(({ name, roi }) => [name, roi]));
  const rows = returns.flatMap(({ name, roi }) => {
    const prior = before.get(name);
    if (!roi) return [];
    const { value, lower, upper } = roi;
    return [{ name, value, lower, upper, ...(prior && { prior: { lower: prior.lower, upper: prior.upper } }) }];
  });
  const { breakEven } = options;
  return intervals(rows, {
    colors,
    ...(breakEven !== undefined && { reference: { value: breakEven, label: 'pays for itself' } }),
    xLabel: `Brought for each ${wording.unit}`,
    title: returnFinding(returns, wording),
    caption: `${caption}; pale: what was believed before the data`,
  });
}

function shares({ colors, caption }: Context, returns: readonly ChannelReturn[]): Chart {
  const rows = returns.flatMap(({ name, spendShare, effectShare }) =>
    effectShare
      ? [
          {
            channel: name,
            spendShare,
            effectShare: effectShare.value,
            lower: effectShare.lower,
            upper: effectShare.upper,
          },
        ]
      : [],
  );
  return shareComparison(rows, { colors, title: shareFinding(returns), caption });
}

function curves(
  { model, draws, colors, calendar, outcomeName, caption, options, wording }: Context,
  returns: readonly ChannelReturn[],
): Chart {
  const all = responseCurvesOf(model, draws);
  const paid = all.filter(({ unit }) => unit === 'spend');
  const shown = paid.length > 0 ? paid : all;
  const period = PERIOD[calendar.frequency];
  const points = shown.flatMap(({ name, input, response }) =>
    Array.from(input, (spend, i) => ({
      channel: name,
      spend,
      response: response.mean[i]!,
      lower: response.lower[i]!,
      upper: response.upper[i]!,
    })),
  );
  return responseCurves(points, {
    colors,
    today: shown.map(({ name, today }) => ({ channel: name, spend: today.input, response: today.response.value })),
    seen: new Map(shown.map(({ name, highestSeen }) => [name, highestSeen])),
    xLabel:
      paid.length > 0 ? `Spend (${options.currency ? `${wording.unit}s ` : ''}a ${period})` : `Exposure a ${period}`,
    yLabel: `${outcomeName} brought a ${period}`,
    title: marginFinding(returns, wording),
    caption: `Dots: the average ${period} in which it ran. Dashed: more than was ever spent. ${caption}`,
  });
}

function fading({ model, draws, colors, calendar, caption }: Context): Chart {
  const curves = adstockCurves(model, draws);
  const rows = curves.flatMap(({ name, weights }) =>
    Array.from(weights.mean, (weight, lag) => ({
      channel: name,
      lag,
      weight,
      lower: weights.lower[lag]!,
      upper: weights.upper[lag]!,
    })),
  );
  return decay(rows, {
    colors,
    period: PERIODS[calendar.frequency],
    title: fadingFinding(curves, PERIOD[calendar.frequency]),
    caption: `Share of the effect by ${PERIOD[calendar.frequency]}. ${caption}`,
  });
}

function fitChart({ model, draws, calendar, outcomeName, caption }: Context): Chart {
  const { actual, predicted } = fittedValues(model, draws);
  const rows = Array.from(calendar.starts, (day, t) => ({
    date: new Date(day * DAY),
    actual: actual[t]!,
    fitted: predicted.mean[t]!,
    lower: predicted.lower[t]!,
    upper: predicted.upper[t]!,
  }));
  const inside = rows.filter((row) => row.actual >= row.lower && row.actual <= row.upper).length;
  return fitted(rows, {
    yLabel: `${outcomeName} a ${PERIOD[calendar.frequency]}`,
    title: `${inside} of ${rows.length} ${PERIODS[calendar.frequency]} lie where the model says 90 % should`,
    caption,
  });
}

const DAY = 86_400_000;
