interface Compound {
  readonly tag: string | undefined;
  readonly id: string | undefined;
  readonly classes: readonly string[];
}

/** Alternatives, each a chain of compounds from the outermost ancestor to the element itself. */
export type Selector = readonly (readonly Compound[])[];

/** What a selector asks of an element. */
interface Matched {
  readonly localName: string;
  readonly parentNode: Matched | null;
  getAttribute(name: string): string | null;
}

/** Reads the selectors that Plot and d3-axis use: `tag`, `.class`, `#id`, `*`, descendants, and lists of these. */
export function parseSelector(text: string): Selector {
  return text.split(',').map((alternative) => alternative.trim().split(/\s+/).map(parseCompound));
}

function parseCompound(text: string): Compound {
  const match = /^(\*|[\w-]+)?((?:[.#][\w-]+)*)$/.exec(text);
  if (!match) throw new Error(`The drawing surface does not know the selector ${JSON.stringify(text)}.`);
  const marks = (match[2] ?? '').match(/[.#][\w-]+/g) ?? [];
  return {
    tag: match[1] === '*' ? undefined : match[1],
    id: marks.find((mark) => mark.startsWith('#'))?.slice(1),
    classes: marks.filter((mark) => mark.startsWith('.')).map((mark) => mark.slice(1)),
  };
}

export function matches(element: Matched, selector: Selector): boolean {
  return selector.some((chain) => chainMatches(element, chain, chain.length - 1));
}

function chainMatches(element: Matched, chain: readonly Compound[], last: number): boolean {
  if (!compoundMatches(element, chain[last]!)) return false;
  if (last === 0) return true;
  for (let node = element.parentNode; node; node = node.parentNode)
    if (chainMatches(node, chain, last - 1)) return true;
  return false;
}

function compoundMatches(element: Matched, { tag, id, classes }: Compound): boolean {
  if (tag !== undefined && element.localName !== tag) return false;
  if (id !== undefined && element.getAttribute('id') !== id) return false;
  const names = (element.getAttribute('class') ?? '').split(/\s+/);
  return classes.every((name) => names.includes(name));
}
