import createDOMPurify from 'dompurify';
import katex from 'katex';
import sheet from 'katex/dist/katex.min.css?raw';

const fonts = import.meta.glob<string>('../../../node_modules/katex/dist/fonts/*.woff2', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** What KaTeX builds formulas of: boxes, strokes, and MathML for those who hear them. */
const TAGS =
  'span svg path line math semantics annotation mrow mi mn mo ms mspace mtext menclose mfrac mover mpadded mphantom mroot msqrt mstyle msub msubsup msup mtable mtd mtr munder munderover';
const ATTRIBUTES =
  'class style aria-hidden viewBox width height preserveAspectRatio d x1 x2 y1 y2 stroke-width xmlns encoding display mathvariant stretchy fence separator accent accentunder columnalign columnspacing rowspacing scriptlevel displaystyle minsize maxsize lspace rspace linethickness notation voffset';

/** Lengths and colours; nothing that floats over the page, loads or animates. */
const DECLARATION =
  /^(?:(?:min-|max-)?(?:width|height)|vertical-align|top|bottom|left|right|(?:margin|padding)(?:-(?:top|right|bottom|left))?|border(?:-(?:top|right|bottom|left))?-width|color|background-color|border-color|position|border-style)\s*:\s*(?:-?[\d.]+(?:em|ex|%)?|calc\([-+ .\dem%]+\)|#[0-9a-f]{3,8}|[a-z]+)$/i;

const purify = createDOMPurify(window);
purify.addHook('uponSanitizeAttribute', (_node, data) => {
  if (data.attrName !== 'style') return;
  const kept = data.attrValue.split(';').map((part) => part.trim());
  data.attrValue = kept.filter((part) => DECLARATION.test(part) && !/fixed|absolute|sticky/i.test(part)).join(';');
});

let dressed = false;

/** The style sheet of formulas, with the page's own copies of its fonts; a font is fetched when a formula needs it. */
function dress(): void {
  if (dressed) return;
  dressed = true;
  const address = (name: string): string => {
    const [, url] = Object.entries(fonts).find(([path]) => path.endsWith(`/${name}`)) ?? [];
    return new URL(url ?? name, import.meta.url).href;
  };
  const own = sheet
    .replace(/url\(fonts\/([^)]+\.woff2)\)/g, (_, name: string) => `url("${address(name)}")`)
    .replace(/,url\(fonts\/[^)]+\) format\("[^"]+"\)/g, '');
  const style = new CSSStyleSheet();
  style.replaceSync(own);
  document.adoptedStyleSheets.push(style);
}

/**
 * Sets a formula in place of its source. Commands that load, link, or style the page are off, sizes and expansions are
 * bounded, and what comes out is sanitised as all prose is. A formula with a mistake shows its source and the mistake.
 */
export function setFormula(place: HTMLElement, display: boolean): void {
  dress();
  const tex = place.textContent ?? '';
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      trust: false,
      strict: 'ignore',
      maxExpand: 1000,
      maxSize: 20,
      throwOnError: true,
      output: 'htmlAndMathml',
    });
    const fragment = purify.sanitize(html, {
      RETURN_DOM_FRAGMENT: true,
      ALLOWED_TAGS: TAGS.split(' '),
      ALLOWED_ATTR: ATTRIBUTES.split(' '),
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
    });
    place.replaceChildren(fragment);
  } catch (error) {
    place.classList.add('prose-problem');
    place.title = error instanceof Error ? error.message : String(error);
  }
}
