/** Where the browser tells of no idle moments, a pause in which it may answer. */
const PAUSE_MILLISECONDS = 30;

/**
 * How many parts of a long list stand on the page: `step` at once and as many more whenever the page has nothing to
 * answer. Called while a component is made.
 */
export function growing(total: () => number, step: number): () => number {
  let steps = $state(1);
  $effect(() => {
    if (steps * step >= total()) return;
    const grow = (): void => void (steps += 1);
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(grow, PAUSE_MILLISECONDS);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(grow);
    return () => cancelIdleCallback(idle);
  });
  return () => Math.min(steps * step, total());
}
