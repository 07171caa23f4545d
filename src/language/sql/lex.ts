import { closingBrace } from '../braces';

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

const SPACE = /[\s\ufeff]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const WORD = /[\p{L}_\u0080-\u{10ffff}](?:[\p{L}\p{N}_\u0080-\u{10ffff}]|\$(?!\{))*/uy;
const NUMBER = /(?:\d+(?:_\d+)*(?:\.(?!\.)(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const PARAMETER = /\$(?:\d+|[A-Za-z_]\w*)|\?/y;
const OPERATOR = /::|:=|=>|->>|->|<=|>=|<>|!=|==|\|\||\/\//y;

/**
 * DuckDB's SQL as tokens, nothing dropped: joined, their texts are the source again. `${…}` is one token, whatever
 * braces, strings and templates the JavaScript within it holds. Broken input is never refused: what does not end is
 * marked `open` and reaches to the end.
 */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const token = next(source, at, tokens.at(-1));
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function next(source: string, start: number, previous: Token | undefined): Token {
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
  if (source[start] === "'") return until('string', endOfQuotes(source, start, isEscapePrefix(previous)));
  if (source[start] === '"') return until('quoted', endOfQuotes(source, start, false));
  if (source.startsWith('${', start)) {
    const close = closingBrace(source, start + 2);
    return until('hole', close < 0 ? -1 : close + 1);
  }
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

/** Whether a string that follows reads backslashes: `E'it\'s'`. */
function isEscapePrefix(previous: Token | undefined): boolean {
  return previous?.kind === 'word' && /^e$/i.test(previous.text);
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
