export { mean, standardDeviation, variance } from './summary/moments';
export { quantile } from './summary/quantile';
export { type Estimate } from './intervals/interval';
export { ratioOfSums, type RatioEstimate } from './intervals/ratio-of-sums';
export { relativeChange } from './intervals/relative-change';
export { proportionInterval, type ProportionEstimate } from './intervals/proportion';
export { correlationInterval } from './intervals/correlation';
export { bootstrapInterval, type BootstrapOptions } from './intervals/bootstrap';
export { betaCdf, betaDensity, betaQuantile } from './distributions/beta';
export { binomialCdf, binomialMass, binomialQuantile } from './distributions/binomial';
export { chiSquaredCdf, chiSquaredDensity, chiSquaredQuantile, chiSquaredSurvival } from './distributions/chi-squared';
export { fisherFCdf, fisherFDensity, fisherFQuantile, fisherFSurvival } from './distributions/fisher-f';
export { gammaCdf, gammaDensity, gammaQuantile, gammaSurvival } from './distributions/gamma';
export { normalCdf, normalDensity, normalQuantile } from './distributions/normal';
export { poissonCdf, poissonMass, poissonQuantile } from './distributions/poisson';
export { studentTCdf, studentTDensity, studentTQuantile, studentTTwoSided } from './distributions/student-t';
export { type Predictor } from './regression/design';
export { ols, type OlsFit, type OlsOptions } from './regression/ols';
export { predict } from './regression/predict';
export { regressionSummary } from './regression/summary';
export {
  breuschGodfrey,
  breuschPagan,
  cooksDistance,
  durbinWatson,
  jarqueBera,
  ljungBox,
  varianceInflation,
} from './regression/diagnostics';
export { elasticNet, elasticNetValues, type ElasticNetOptions, type ElasticNetPath } from './regression/elastic-net';
export { crossValidate, type CrossValidation } from './regression/cross-validation';
export { bayesianRegression, type BayesianFit, type NormalInverseGammaPrior } from './regression/bayes';
export { rhat } from './sampling/rhat';
export { essBulk, essTail, essMean, essQuantile } from './sampling/ess';
export { mcseMean, mcseQuantile } from './sampling/mcse';
export { energyFraction } from './sampling/energy-fraction';
export { fitMix, type FitOptions, type FitProgress, type RunChain } from './mix/fit';
export { boundedLeastSquares, type BoundedFit } from './optimize/bounded-least-squares';
export { fromColumns, type Matrix } from './linear/matrix';
