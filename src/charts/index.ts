export { aliveMatrix, aliveMatrixOptions, type AliveMatrixOptions } from './alive-matrix';
export { audienceOverlap, audienceOverlapOptions } from './audience-overlap';
export { bars, barsOptions, type BarsOptions } from './bars';
export { calibration, calibrationOptions, type CalibrationOptions } from './calibration';
export { channelColors, palette, type ColorScale } from './channel-colors';
export { clusterCounts, clusterCountsOptions, type ClusterCountsOptions } from './cluster-counts';
export { clusterProfile, clusterProfileOptions, type ClusterProfileOptions } from './cluster-profile';
export { cohorts, cohortsOptions, type CohortRow, type CohortsOptions } from './cohorts';
export { decay, decayOptions, type DecayOptions, type DecayRow } from './decay';
export { dendrogram, dendrogramOptions, type DendrogramOptions } from './dendrogram';
export { fitted, fittedOptions, type FittedOptions, type FittedRow } from './fitted';
export { type Frame } from './frame';
export { gains, gainsOptions, type GainsOptions } from './gains';
export { intervals, intervalsOptions, type IntervalRow, type IntervalsOptions } from './intervals';
export { type JudgedCurve, type JudgedCurveOptions } from './judged-curve';
export { precisionRecall, precisionRecallOptions } from './precision-recall';
export {
  responseCurves,
  responseCurvesOptions,
  type ResponseCurvesOptions,
  type ResponsePoint,
} from './response-curves';
export { rfmHeatmap, rfmHeatmapOptions, type RfmCell } from './rfm-heatmap';
export { roc, rocOptions } from './roc';
export { ruleScatter, ruleScatterOptions, type RuleRow, type RuleScatterOptions } from './rule-scatter';
export { shapBeeswarm, shapBeeswarmOptions, type ShapBeeswarmOptions } from './shap-beeswarm';
export { shapWaterfall, shapWaterfallOptions, type ShapWaterfallOptions } from './shap-waterfall';
export {
  shareComparison,
  shareComparisonOptions,
  type ShareComparisonOptions,
  type ShareRow,
} from './share-comparison';
export { shift, shiftOptions, type ShiftOptions, type ShiftRow } from './shift';
export { stackedArea, stackedAreaOptions, type StackedAreaOptions } from './stacked-area';
export { survivalCurves, survivalCurvesOptions, type NamedCurve, type SurvivalCurvesOptions } from './survival-curves';
export { color, theme } from './theme';
export { tracking, trackingOptions, type TrackingOptions, type TrackingRow } from './tracking';
export { ranks, ranksOptions, traces, tracesOptions, type Chains } from './traces';
export { treemap, treemapOptions, type TreemapOptions, type TreemapRow } from './treemap';
export { trend, trendOptions, type TrendOptions } from './trend';
export { waterfall, waterfallOptions, type WaterfallOptions, type WaterfallStep } from './waterfall';
