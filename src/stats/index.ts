export { mean, standardDeviation, variance } from './summary/moments';
export { quantile } from './summary/quantile';
export { type Estimate } from './intervals/interval';
export { ratioOfSums, type RatioEstimate } from './intervals/ratio-of-sums';
export { relativeChange } from './intervals/relative-change';
export { proportionInterval, type ProportionEstimate } from './intervals/proportion';
export { bootstrapInterval, type BootstrapOptions } from './intervals/bootstrap';
export { normalCdf, normalQuantile } from './distributions/normal';
export { studentTQuantile } from './distributions/student-t';
