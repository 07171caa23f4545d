/** Words after which a `/` begins a regular expression rather than a division. */
const BEFORE_REGEX = /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield|instanceof)$/;

/** So far back it is looked for a word before a `/`. */
const LOOKED_BACK = 100;

/** Templates within templates, beyond which nothing is looked for: no expression that anybody writes comes near. */
const DEEPEST = 50;

/**
 * Finds the `}` that closes a JavaScript expression begun just before `from`, as in `${…}` and `{{ … }}`: braces are
 * balanced, and those in strings, templates, comments and regular expressions do not count.
 *
 * @param end where it must have closed
 * @returns the offset of that `}`, or -1 when there is none before the end
 */
export function closingBrace(source: string, from: number, end = source.length, within = 0): number {
  if (within > DEEPEST) return -1;
  let depth = 0;
  let at = from;
  while (at < end) {
    const char = source[at]!;
    if (char === '{') depth += 1;
    else if (char === '}') {
      if (depth === 0) return at;
      depth -= 1;
    } else if (char === '"' || char === "'") at = endOfString(source, at);
    else if (char === '`') at = endOfTemplate(source, at, end, within);
    else if (char === '/') at = endOfSlash(source, at, from);
    if (at < 0) return -1;
    at += 1;
  }
  return -1;
}

/** The offset of the quote that closes the string begun at `start`, or -1. */
function endOfString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === source[start]) return at;
    else if (source[at] === '\n') return -1;
  }
  return -1;
}

/** The offset of the backtick that closes the template begun at `start`, or -1. */
function endOfTemplate(source: string, start: number, end: number, within: number): number {
  for (let at = start + 1; at < end; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '`') return at;
    else if (source.startsWith('${', at)) {
      at = closingBrace(source, at + 2, end, within + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** The last offset of the comment or regular expression begun at `start`; `start` itself for a division; -1 when open. */
function endOfSlash(source: string, start: number, from: number): number {
  if (source[start + 1] === '/') {
    const end = source.indexOf('\n', start);
    return end < 0 ? -1 : end;
  }
  if (source[start + 1] === '*') {
    const end = source.indexOf('*/', start + 2);
    return end < 0 ? -1 : end + 1;
  }
  const before = source.slice(Math.max(from, start - LOOKED_BACK), start).trimEnd();
  if (before !== '' && /[\w$)\]}'"`]$/.test(before) && !BEFORE_REGEX.test(before)) return start;
  let inClass = false;
  for (let at = start + 1; at < source.length && source[at] !== '\n'; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '[') inClass = true;
    else if (source[at] === ']') inClass = false;
    else if (source[at] === '/' && !inClass) return at;
  }
  return start;
}
