/**
 * What cells call `levain`, as types: `worker/levain.ts` makes the values. What is added there is added here; a test holds
 * the two together.
 */
export * from '../../stats';
export * from '../../charts';
export * as classify from '../../stats/classify';
export * as cluster from '../../stats/cluster';
export * as mix from './mix';
export * as recommend from '../../stats/recommend';
export * as segments from '../../stats/segments';
export * as survival from '../../stats/survival';
export * as value from '../../stats/value';
export { md } from '../worker/markdown';
