/** Clusters as cells know them: `levain.cluster`. */
export { features, type FeatureInput, type FeatureOptions, type Features, type FeatureColumn } from './features';
export { kMeans, type KMeans, type KMeansOptions } from './k-means';
export { silhouette, type Silhouette } from './silhouette';
export { separation, type Separation } from './separation';
export { chooseK, type ClusterCount, type ClusterCounts } from './choose-k';
export { gapStatistic, type GapRow } from './gap';
export { gaussianMixture, type Mixture, type MixtureOptions } from './gaussian-mixture';
export { chooseMixture, type MixtureCandidate } from './choose-mixture';
export { type Shape } from './mixture-shape';
export { hierarchical, type ClusterTree, type Linkage } from './hierarchical';
export { copheneticDistances, cutTree, leafOrder } from './cut-tree';
export { fromComponents, principalComponents, type PrincipalComponents } from './principal-components';
export { profileClusters, type ClusterProfile, type ProfileColumn, type Trait } from './profile';
export { agreement, type Agreement } from './agreement';
