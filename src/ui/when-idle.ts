/** Where the browser tells of no idle moments, a pause in which it may answer. */
const PAUSE_MILLISECONDS = 30;
/** A page that is never idle gets on with it all the same. */
const AT_LATEST_MILLISECONDS = 250;

/** Does `work` once, when the page has nothing to answer. Returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(work, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(work, { timeout: AT_LATEST_MILLISECONDS });
  return () => cancelIdleCallback(idle);
}
