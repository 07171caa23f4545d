import type { Token } from './lex';
import { isCode } from './split';

/** What stands between a pair of brackets, nested. */
export interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly nodes: readonly Node[];
}

export type Node = Token | Group;

const CLOSER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A statement's tokens without space and comments, as a tree by brackets. A bracket without its pair does no harm. */
export function tree(tokens: readonly Token[]): Node[] {
  const root: Node[] = [];
  const open: { close: string; nodes: Node[] }[] = [];
  for (const token of tokens) {
    if (!isCode(token)) continue;
    const nodes = open.at(-1)?.nodes ?? root;
    const closer = token.kind === 'operator' ? CLOSER[token.text] : undefined;
    if (closer) {
      const inner: Node[] = [];
      nodes.push({ kind: 'group', open: token.text, nodes: inner });
      open.push({ close: closer, nodes: inner });
    } else if (token.kind === 'operator' && open.at(-1)?.close === token.text) open.pop();
    else nodes.push(token);
  }
  return root;
}

/** An unquoted word in upper case, or `''` for anything else: the form in which keywords are compared. */
export function keyword(node: Node | undefined): string {
  return node?.kind === 'word' ? node.text.toUpperCase() : '';
}

export function isSymbol(node: Node | undefined, text: string): boolean {
  return node?.kind === 'operator' && node.text === text;
}

/** The name that a word or a quoted identifier stands for. */
export function identifier(node: Node | undefined): string | undefined {
  if (node?.kind === 'word') return node.text;
  if (node?.kind === 'quoted') return unquote(node.text);
  return undefined;
}

/** The text between quotes, doubled quotes made single. */
export function unquote(text: string): string {
  const quote = text[0]!;
  return text.slice(1, text.endsWith(quote) ? -1 : undefined).replaceAll(quote + quote, quote);
}
