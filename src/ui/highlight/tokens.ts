import type { CellKind } from '../../notebook/model';
import { SQL_KEYWORDS, SQL_TYPES } from './sql-words';

export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'type' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const TS_WORDS =
  'const let var function return if else for while do break continue new class extends import export from default async await typeof instanceof in of this null undefined true false try catch finally throw switch case interface type as satisfies yield void delete';
const TS_TYPES = 'string number boolean unknown never object Array Map Set Promise Record';

interface Grammar {
  readonly pattern: RegExp;
  readonly keywords: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly folds: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Groups: 1 comment, 2 string, 3 number, 4 word. Whatever else is plain. */
const grammars: Record<'sql' | 'ts', Grammar> = {
  sql: {
    pattern:
      /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*'?|\$\$[\s\S]*?(?:\$\$|$))|(\b\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?\b)|("(?:[^"]|"")*"?|[\p{L}_][\p{L}\p{N}_]*)/giu,
    keywords: words(SQL_KEYWORDS),
    types: words(SQL_TYPES),
    folds: true,
  },
  ts: {
    pattern:
      /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|`(?:\\.|[^`\\])*`?)|(\b(?:0x[\da-f]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)n?\b)|([\p{L}_$][\p{L}\p{N}_$]*)/giu,
    keywords: words(TS_WORDS),
    types: words(TS_TYPES),
    folds: false,
  },
};

/**
 * Splits source into coloured pieces for showing only: a few regular expressions, since the page must stand before
 * the editor has loaded. The pieces joined are the source.
 */
export function tokens(kind: CellKind, source: string): Token[] {
  if (kind === 'md') return markdown(source);
  if (kind === 'csv') return [{ kind: 'plain', text: source }];
  const grammar = grammars[kind === 'ts' ? 'ts' : 'sql'];
  const found: Token[] = [];
  let at = 0;
  for (const match of source.matchAll(grammar.pattern)) {
    if (match.index > at) found.push({ kind: 'plain', text: source.slice(at, match.index) });
    found.push({ kind: kindOf(match, grammar), text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < source.length) found.push({ kind: 'plain', text: source.slice(at) });
  return found;
}

function kindOf(match: RegExpMatchArray, grammar: Grammar): TokenKind {
  if (match[1] !== undefined) return 'comment';
  if (match[2] !== undefined) return 'string';
  if (match[3] !== undefined) return 'number';
  const word = grammar.folds ? match[0].toLowerCase() : match[0];
  if (grammar.keywords.has(word)) return 'keyword';
  return grammar.types.has(word) ? 'type' : 'plain';
}

function markdown(source: string): Token[] {
  return source
    .split(/(^#{1,6} .*$|\{\{[^}]*\}\}|`[^`\n]+`|\*\*[^*\n]+\*\*)/m)
    .filter((text) => text !== '')
    .map((text) => ({ kind: markdownKind(text), text }));
}

function markdownKind(text: string): TokenKind {
  if (/^#{1,6} /.test(text)) return 'keyword';
  if (text.startsWith('{{')) return 'number';
  return /^(`|\*\*)/.test(text) ? 'string' : 'plain';
}
