import { Marked, type Tokens } from 'marked';
import katex from 'katex';
import { BITMAP } from '../output/allow';
import { mathMarkdown } from '../output/math';
import { escapeHtml } from './html';

/** Marks the place of a value: two characters of the private use area, which are removed from the text itself. */
const PLACE = /\uE000(\d+)\uE001/g;
/** Markup within prose that is kept: it has no attributes and changes the look alone. */
const MARKUP = /^<\/?(?:sub|sup|br|strong|em|b|i|s|del|u)\s*\/?>$/i;

const marked = new Marked({
  gfm: true,
  renderer: {
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    html: ({ text }: Tokens.HTML | Tokens.Tag) => (MARKUP.test(text.trim()) ? text : escapeHtml(text)),
    link({ href, tokens }) {
      const inside = this.parser.parseInline(tokens);
      if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return inside;
      return `<a href="${escapeHtml(href.replace(PLACE, ''))}" rel="noopener noreferrer">${inside}</a>`;
    },
    image: ({ href, text }) =>
      BITMAP.test(href) ? `<img src="${href}" alt="${escapeHtml(text.replace(PLACE, ''))}">` : escapeHtml(text),
  },
});

/** A report has no fonts of its own: browsers set MathML with what they have. */
function formula(tex: string, display: boolean): string {
  // Values come in as text, which KaTeX would take for commands.
  if (tex.includes('\uE000')) return escapeHtml(tex);
  try {
    return katex.renderToString(tex, {
      displayMode: display,
      output: 'mathml',
      trust: false,
      strict: 'ignore',
      maxSize: 20,
    });
  } catch {
    return escapeHtml(tex);
  }
}
marked.use(mathMarkdown(formula));

/**
 * Markdown as HTML that loads nothing and runs nothing: other markup stands as text, pictures only where they are in the
 * text itself, links lead to web and mail addresses alone and never carry a value.
 *
 * @param parts the source, with anything but a string where a value stands
 * @param values the values in that order; `…` where there is none
 */
export function proseHtml(parts: readonly (string | object)[], values: readonly string[] = []): string {
  let nth = 0;
  const source = parts
    .map((part) => (typeof part === 'string' ? part.replace(/[\uE000\uE001]/g, '') : `\uE000${nth++}\uE001`))
    .join('');
  const html = marked.parse(source, { async: false });
  return html.replace(PLACE, (_, at: string) => escapeHtml(values[Number(at)] ?? '…'));
}
