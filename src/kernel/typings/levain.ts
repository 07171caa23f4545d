/** What cells call `levain`, as types: `worker/levain.ts` makes the values. What is added there is added here; a test holds the two together. */
export * from '../../stats';
export * from '../../charts';
export * as mix from './mix';
export * as recommend from '../../stats/recommend';
export { md } from '../worker/markdown';
