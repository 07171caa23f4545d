/** What was seen of the page's main thread. */
export interface Tasks {
  /** Tasks over 50 ms, in milliseconds. */
  readonly long: number[];
  /** The longest time between two frames, in milliseconds. */
  gap: number;
}

declare global {
  var benchTasks: Tasks;
}

/** Runs in every page before its own scripts: watches for long tasks. */
export function watchTasks(): void {
  const tasks: Tasks = { long: [], gap: 0 };
  globalThis.benchTasks = tasks;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.long.push(Math.round(entry.duration));
  }).observe({ entryTypes: ['longtask'] });
}

/** Begins to watch for frames that come late. A page that draws every frame takes about a fifth of a processor. */
export function watchFrames(): void {
  benchTasks.long.length = 0;
  benchTasks.gap = 0;
  let last = performance.now();
  const frame = (): void => {
    const now = performance.now();
    benchTasks.gap = Math.max(benchTasks.gap, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
