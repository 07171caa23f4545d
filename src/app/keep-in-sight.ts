/**
 * Keeps something in sight while the page around it grows, as it does when the cell above shows its result, until the
 * reader scrolls away or points elsewhere. `target` is asked anew each time. Returns the function that ends it.
 */
export function keepInSight(target: () => Element | null | undefined, page: Element = document.body): () => void {
  const listening = new AbortController();
  let height = page.scrollHeight;
  const show = (): void => {
    height = page.scrollHeight;
    target()?.scrollIntoView({ block: 'nearest' });
  };
  const observer = new ResizeObserver(show);
  const stop = (): void => {
    observer.disconnect();
    listening.abort();
  };
  const onscroll = (): void => {
    // The browser itself scrolls when the page grows; that is no wish of the reader.
    if (page.scrollHeight === height && !inView(target())) stop();
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
