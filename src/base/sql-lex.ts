export type TokenKind =
  | 'space'
  | 'comment'
  /** An unquoted word: keyword or identifier. */
  | 'word'
  /** `"identifier"`. */
  | 'quoted'
  /** `'…'`, `E'…'`, `$$…$$`. */
  | 'string'
  | 'number'
  /** `${…}`: a JavaScript expression set into the SQL. */
  | 'hole'
  /** `$1`, `$name`, `?`: a parameter as DuckDB writes it. */
  | 'parameter'
  | 'operator';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** 0-based offset in the source. */
  readonly start: number;
  /** A string, comment, quoted identifier or `${` that never ends. */
  readonly open?: true;
}

/**
 * DuckDB takes the spaces of Unicode for spaces outside of quotes, and all else beyond ASCII for letters. Those that only
 * JavaScript knows (a vertical tab, the ends of lines and paragraphs) are spaces here, too: see `withPlainSpaces`.
 */
const UNICODE_SPACE = '\\v\\x85\\xa0\\u1680\\u180e\\u2000-\\u200d\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff';
const BLANK = `[ \\t\\n\\r\\f${UNICODE_SPACE}]`;
const LETTER = `(?:[A-Za-z_]|(?!${BLANK})[\\x80-\\u{10ffff}])`;

const SPACE = new RegExp(`${BLANK}+`, 'y');
const LINE_COMMENT = /--[^\n\r]*/y;
const WORD = new RegExp(`${LETTER}(?:${LETTER}|\\d|\\$(?!\\{))*`, 'uy');
const NUMBER = /(?:\d+(?:_\d+)*(?:\.(?!\.)(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?/y;
const DOLLAR_TAG = new RegExp(`\\$(?:${LETTER}(?:${LETTER}|\\d)*)?\\$`, 'uy');
const PARAMETER = /\$(?:\d+|[A-Za-z_]\w*)|\?/y;
const OPERATOR = /::|:=|=>|->>|->|<=|>=|<>|!=|==|\|\||\/\/(?!\*)/y;
/** A string goes on after a line's end: `'a'` and, on the next line, `'b'` are `'ab'`. */
const CONTINUED = new RegExp(
  `(?:[ \\t\\f${UNICODE_SPACE}]|--[^\\n\\r]*)*[\\n\\r](?:${BLANK}|--[^\\n\\r]*[\\n\\r])*'`,
  'y',
);

/** Where what is no SQL ends that begins at `start`: -1 where none does, beyond the source where it never ends. */
export type Hole = (source: string, start: number) => number;

/**
 * DuckDB's SQL as tokens, nothing dropped: joined, their texts are the source again. Broken input is never refused: what
 * does not end is marked `open` and reaches to the end. Everything here that asks what a text of SQL is asks this: two
 * readings that differ from each other, or from DuckDB's, let a statement hide in what one takes for a string.
 *
 * @param hole what may stand in SQL and is none
 */
export function lexSql(source: string, hole?: Hole): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const token = next(source, at, tokens.at(-1), hole);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** The text with a plain space in place of each that only Unicode has, so that nobody takes one for a letter. */
export function withPlainSpaces(token: Token): string {
  return token.kind === 'space' ? token.text.replace(/[^ \t\n\r\f]/g, ' ') : token.text;
}

function next(source: string, start: number, previous: Token | undefined, hole: Hole | undefined): Token {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = start;
    return pattern.exec(source)?.[0];
  };
  const until = (kind: TokenKind, end: number): Token =>
    end < 0 ? { kind, text: source.slice(start), start, open: true } : { kind, text: source.slice(start, end), start };

  const space = match(SPACE);
  if (space) return { kind: 'space', text: space, start };
  const comment = match(LINE_COMMENT);
  if (comment) return { kind: 'comment', text: comment, start };
  if (source.startsWith('/*', start)) return until('comment', endOfComment(source, start));
  if (source[start] === "'") return until('string', endOfString(source, start, isEscapePrefix(previous)));
  if (source[start] === '"') return until('quoted', endOfQuotes(source, start, false));
  const end = hole?.(source, start) ?? -1;
  if (end >= 0) return until('hole', end > source.length ? -1 : end);
  const tag = match(DOLLAR_TAG);
  if (tag) {
    const close = source.indexOf(tag, start + tag.length);
    return until('string', close < 0 ? -1 : close + tag.length);
  }
  const parameter = match(PARAMETER);
  if (parameter) return { kind: 'parameter', text: parameter, start };
  const word = match(WORD);
  if (word) return { kind: 'word', text: word, start };
  const number = match(NUMBER);
  if (number) return { kind: 'number', text: number, start };
  const text = match(OPERATOR) ?? String.fromCodePoint(source.codePointAt(start)!);
  return { kind: 'operator', text, start };
}

/** Whether a string that follows reads backslashes: `E'it\'s'`. Of `$e'…'`, DuckDB takes the dollar for a sign of its own. */
function isEscapePrefix(previous: Token | undefined): boolean {
  return previous !== undefined && ['word', 'parameter'].includes(previous.kind) && /^\$?e$/i.test(previous.text);
}

/** The offset after a string, with what goes on on further lines. -1 when it never closes. */
function endOfString(source: string, start: number, backslash: boolean): number {
  let end = endOfQuotes(source, start, backslash);
  while (end >= 0) {
    CONTINUED.lastIndex = end;
    const more = CONTINUED.exec(source);
    if (!more) return end;
    end = endOfQuotes(source, CONTINUED.lastIndex - 1, backslash);
  }
  return end;
}

/** The offset after the closing quote; a doubled quote is one quote within. -1 when it never closes. */
function endOfQuotes(source: string, start: number, backslash: boolean): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at += 1) {
    if (backslash && source[at] === '\\') at += 1;
    else if (source[at] === quote) {
      if (source[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return -1;
}

/** The offset after a block comment, which may hold others. -1 when it never closes. */
function endOfComment(source: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(source); found; found = edge.exec(source)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return -1;
}
