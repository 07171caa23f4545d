export { bars, barsOptions, type BarsOptions } from './bars';
export { channelColors, palette, type ColorScale } from './channel-colors';
export { decay, decayOptions, type DecayOptions, type DecayRow } from './decay';
export { fitted, fittedOptions, type FittedOptions, type FittedRow } from './fitted';
export { type Frame } from './frame';
export { intervals, intervalsOptions, type IntervalRow, type IntervalsOptions } from './intervals';
export {
  responseCurves,
  responseCurvesOptions,
  type ResponseCurvesOptions,
  type ResponsePoint,
} from './response-curves';
export { ruleScatter, ruleScatterOptions, type RuleRow, type RuleScatterOptions } from './rule-scatter';
export {
  shareComparison,
  shareComparisonOptions,
  type ShareComparisonOptions,
  type ShareRow,
} from './share-comparison';
export { shift, shiftOptions, type ShiftOptions, type ShiftRow } from './shift';
export { stackedArea, stackedAreaOptions, type StackedAreaOptions } from './stacked-area';
export { color, theme } from './theme';
export { ranks, ranksOptions, traces, tracesOptions, type Chains } from './traces';
export { trend, trendOptions, type TrendOptions } from './trend';
export { waterfall, waterfallOptions, type WaterfallOptions, type WaterfallStep } from './waterfall';
