import { LevainError } from '../base/problem';
import type { Statement } from './engine';
import { literal } from './literal';

/** A statement with its parameters written in, and the way back from its text to the reader's. */
export interface Bound {
  /** No trailing `;`; ends outside any comment. */
  readonly text: string;
  /** The first word, upper case; `(` for a parenthesised query; empty for no statement. */
  readonly keyword: string;
  /** Where a position of `text` came from in the text given. */
  origin(position: number): number;
}

type Kind = 'space' | 'literal' | 'word' | 'parameter' | 'end' | 'other';

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
}

const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['space', /\s+|--[^\n]*/y],
  ['literal', /[eE]'(?:\\[\s\S]|''|[^'\\])*'?/y],
  ['literal', /'(?:''|[^'])*'?|"(?:""|[^"])*"?/y],
  ['literal', /\$([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$[\s\S]*?(?:\$\1\$|$(?![\s\S]))/y],
  ['parameter', /\$\d+/y],
  ['word', /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/y],
  ['other', /\d[\w.]*/y],
  ['end', /;/y],
  ['other', /[\s\S]/y],
];

/** The statement's tokens, enough of SQL to know strings, comments and dollar quotes from the rest. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length;) {
    const token = blockComment(text, at) ?? match(text, at);
    found.push(token);
    at += token.text.length;
  }
  return found;
}

function match(text: string, start: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const hit = pattern.exec(text);
    if (hit) return { kind, text: hit[0], start };
  }
  throw new Error('unreachable: the last pattern matches any character');
}

/** Block comments nest. */
function blockComment(text: string, start: number): Token | undefined {
  if (!text.startsWith('/*', start)) return undefined;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  for (let depth = 0; ;) {
    const hit = edge.exec(text);
    if (!hit) return { kind: 'space', text: text.slice(start), start };
    depth += hit[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'space', text: text.slice(start, edge.lastIndex), start };
  }
}

/**
 * Writes the parameters into a statement as literals, in place of `$1`, `$2`, …; those inside strings, comments and
 * dollar quotes stay. Throws `parameter-missing` when there is no value for a `$n`, and `several-statements`.
 */
export function bind({ text, parameters }: Statement): Bound {
  const all = tokens(text);
  let last = all.length;
  while (last > 0 && (all[last - 1]!.kind === 'space' || all[last - 1]!.kind === 'end')) last--;
  const first = all.find((token) => token.kind !== 'space' && token.kind !== 'end');

  const separator = all.findIndex(({ kind }) => kind === 'end');
  if (first && separator > all.indexOf(first) && separator < last) {
    const message = 'There are several statements where one is expected.';
    throw new LevainError({ code: 'several-statements', message, hint: 'Give each statement a run of its own.' });
  }

  let bound = '';
  const moves: { at: number; length: number; origin: number; literal: boolean }[] = [];
  for (const token of all.slice(0, last)) {
    const replacement = token.kind === 'parameter' ? value(token.text, parameters) : token.text;
    const literal = token.kind === 'parameter';
    moves.push({ at: bound.length, length: replacement.length, origin: token.start, literal });
    bound += replacement;
  }

  const origin = (position: number): number => {
    const move = moves.findLast(({ at }) => at <= position);
    if (!move) return 0;
    return move.origin + (move.literal ? 0 : Math.min(position - move.at, move.length));
  };
  return { text: bound, keyword: first?.text.toUpperCase() ?? '', origin };
}

function value(name: string, parameters: Statement['parameters']): string {
  const index = Number(name.slice(1)) - 1;
  if (index < 0 || index >= parameters.length) {
    const message = `The statement names ${name}, but ${parameters.length} values were given.`;
    throw new LevainError({ code: 'parameter-missing', message, hint: 'Write ${…} to put a value into SQL.' });
  }
  return ` ${literal(parameters[index]!)} `;
}
