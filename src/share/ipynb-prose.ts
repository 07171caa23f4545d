import { Marked } from 'marked';

const marked = new Marked({ gfm: true });

/** Marks the place of a value, by its number. */
const PLACE = /\uE000(\d+)\uE001/g;
/** Markup that changes the look alone. */
const MARKUP = /^<\/?(?:sub|sup|br|strong|em|b|i|s|del|u)\s*\/?>/i;

/**
 * Prose as Markdown for another program, which follows addresses and markup where the page does not: pictures become links
 * and markup becomes text, so that nothing is fetched when the file is opened, and a value stands only where it is read,
 * never in an address, which would carry it away. Code stays as it is.
 *
 * @param parts the source, with anything but a string where a value stands
 * @param values the values in that order, as Markdown; `…` stands where there is none, or where one is left out
 */
export function proseMarkdown(parts: readonly (string | object)[], values: readonly string[] = []): string {
  let nth = 0;
  const source = parts
    .map((part) => (typeof part === 'string' ? part.replace(/[\uE000\uE001]/g, '') : `\uE000${nth++}\uE001`))
    .join('');
  const { hidden, code } = readMarkdown(source);
  return outside(code, source)
    .map(({ text, isCode }) => (isCode ? text : harmless(text)))
    .join('')
    .replace(PLACE, (_, place: string) => (hidden.has(Number(place)) ? undefined : values[Number(place)]) ?? '…');
}

/** The values that stand in addresses or markup, and the source of all code. */
function readMarkdown(source: string): { hidden: ReadonlySet<number>; code: readonly string[] } {
  const hidden = new Set<number>();
  const code: string[] = [];
  const hide = (text: string): void => {
    for (const [, place] of text.matchAll(PLACE)) hidden.add(Number(place));
  };
  void marked.walkTokens(marked.lexer(source), (token) => {
    if (token.type === 'code' || token.type === 'codespan') code.push(token.raw);
    else if (token.type === 'html') hide(token.raw);
    else if (token.type === 'link' || token.type === 'image' || token.type === 'def')
      hide(`${decoded(String(token.href))} ${String(token.title ?? '')} ${token.type === 'image' ? token.raw : ''}`);
  });
  return { hidden, code };
}

/** Marked writes addresses with `%`. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The source cut into code and what is none, in order. */
function outside(code: readonly string[], source: string): { text: string; isCode: boolean }[] {
  const pieces: { text: string; isCode: boolean }[] = [];
  let at = 0;
  for (const text of code) {
    const start = source.indexOf(text, at);
    // Within a quote its lines have other beginnings: it is taken for text, in which nothing is fetched.
    if (start < 0) continue;
    pieces.push({ text: source.slice(at, start), isCode: false }, { text, isCode: true });
    at = start + text.length;
  }
  return [...pieces, { text: source.slice(at), isCode: false }];
}

const harmless = (text: string): string =>
  text
    .replace(/!\[/g, '!\\[')
    .replace(/<(?=[a-z/!?])/gi, (sign, at: number) => (MARKUP.test(text.slice(at, at + 20)) ? sign : `\\${sign}`));
