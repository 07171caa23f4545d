/** How much of a text a reader is shown at first: some ten pages, laid out in a few milliseconds. */
const READABLE = 20_000;

/** The beginning of a long text, up to the end of a line where one ends late enough; a short text whole. */
export function readable(text: string): string {
  if (text.length <= READABLE) return text;
  const line = text.lastIndexOf('\n', READABLE);
  if (line > READABLE / 2) return text.slice(0, line);
  // Half of a pair is no character.
  const high = /[\uD800-\uDBFF]/.test(text[READABLE - 1]!);
  return text.slice(0, high ? READABLE - 1 : READABLE);
}
