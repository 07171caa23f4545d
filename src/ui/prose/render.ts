import createDOMPurify from 'dompurify';
import { Marked } from 'marked';
import { BITMAP } from '../../output/allow';
import { mathMarkdown } from '../../output/math';

/** What stands at a `{{ }}`: its text, or why there is none; undefined until it has been computed. */
export type ProseValue = { readonly text: string } | { readonly problem: string } | undefined;

const TAGS =
  'p h1 h2 h3 h4 h5 h6 ul ol li strong em del s code pre blockquote hr br a img table thead tbody tr th td sub sup span';
const ATTRIBUTES = ['href', 'title', 'src', 'alt', 'start', 'align', 'colspan', 'rowspan'];

/** Marks the place of a value: two characters of the private use area, which are removed from the text itself. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PLACE = /\uE000(\d+)\uE001/;
/** Begin the source of a formula: within a line, and on lines of its own. */
const INLINE = '\uE002';
const DISPLAY = '\uE003';
const MARKS = /[\uE000-\uE003]/g;

const marked = new Marked({ gfm: true, renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') } });
marked.use(mathMarkdown((tex, display) => `<span>${display ? DISPLAY : INLINE}${escapeText(tex)}</span>`));
const purify = createDOMPurify(window);

const addresses = new WeakMap<Element, string>();

// Attributes are judged while the tree is still in a document of its own, which fetches nothing: the page's document
// would load a picture as soon as it were brought over.
purify.addHook('uponSanitizeAttribute', (node, data) => {
  if (data.attrName === 'src' && !BITMAP.test(data.attrValue)) data.keepAttr = false;
  if (data.attrName !== 'href') return;
  data.keepAttr = false;
  if (/^(?:https?:\/\/|mailto:)/i.test(data.attrValue)) addresses.set(node, data.attrValue);
});
purify.addHook('afterSanitizeAttributes', (node) => {
  const address = addresses.get(node);
  if (address !== undefined) node.setAttribute('data-address', address);
});

/**
 * Markdown as nodes that cannot load, run or lead anywhere: no style, no address in any attribute that a browser
 * follows or fetches ahead. Links become buttons that call `onlink`; values stand as plain text.
 *
 * @param parts the source, with anything but a string where a value stands
 * @param values the values, in that order
 */
export function renderProse(
  parts: readonly (string | object)[],
  values: readonly ProseValue[],
  onlink: (address: string) => void,
): DocumentFragment {
  let nth = 0;
  const source = parts
    .map((part) => (typeof part === 'string' ? part.replace(MARKS, '') : `${OPEN}${nth++}${CLOSE}`))
    .join('');
  const fragment = purify.sanitize(marked.parse(source, { async: false }), {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: TAGS.split(' '),
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
  fragment.querySelectorAll('a').forEach((link) => link.replaceWith(linkButton(link, onlink)));
  fragment.querySelectorAll('img:not([src])').forEach((image) => image.replaceWith(image.getAttribute('alt') ?? ''));
  const formulas = markFormulas(fragment);
  insertValues(fragment, values);
  if (formulas.length > 0) void setFormulas(formulas);
  return fragment;
}

/** Finds the formulas before values come into them. */
function markFormulas(fragment: DocumentFragment): HTMLElement[] {
  const found = [...fragment.querySelectorAll('span')].filter(({ textContent }) =>
    [INLINE, DISPLAY].includes(textContent?.[0] ?? ''),
  );
  for (const span of found) {
    span.className = span.textContent!.startsWith(DISPLAY) ? 'math display' : 'math';
    span.textContent = span.textContent!.replace(MARKS, (mark) => (mark === INLINE || mark === DISPLAY ? '' : mark));
  }
  return found;
}

/** Until what sets formulas has been fetched, or where it cannot be, they stand as they were written. */
async function setFormulas(formulas: readonly HTMLElement[]): Promise<void> {
  const tex = await import('./tex').catch(() => undefined);
  for (const formula of formulas) tex?.setFormula(formula, formula.classList.contains('display'));
}

const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function linkButton(link: Element, onlink: (address: string) => void): Node {
  const address = link.getAttribute('data-address');
  const element = document.createElement(address === null ? 'span' : 'button');
  element.append(...link.childNodes);
  if (address === null) return element;
  element.setAttribute('type', 'button');
  element.className = 'link-button';
  element.title = address;
  element.addEventListener('click', () => onlink(address));
  return element;
}

function insertValues(fragment: DocumentFragment, values: readonly ProseValue[]): void {
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (texts.nextNode()) if (PLACE.test(texts.currentNode.textContent ?? '')) found.push(texts.currentNode as Text);
  for (const text of found) {
    const pieces = text.data.split(PLACE);
    text.replaceWith(...pieces.map((piece, i) => (i % 2 === 0 ? piece : valueNode(values[Number(piece)]))));
  }
}

function valueNode(value: ProseValue): Node {
  const span = document.createElement('span');
  if (value === undefined) {
    span.className = 'prose-pending';
    span.textContent = '…';
  } else if ('problem' in value) {
    span.className = 'prose-problem';
    span.textContent = '⚠';
    span.title = value.problem;
    span.setAttribute('role', 'img');
    span.setAttribute('aria-label', value.problem);
  } else {
    span.className = 'prose-value';
    span.textContent = value.text;
  }
  return span;
}
