import { describe, expect, it } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { isMarimo, readMarimo } from '../../src/share/marimo';
import { readObservable } from '../../src/share/observable';
import { caseRandom } from '../notebook/seeded';
import { codeOf } from './code-of';

const page = (...cells: string[]): string =>
  `<!doctype html>\n<notebook theme="air">\n  <title>Sales &amp; &#8220;more&#x201d;</title>\n${cells.join('\n')}\n</notebook>\n`;

describe('a notebook of Observable', () => {
  it('gives Markdown with its values, SQL with its name, code as TypeScript, and other languages as text', () => {
    const { notebook, notes } = readObservable(
      page(
        '  <script id="1" type="text/markdown">\n    # Sales\n\n    In all: ${total.toFixed(2)} and ${f({a: 1})}\n  </script>',
        '  <script id="7" type="application/sql" pinned="" database="var:db" output="weekly">\n    SELECT *\n      FROM sales WHERE a < 2 AND c = ${channel}\n  </script>',
        '  <script id="8" type="module" pinned="">\n    const a = "<\\/script>";\n    display(a > 1)\n  </script>',
        '  <script id="9" type="text/x-typescript">\n    const b: number = 1;\n  </script>',
        '  <script id="10" type="text/html">\n    <b>${a}</b>\n  </script>',
        "  <script id='11' type='application/vnd.observable.javascript'>\n    viewof x = 1\n  </script>",
      ),
    );
    expect(notebook.title).toBe('Sales & “more”');
    expect(notebook.cells).toEqual([
      { id: 'cell1', kind: 'md', source: '# Sales\n\nIn all: {{ total.toFixed(2) }} and {{ f({a: 1}) }}' },
      { id: 'cell7', kind: 'sql', name: 'weekly', source: 'SELECT *\n  FROM sales WHERE a < 2 AND c = ${channel}' },
      { id: 'cell8', kind: 'ts', source: 'const a = "</script>";\ndisplay(a > 1)' },
      { id: 'cell9', kind: 'ts', source: 'const b: number = 1;', folded: true },
      { id: 'cell10', kind: 'md', source: '```html\n<b>${a}</b>\n```' },
      { id: 'cell11', kind: 'md', source: '```ojs\nviewof x = 1\n```' },
    ]);
    expect(notes).toEqual(['Cells in html, ojs cannot run here and stand as text.']);
  });

  it('that is no notebook is refused', async () => {
    expect(await codeOf(Promise.resolve('<html><script>x</script></html>').then(readObservable))).toBe('observable');
  });

  it('of any shape is read in time that grows with its length, and prints and parses the same', () => {
    const parts = [
      '<script',
      '<script id="1">',
      '</script>',
      '"',
      "'",
      '>',
      '<notebook>',
      '${',
      '}',
      '{{',
      '&amp;',
      '&#99999999;',
      '\n',
      '```',
      ' id=x ',
      '<\\/script>',
      '---',
    ];
    for (let seed = 0; seed < 300; seed++) {
      const random = caseRandom(seed);
      const html = `<notebook>${Array.from({ length: 40 }, () => parts[random.integer(parts.length)]).join('')}`;
      const { notebook } = readObservable(html);
      expect(parseNotebook(printNotebook(notebook)).notebook.cells, `seed ${seed}`).toEqual(notebook.cells);
    }
    for (const part of ['<script', '<script>', '<script "', '<script></script>${', '<script>${{', '&#'])
      readObservable(`<notebook>${part.repeat(100_000)}`);
  });
});

const marimo = (body: string): string =>
  `---\ntitle: My notebook\nmarimo-version: 0.13.2\nwidth: medium\n---\n\n${body}`;

describe('a notebook of marimo', () => {
  it('gives prose, SQL with its name, and Python as text with a note', () => {
    const text = marimo(
      [
        '# Sales',
        '',
        'By week.',
        '<!---->',
        'Second cell.',
        '',
        '```python {.marimo hide_code="true"}',
        'import marimo as mo',
        '```',
        '',
        '```sql {.marimo query="weekly" hide_code="true"}',
        'SELECT 1',
        '```',
        '```sql {.marimo}',
        'SELECT 2',
        '```',
        '```{.python.marimo name="maybe"}',
        '1 + 1',
        '```',
        '````md',
        '```python {.marimo}',
        'shown only',
        '```',
        '````',
        '```bash',
        'ls',
        '```',
      ].join('\n'),
    );
    expect(isMarimo(text)).toBe(true);
    const { notebook, notes } = readMarimo(text.replaceAll('\n', '\r\n'));
    expect(notebook.title).toBe('My notebook');
    expect(notebook.cells).toEqual([
      { id: 'text', kind: 'md', source: '# Sales\n\nBy week.' },
      { id: 'textx2', kind: 'md', source: 'Second cell.' },
      { id: 'python', kind: 'md', source: '```python\nimport marimo as mo\n```' },
      { id: 'weekly', kind: 'sql', name: 'weekly', source: 'SELECT 1', folded: true },
      { id: 'sql', kind: 'sql', source: 'SELECT 2' },
      { id: 'pythonx2', kind: 'md', source: '```python\n1 + 1\n```' },
      { id: 'textx3', kind: 'md', source: '````md\n```python {.marimo}\nshown only\n```\n````\n```bash\nls\n```' },
    ]);
    expect(notes).toEqual(['2 cells in Python cannot run here and stand as text.']);
    expect(parseNotebook(printNotebook(notebook)).notebook.cells).toEqual(notebook.cells);
  });

  it('is told from other Markdown by its front matter', () => {
    for (const text of ['# x', '---\nnotebook: 1\n---\n# marimo-version: 1\n', 'marimo-version: 1', ''])
      expect(isMarimo(text), text).toBe(false);
  });

  it('of any shape prints and parses the same', () => {
    const lines = [
      '```python {.marimo}',
      '```sql {.marimo query="a"}',
      '```',
      '````',
      '~~~',
      '<!---->',
      'text',
      '',
      '```sql id=a',
      '---',
      '```{.marimo}',
      '   ```',
      '<!-- cell -->',
    ];
    for (let seed = 0; seed < 500; seed++) {
      const random = caseRandom(seed);
      const { notebook } = readMarimo(
        marimo(Array.from({ length: random.integer(14) }, () => lines[random.integer(lines.length)]).join('\n')),
      );
      expect(parseNotebook(printNotebook(notebook)).notebook.cells, `seed ${seed}`).toEqual(notebook.cells);
    }
  });
});
