import type { Addresses, Markup, MarkupChannel } from './channel';

const of = (id: string, tree: (address: Addresses) => Markup): MarkupChannel => ({ id, tree });
const el = (tag: string, attrs: Record<string, string> = {}, ...children: Markup[]): Markup => ({
  tag,
  attrs,
  children,
});
const svg = (...children: Markup[]): Markup =>
  el('svg', { width: '40', height: '40', viewBox: '0 0 40 40' }, ...children);
const box = { x: '0', y: '0', width: '20', height: '20' };
const styled = (id: string, style: (http: string) => string, tag = 'div'): MarkupChannel =>
  of(id, ({ http }) => el(tag, { style: style(http) }, 'text'));
const link = (id: string, rel: string, more: Record<string, string> = {}): MarkupChannel =>
  of(id, ({ http }) => el('link', { rel, href: http, ...more }));

/** Elements, attributes and styles that load something when they stand in a page. */
export const markupChannels: readonly MarkupChannel[] = [
  of('img', ({ http }) => el('img', { src: http })),
  of('img-srcset', ({ http }) => el('img', { srcset: `${http} 1x` })),
  of('img-relative-protocol', ({ bare }) => el('img', { src: `//${bare}` })),
  of('img-onerror', ({ http }) => el('img', { src: 'data:,', onerror: `fetch('${http}')` })),
  of('picture', ({ http }) => el('picture', {}, el('source', { srcset: http }), el('img', { src: 'data:,' }))),
  of('svg-image', ({ http }) => svg(el('image', { href: http, ...box }))),
  of('svg-image-xlink', ({ http }) => svg(el('image', { 'xlink:href': http, ...box }))),
  of('svg-image-svg-data', ({ http }) =>
    svg(
      el('image', {
        href: `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${http}"/></svg>`)}`,
        ...box,
      }),
    ),
  ),
  of('svg-use-own-host', ({ own }) => svg(el('use', { href: `${own}#x` }))),
  of('svg-script', ({ http }) => svg(el('script', { href: http }))),
  of('svg-onload', ({ http }) => el('svg', { onload: `fetch('${http}')` })),
  of('svg-foreign-object', ({ http }) => svg(el('foreignObject', box, el('img', { src: http })))),
  of('svg-fe-image', ({ http }) =>
    svg(el('filter', { id: 'fe' }, el('feImage', { href: http })), el('rect', { ...box, filter: 'url(#fe)' })),
  ),
  of('svg-animate', ({ http }) =>
    svg(el('image', box, el('animate', { attributeName: 'href', to: http, dur: '1ms', fill: 'freeze' }))),
  ),
  of('svg-set', ({ http }) => svg(el('image', box, el('set', { attributeName: 'href', to: http })))),
  of('svg-style', ({ http }) =>
    svg(el('style', {}, `rect { fill: url(${http}#a); mask: url(${http}#a) }`), el('rect', box)),
  ),
  of('svg-fill', ({ http }) => svg(el('rect', { ...box, fill: `url(${http}#a)` }))),
  of('svg-filter-own-host', ({ own }) => svg(el('rect', { ...box, filter: `url(${own}#a)` }))),
  of('svg-mask', ({ http }) => svg(el('rect', { ...box, mask: `url("${http}#a")` }))),
  of('svg-clip-path', ({ http }) => svg(el('rect', { ...box, 'clip-path': `url(${http}#a)` }))),
  of('svg-marker', ({ http }) => svg(el('path', { d: 'M0,0L9,9L20,0', 'marker-end': `url(${http}#a)` }))),
  of('svg-gradient-href', ({ http }) =>
    svg(el('linearGradient', { id: 'gr', href: `${http}#a` }), el('rect', { ...box, fill: 'url(#gr)' })),
  ),
  styled('style-background', (http) => `background: url(${http})`),
  styled('style-background-escaped', (http) => `background: \\75rl(${http})`),
  styled('style-background-comment', (http) => `background: url(${http})/**/`),
  styled('style-image-set', (http) => `background: image-set("${http}" 1x)`),
  styled('style-cross-fade', (http) => `background: -webkit-cross-fade(url(${http}), url(${http}), 50%)`),
  styled('style-border-image', (http) => `border: 1px solid; border-image: url(${http}) 1`),
  styled('style-mask', (http) => `-webkit-mask-image: url(${http})`),
  styled('style-list-image', (http) => `list-style-image: url(${http}); display: list-item`, 'li'),
  styled('style-content', (http) => `content: url(${http})`),
  styled('style-cursor', (http) => `cursor: url(${http}), auto`),
  of('style-filter-own-host', ({ own }) => el('div', { style: `filter: url(${own}#a)` }, 'text')),
  styled('style-shape', (http) => `float: left; shape-outside: url(${http})`),
  styled('style-variable', (http) => `--plot-background: url(${http}); background: var(--plot-background)`),
  of('style-import', ({ http }) => el('style', {}, `@import url(${http});`)),
  of('style-font', ({ http }) =>
    el(
      'span',
      {},
      el('style', {}, `@font-face { font-family: leak; src: url(${http}) }`),
      el('span', { style: 'font-family: leak' }, 'text'),
    ),
  ),
  link('link-stylesheet', 'stylesheet'),
  link('link-prefetch', 'prefetch'),
  link('link-preload', 'preload', { as: 'script' }),
  link('link-modulepreload', 'modulepreload'),
  link('link-icon', 'icon'),
  link('link-manifest', 'manifest'),
  link('dns-prefetch', 'dns-prefetch'),
  of('preconnect', ({ tcp }) => el('link', { rel: 'preconnect', href: tcp })),
  of('script', ({ http }) => el('script', { src: http })),
  of('script-inline', ({ http }) => el('script', {}, `fetch('${http}')`)),
  of('script-speculation', ({ http }) =>
    el('script', { type: 'speculationrules' }, JSON.stringify({ prefetch: [{ source: 'list', urls: [http] }] })),
  ),
  of('frame', ({ http }) => el('iframe', { src: http })),
  of('frame-srcdoc', ({ http }) => el('iframe', { srcdoc: `<img src="${http}">` })),
  of('object', ({ http }) => el('object', { data: http })),
  of('embed', ({ http }) => el('embed', { src: http })),
  of('video', ({ http }) => el('video', { src: http, preload: 'auto' })),
  of('video-poster', ({ http }) => el('video', { poster: http })),
  of('audio-element', ({ http }) => el('audio', { src: http, preload: 'auto' })),
  of('track', ({ http }) =>
    el(
      'video',
      { src: 'data:,', crossorigin: 'anonymous' },
      el('track', { src: http, default: '', kind: 'subtitles' }),
    ),
  ),
  of('input-image', ({ http }) => el('input', { type: 'image', src: http })),
  of('autofocus-handler', ({ http }) => el('input', { autofocus: '', onfocus: `fetch('${http}')` })),
  of('details-handler', ({ http }) => el('details', { open: '', ontoggle: `fetch('${http}')` }, 'text')),
  of('meta-refresh', ({ http }) => el('meta', { 'http-equiv': 'refresh', content: `0; url=${http}` })),
  of('base', ({ http }) => el('span', {}, el('base', { href: `${http}/` }), el('img', { src: 'below' }))),
  of('table-background', ({ http }) =>
    el('table', { background: http }, el('tbody', {}, el('tr', {}, el('td', {}, 'text')))),
  ),
  of('anchor-javascript', ({ http }) => el('a', { href: `javascript:fetch('${http}')`, class: 'leak-click' }, 'text')),
  of('anchor', ({ http }) => el('a', { href: http, class: 'leak-click' }, 'text')),
  of('anchor-svg', ({ http }) =>
    svg(el('a', { 'xlink:href': http, href: http, class: 'leak-click' }, el('rect', box))),
  ),
];

/** Markdown that loads something when it is drawn without care. */
export const proseChannels: readonly { readonly id: string; readonly text: (address: Addresses) => string }[] = [
  { id: 'md-image', text: ({ http }) => `![text](${http})` },
  { id: 'md-image-title', text: ({ http }) => `![text](<${http}> "title")` },
  { id: 'md-image-reference', text: ({ http }) => `![text][leak]\n\n[leak]: ${http} "title"` },
  { id: 'md-image-in-link', text: ({ http }) => `[![text](${http})](#x)` },
  { id: 'md-image-in-table', text: ({ http }) => `| a |\n|---|\n| ![text](${http}) |` },
  { id: 'md-html-img', text: ({ http }) => `text <img src="${http}"> text` },
  { id: 'md-html-block', text: ({ http }) => `<div>\n<video poster="${http}"></video>\n</div>` },
  { id: 'md-html-svg', text: ({ http }) => `<svg><image href="${http}" width="9" height="9"></image></svg>` },
  { id: 'md-html-style', text: ({ http }) => `<style>@import url(${http});</style>` },
  {
    id: 'md-html-mutation',
    text: ({ http }) =>
      `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${http}&gt;"><img src="${http}">`,
  },
  { id: 'md-html-comment', text: ({ http }) => `<!--><img src="${http}">-->` },
];
