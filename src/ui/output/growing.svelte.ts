import { whenIdle } from '../when-idle';

/**
 * How many parts of a long list stand on the page: `step` at once (or none, from 0 steps on) and as many more whenever the
 * page has nothing to answer. Called while a component is made.
 */
export function growing(total: () => number, step: number, from: 0 | 1 = 1): () => number {
  let steps = $state<number>(from);
  $effect(() => (steps * step >= total() ? undefined : whenIdle(() => (steps += 1))));
  return () => Math.min(steps * step, total());
}
