import { lexer, type Token, type Tokens } from 'marked';
import type { TreeNode } from '../../output/output';

/** Rich text made with `levain.md`. */
export class RichText {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** levain.md`Sales rose by **${share} %**`: Markdown to show. HTML in it stays text; links show their address. */
export function md(strings: TemplateStringsArray | string, ...values: unknown[]): RichText {
  if (typeof strings === 'string') return new RichText(strings);
  return new RichText(strings.reduce((text, part, i) => `${text}${String(values[i - 1])}${part}`));
}

/** Markdown as a tree of plain elements. */
export function markdownTree(source: string): TreeNode {
  return { tag: 'div', children: lexer(source).flatMap(block) };
}

const element = (tag: string, children: readonly TreeNode[], attrs?: Record<string, string>): TreeNode =>
  attrs ? { tag, attrs, children } : { tag, children };

const inline = (tokens: readonly Token[] | undefined, text: string): TreeNode[] => tokens?.flatMap(span) ?? [text];

function block(token: Token): TreeNode[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return [element(`h${(token as Tokens.Heading).depth}`, inline(token.tokens, token.text))];
    case 'paragraph':
      return [element('p', inline(token.tokens, token.text))];
    case 'blockquote':
      return [element('blockquote', token.tokens?.flatMap(block) ?? [])];
    case 'code':
      return [element('pre', [element('code', [(token as Tokens.Code).text])])];
    case 'hr':
      return [element('hr', [])];
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return [
        element(
          ordered ? 'ol' : 'ul',
          items.map((item) => element('li', item.tokens.flatMap(block))),
        ),
      ];
    }
    case 'table':
      return [table(token as Tokens.Table)];
    case 'text':
      return inline((token as Tokens.Text).tokens, (token as Tokens.Text).text);
    default:
      return [element('p', [token.raw])];
  }
}

function span(token: Token): TreeNode[] {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [element(token.type, inline(token.tokens, token.text))];
    case 'codespan':
      return [element('code', [(token as Tokens.Codespan).text])];
    case 'br':
      return [element('br', [])];
    case 'link': {
      const { href, text, tokens } = token as Tokens.Link;
      // An address that stands there as text is made a link by Markdown itself.
      return href.replace(/^(?:mailto:|https?:\/\/)/, '') === text.replace(/^https?:\/\//, '')
        ? [text]
        : [...inline(tokens, text), ` (${href})`];
    }
    case 'image':
      return [(token as Tokens.Image).text];
    case 'escape':
      return [(token as Tokens.Escape).text];
    case 'text':
      return inline((token as Tokens.Text).tokens, (token as Tokens.Text).text);
    default:
      return [token.raw];
  }
}

function table({ header, rows }: Tokens.Table): TreeNode {
  const row = (cells: readonly Tokens.TableCell[], tag: string): TreeNode =>
    element(
      'tr',
      cells.map((cell) => element(tag, inline(cell.tokens, cell.text))),
    );
  return element('table', [
    element('thead', [row(header, 'th')]),
    element(
      'tbody',
      rows.map((cells) => row(cells, 'td')),
    ),
  ]);
}
