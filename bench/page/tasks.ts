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

/** Runs in every page before its own scripts: watches for long tasks and for frames that come late. */
export function watchTasks(): void {
  const tasks: Tasks = { long: [], gap: 0 };
  globalThis.benchTasks = tasks;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.long.push(Math.round(entry.duration));
  }).observe({ entryTypes: ['longtask'] });
  let last = performance.now();
  const frame = (): void => {
    const now = performance.now();
    tasks.gap = Math.max(tasks.gap, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
