/** How long customers stay, as cells know it: `levain.survival`. */
export { type Observed } from './observed';
export { kaplanMeier, survivalAt, type KaplanMeierOptions, type SurvivalCurve } from './kaplan-meier';
export { restrictedMean } from './restricted-mean';
export { logRank, type LogRank, type LogRankGroup } from './log-rank';
export { cox, type CoxCoefficient, type CoxFit, type CoxOptions } from './cox';
export { coxSurvival, type CoxCurve } from './cox-survival';
