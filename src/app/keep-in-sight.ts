/**
 * Keeps something in sight while the page around it grows, as it does when the cell above shows its result, until the
 * reader scrolls away or points elsewhere. `target` is asked anew each time. Returns the function that ends it.
 */
export function keepInSight(target: () => Element | null | undefined, page: Element = document.body): () => void {
  const listening = new AbortController();
  let height = page.scrollHeight;
  let top = window.scrollY;
  const show = (): void => {
    target()?.scrollIntoView({ block: 'nearest' });
    height = page.scrollHeight;
    top = window.scrollY;
  };
  /** The browser itself scrolls when the page grows or shrinks, by no more than that; this is no wish of the reader. */
  const left = (): boolean => {
    const grown = page.scrollHeight - height;
    const moved = window.scrollY - top;
    const byItself = moved >= Math.min(0, grown) - 1 && moved <= Math.max(0, grown) + 1;
    return !byItself && !inView(target());
  };
  const observer = new ResizeObserver(() => (left() ? stop() : show()));
  const stop = (): void => {
    observer.disconnect();
    listening.abort();
  };
  const onscroll = (): void => {
    if (left()) stop();
  };
  const how = { signal: listening.signal, passive: true, capture: true };
  for (const event of ['wheel', 'touchmove', 'pointerdown'] as const) window.addEventListener(event, stop, how);
  window.addEventListener('scroll', onscroll, how);
  show();
  observer.observe(page);
  return stop;
}

function inView(element: Element | null | undefined): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < window.innerHeight;
}
