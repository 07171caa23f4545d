/** Places in a text, in characters, and which of them the reader is at. */
export interface Found {
  readonly places: readonly { readonly from: number; readonly to: number }[];
  readonly current?: { readonly from: number } | undefined;
}

/**
 * Lights up places in the text of an element, without touching its nodes, and brings the one the reader is at into sight.
 * Returns what takes the light away. A browser without the means only scrolls.
 */
export function lightUp(element: Element, { places, current }: Found): () => void {
  if (places.length === 0) return () => undefined;
  const ranges = rangesOf(element, places);
  const at = places.findIndex(({ from }) => from === current?.from);
  const [one, others] = [ranges[at], ranges.filter((_, i) => i !== at)];
  const lit = [...others.map((range) => ['found', range] as const), ...(one ? [['found-current', one] as const] : [])];
  for (const [name, range] of lit) highlight(name)?.add(range);
  if (one) bringInSight(one);
  return () => {
    for (const [name, range] of lit) highlight(name)?.delete(range);
  };
}

function highlight(name: string): Highlight | undefined {
  const registry = globalThis.CSS?.highlights;
  if (!registry) return undefined;
  const there = registry.get(name) ?? new Highlight();
  registry.set(name, there);
  return there;
}

function rangesOf(element: Element, places: Found['places']): Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let [start, end] = [0, 0];
  let text: Text | null = null;
  /** The node that holds the character at an offset; offsets must come in order. */
  const reach = (offset: number, inclusive: boolean): { node: Text; offset: number } | undefined => {
    while (!text || (inclusive ? offset > end : offset >= end)) {
      text = walker.nextNode() as Text | null;
      if (!text) return undefined;
      [start, end] = [end, end + text.length];
    }
    return { node: text, offset: offset - start };
  };
  return places.flatMap(({ from, to }) => {
    const begin = reach(from, false);
    const finish = reach(to, true);
    if (!begin || !finish) return [];
    const range = document.createRange();
    range.setStart(begin.node, begin.offset);
    range.setEnd(finish.node, finish.offset);
    return [range];
  });
}

/** What stands at the top and at the foot of the window may lie over the page. */
const EDGES = { top: 120, bottom: 60 };

function bringInSight(range: Range): void {
  const { top, bottom } = range.getBoundingClientRect();
  if (top >= EDGES.top && bottom <= window.innerHeight - EDGES.bottom) return;
  window.scrollBy({ top: top - window.innerHeight / 3, behavior: 'instant' });
}
