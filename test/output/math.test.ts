import { Marked } from 'marked';
import { expect, it } from 'vitest';
import { mathMarkdown } from '../../src/output/math';

const marked = new Marked(mathMarkdown((tex, display) => `[${display ? 'display' : 'inline'} ${tex}]`));
const html = (text: string): string => (marked.parse(text, { async: false }) as string).trim();

it('sets formulas within a line and on lines of their own', () => {
  expect(html('The ratio $\\frac{a}{b}$ and $x$.')).toBe('<p>The ratio [inline \\frac{a}{b}] and [inline x].</p>');
  expect(html('Before\n\n$$\na_1 + b_2\n$$\n\nAfter')).toBe('<p>Before</p>\n[display a_1 + b_2]<p>After</p>');
  expect(html('so $$x^2$$ here')).toBe('<p>so [display x^2] here</p>');
});

it('leaves prices, code and written dollar signs alone', () => {
  for (const text of ['from $5 to $10', '$5-$6 and $7', 'US$ 5, A$ 6', '$ x $', 'costs $5', '$5,$10']) {
    expect(html(text), text).toBe(`<p>${text}</p>`);
  }
  expect(html('`$x$` and \\$x$')).toBe('<p><code>$x$</code> and $x$</p>');
});
