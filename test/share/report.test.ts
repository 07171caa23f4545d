import { describe, expect, it } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse';
import { checkTree } from '../../src/output/check-tree';
import type { TreeNode } from '../../src/output/output';
import { treeHtml } from '../../src/share/html';
import { proseHtml } from '../../src/share/prose-html';
import { renderReport } from '../../src/share/report';
import type { Results } from '../../src/share/results';
import { hostileTrees } from '../output/hostile-trees';

const options = { tokens: ':root { --paper: #fff; }', code: false, made: 'Made on 1 March 2026.' };
/** What could load, run or lead away, wherever it stands outside escaped text. */
const ALIVE =
  /<(?:script|iframe|object|embed|link|base|form|video|audio|img[^>]+src="(?!data:image)|style)|\son\w+=|javascript:|\bsrc(?:set|doc)=|url\((?!#)|@import/i;

const TEXT = `---
notebook: 1
title: Weekly <media>
---
# Weekly <media>

Latest ROAS: **{{ roas }}** of {{ nobody }}.

\`\`\`sql id=a name=weekly
SELECT secret FROM "orders"
\`\`\`

\`\`\`ts id=b
1
\`\`\`

\`\`\`sql id=c
SELECT 2
\`\`\`
`;

const results: Results = new Map([
  ['top', { outputs: [], parts: ['# Weekly <media>\n\nLatest ROAS: **', {}, '** of ', {}, '.'], values: ['3.4 <x>'] }],
  [
    'a',
    {
      outputs: [
        {
          type: 'rows',
          columns: [
            { name: 'day & night', right: false },
            { name: 'spend', right: true },
          ],
          rows: [
            ['<b>Mon', '12'],
            [null, '7'],
          ],
          total: 900,
        },
      ],
    },
  ],
  [
    'b',
    {
      outputs: [
        {
          type: 'tree',
          root: {
            tag: 'svg',
            attrs: { viewBox: '0 0 10 10', style: 'color: var(--ink)' },
            children: [
              { tag: 'title', children: ['</title><script>'] },
              { tag: 'path', attrs: { d: 'M0 0', fill: 'url(#g)' } },
            ],
          },
        },
        { type: 'number', value: 1234567.5 },
        { type: 'text', text: '<pre>' },
        {
          type: 'value',
          value: {
            kind: 'list',
            label: 'Array(3)',
            entries: [{ key: '0', value: { kind: 'scalar', text: '"<a>"', of: 'string' } }],
            more: 2,
          },
        },
        {
          type: 'input',
          key: 'k',
          spec: { kind: 'select', label: 'Channel', choices: ['all', 'search <1>'], multiple: false },
          value: 'search <1>',
        },
        { type: 'progress', label: 'x' },
      ],
      problem: { code: 'x', message: 'There is no <column>.' },
    },
  ],
]);

/** The tags of a piece of HTML, without the escaped text between them. */
const tagsOf = (html: string): string => (html.match(/<[^>]*>/g) ?? []).join('');

/** Whether a tree is one by its shape: strings, and elements of strings and elements. */
function wellFormed(tree: unknown): tree is TreeNode {
  if (typeof tree === 'string') return true;
  if (typeof tree !== 'object' || tree === null) return false;
  const { tag, attrs = {}, children = [] } = tree as Record<string, unknown>;
  const strings = Object.values(attrs as object).every((value) => typeof value === 'string');
  return typeof tag === 'string' && strings && Array.isArray(children) && children.every(wellFormed);
}

describe('a report', () => {
  const { notebook } = parseNotebook(TEXT);
  const html = renderReport(notebook, results, options);

  it('holds text with its values, tables, charts, values and problems, and no code', () => {
    expect(html).toContain('<h1>Weekly &#60;media&#62;</h1>');
    expect(html).toContain('Latest ROAS: <strong>3.4 &#60;x&#62;</strong> of ….');
    expect(html).toContain('<th scope="col">day &#38; night</th><th scope="col" class="n">spend</th>');
    expect(html).toContain('<td>&#60;b&#62;Mon</td><td class="n">12</td>');
    expect(html).toContain('<p class="name">weekly</p>\n<div class="wide"><table>');
    expect(html).toContain('The first 2 of 900 rows.');
    expect(html).toContain('<path d="M0 0" fill="url(#g)"></path></svg>');
    expect(html).toContain('1,234,567.5');
    expect(html).toContain('Array(3)<ul><li><b>0</b> &#34;&#60;a&#62;&#34;</li><li>and 2 more</li></ul>');
    expect(html).toContain('Channel: <strong>search &#60;1&#62;</strong>');
    expect(html).toContain('There is no &#60;column&#62;.');
    expect(html).not.toContain('SELECT');
    expect(html.match(/<section>/g)).toHaveLength(3);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('holds the code where it is wanted', () => {
    expect(renderReport(notebook, results, { ...options, code: true })).toContain(
      '<pre class="code">SELECT secret FROM &#34;orders&#34;</pre>',
    );
  });

  it('says of a result that it is of before the last change', () => {
    const old: Results = new Map([['b', { outputs: [{ type: 'number', value: 1 }], outdated: true }]]);
    expect(renderReport(notebook, old, options)).toMatch(/class="number">1<\/p>\s*<p class="note">Worked out before/);
    expect(html).not.toContain('Worked out before');
  });

  it('stands alone: no script, nothing that loads, and a policy that says so', () => {
    const body = html.slice(html.indexOf('<body>'));
    expect(body).not.toMatch(ALIVE);
    expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    expect(html).not.toMatch(/https?:|\/\/(?!\s)/);
  });

  it('of hostile drawings keeps nothing alive, also where they were not checked before', () => {
    for (const [name, tree] of hostileTrees) {
      if (wellFormed(tree)) expect(tagsOf(treeHtml(tree)), name).not.toMatch(ALIVE);
      expect(tagsOf(treeHtml(checkTree(tree, 'p-').root)), name).not.toMatch(ALIVE);
    }
  });

  it('cannot be broken out of by a style sheet, a title or a text', () => {
    const evil = '</style></title></pre></section><script>alert(1)</script><img src=x onerror=alert(1)>';
    const broken = renderReport(
      {
        ...notebook,
        title: evil,
        cells: [
          { id: 'a', kind: 'md', source: evil },
          { id: 'b', kind: 'ts', source: evil },
        ],
      },
      new Map([['b', { outputs: [{ type: 'text', text: evil }] }]]),
      { tokens: evil, code: true, made: evil },
    );
    const outsideStyle = broken.replace(/<style>[^]*?<\/style>/, '');
    expect(outsideStyle).not.toMatch(/<script|<img|onerror=alert\(1\)>/i);
    expect(broken.match(/<\/style>/g)).toHaveLength(1);
  });
});

describe('prose in a report', () => {
  it.each([
    ['**a** <sub>2</sub> <u>b</u><br>', '<strong>a</strong> <sub>2</sub> <u>b</u><br>'],
    [
      '[a](https://a.example/?x=1&y="2")',
      '<a href="https://a.example/?x=1&#38;y=&#34;2&#34;" rel="noopener noreferrer">a</a>',
    ],
    ['[a](javascript:alert(1)) [b](data:text/html,x) [c](//x.example)', 'a b c'],
    ['![a](https://a.example/a.png) ![b](data:image/svg+xml,x)', 'a b'],
    ['![a "b"](data:image/png;base64,AAAA)', '<img src="data:image/png;base64,AAAA" alt="a &#34;b&#34;">'],
    ['- [x] done', '☑ done'],
    ['<b onclick="x()">a</b>', '&#60;b onclick=&#34;x()&#34;&#62;a</b>'],
  ])('%s', (source, html) => expect(proseHtml([source])).toContain(html));

  it('gives hostile markup as text', () => {
    for (const source of [
      '<script>x</script>',
      '<img src=x onerror=y>',
      '<style>*{}</style>',
      '<iframe src="x">',
      '<a href="javascript:x">',
      '<!--x--><svg onload=x>',
      '[x](<javascript:x>)',
      '<javascript:x>',
      'a <https://x.example/"onmouseover="y>',
      '`</code><script>`',
      '```html\n</code></pre><script>\n```',
      '```"><script>\nx\n```',
      '| a |\n|-|\n| <script> |',
    ])
      expect(proseHtml([source]), source).not.toMatch(
        /<(?:script|img|style|iframe|svg)|<a href="javascript|<[^>]*\son\w+=(?![^<]*&)/i,
      );
  });

  it('sets values in as text, and never into an address', () => {
    const html = proseHtml(
      ['Sum: ', {}, ', [link](https://a.example/', {}, ') ![', {}, '](data:image/png;base64,AAAA)'],
      ['<1>', 'secret', 'secret'],
    );
    expect(html).toContain('Sum: &#60;1&#62;');
    expect(html).toContain('href="https://a.example/"');
    expect(html).not.toContain('secret');
    expect(proseHtml(['a \uE0000\uE001 b'], ['secret'])).not.toContain('secret');
  });
});
