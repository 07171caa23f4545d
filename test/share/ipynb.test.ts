import { describe, expect, it } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { readIpynb } from '../../src/share/ipynb-read';
import { writeIpynb } from '../../src/share/ipynb-write';
import type { Results } from '../../src/share/results';
import { caseRandom } from '../notebook/seeded';
import { randomFileText, randomNotebook } from '../notebook/random-notebook';
import { nbformatProblems } from './nbformat';

describe('a Jupyter notebook that Levain wrote', () => {
  it('comes back as the same notebook, in 400 random ones, and is valid nbformat 4.5', () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = caseRandom(seed);
      const notebook = seed % 2 ? randomNotebook(random) : parseNotebook(randomFileText(random)).notebook;
      const written = writeIpynb(notebook);
      expect(nbformatProblems(JSON.parse(written)), `seed ${seed}`).toEqual([]);
      expect(readIpynb(written).notebook, `seed ${seed}\n${written}`).toEqual(notebook);
    }
  });

  it('brings results along that Jupyter shows, and none of them changes the notebook', () => {
    const { notebook } = parseNotebook('```ts id=a\n1\n```\n\n```sql id=b name=q\nSELECT 1\n```\n');
    const results: Results = new Map([
      [
        'a',
        {
          outputs: [
            { type: 'number', value: 1234.5 },
            {
              type: 'tree',
              root: {
                tag: 'svg',
                attrs: { viewBox: '0 0 1 1', 'aria-label': 'A chart' },
                children: [{ tag: 'path', attrs: { d: 'M0 0' } }],
              },
            },
            { type: 'tree', root: { tag: 'div', children: ['<b>'] } },
            { type: 'text', text: 'a\nb' },
            { type: 'progress', label: 'x' },
          ],
          problem: { code: 'unknown-name', message: 'There is no x.' },
        },
      ],
      ['b', { outputs: [{ type: 'rows', columns: [{ name: 'a', right: true }], rows: [['1'], [null]], total: 9 }] }],
    ]);
    const written = JSON.parse(writeIpynb(notebook, results)) as { cells: { outputs: Record<string, never>[] }[] };
    expect(nbformatProblems(written)).toEqual([]);
    const [ts, sql] = written.cells;
    expect(ts!.outputs).toHaveLength(5);
    expect(ts!.outputs[0]).toMatchObject({ data: { 'text/plain': ['1,234.5'] } });
    expect(ts!.outputs[1]).toMatchObject({
      data: {
        'text/plain': ['A chart'],
        'image/svg+xml': [expect.stringMatching(/^<svg xmlns=.*<path d="M0 0"><\/path><\/svg>$/)],
      },
    });
    expect(ts!.outputs[2]).toMatchObject({ data: { 'text/html': ['<div>&#60;b&#62;</div>'] } });
    expect(ts!.outputs[4]).toMatchObject({ output_type: 'error', ename: 'unknown-name' });
    expect(sql!.outputs[0]).toMatchObject({ data: { 'text/plain': ['a\n', '1\n'] } });
    expect(readIpynb(JSON.stringify(written)).notebook).toEqual(notebook);
  });

  it('shows prose with its values, and gives the text back that works them out, unless Jupyter’s reader changed it', () => {
    const { notebook } = parseNotebook('Sales: **{{ sales }}** from {{ who }}.\n\n```ts id=a\n1\n```\n');
    const [prose] = notebook.cells;
    const results: Results = new Map([
      [
        prose!.id,
        { outputs: [], parts: ['Sales: **', {}, '** from ', {}, '.'], values: ['1,234.50', 'a_b <img src=x> [c](d)'] },
      ],
    ]);
    const written = JSON.parse(writeIpynb(notebook, results)) as { cells: { source: string[] }[] };
    expect(nbformatProblems(written)).toEqual([]);
    expect(written.cells[0]!.source.join('')).toBe('Sales: **1,234.50** from a\\_b \\<img src=x\\> \\[c\\](d).');
    expect(readIpynb(JSON.stringify(written)).notebook).toEqual(notebook);
    written.cells[0]!.source = ['Sales: much.'];
    expect(readIpynb(JSON.stringify(written)).notebook.cells[0]!.source).toBe('Sales: much.');
  });

  it('lets Jupyter fetch nothing by itself, and a value stand in no address', () => {
    const shown = (source: string, ...values: string[]): string => {
      const { notebook } = parseNotebook(`${source}\n\n\`\`\`ts id=a\n1\n\`\`\`\n`);
      const [prose] = notebook.cells;
      const parts = source.split(/({{.*?}})/).map((part) => (part.startsWith('{{') ? {} : part));
      const results: Results = new Map([[prose!.id, { outputs: [], parts, values }]]);
      const written = writeIpynb(notebook, values.length > 0 ? results : new Map());
      expect(readIpynb(written).notebook).toEqual(notebook);
      return (JSON.parse(written) as { cells: { source: string[] }[] }).cells[0]!.source.join('');
    };
    const secret = 'ada';
    expect(shown('![c](https://x.example/p.png?d={{ s }}) {{ s }}', secret, secret)).toBe(
      '!\\[c](https://x.example/p.png?d=…) ada',
    );
    expect(shown('<img src="https://x.example/?{{ s }}"> and <b>{{ s }}</b>', secret, secret)).toBe(
      '\\<img src="https://x.example/?…"> and <b>ada</b>',
    );
    for (const source of [
      '[more](https://x.example/{{ s }})',
      '[more](https://x.example/ "{{ s }}")',
      'https://x.example/?d={{ s }}',
      '<https://x.example/{{ s }}>',
      '[more][a]\n\n[a]: https://x.example/{{ s }}',
      '> <img\n> src="https://x.example/{{ s }}">',
      '<div>\n<img src="https://x.example/{{ s }}">\n</div>',
    ]) {
      const text = shown(source, secret);
      expect(text, source).not.toContain(secret);
      expect(text.replace(/\\</g, ''), source).not.toMatch(/<(?!https)/);
    }
    expect(shown('![c](https://x.example/p.png) <script src=x></script>')).toBe(
      '!\\[c](https://x.example/p.png) \\<script src=x>\\</script>',
    );
    expect(shown('Say `![c](x) <b>` and H<sub>2</sub>O < 3')).toBe('Say `![c](x) <b>` and H<sub>2</sub>O < 3');
  });

  it('takes what was changed in Jupyter: a source, a kind, a copy', () => {
    const { notebook } = parseNotebook('# Text\n\n```sql id=b name=q folded\nSELECT 1\n```\n');
    const written = JSON.parse(writeIpynb(notebook)) as { cells: { cell_type: string; source: string | string[] }[] };
    written.cells[1]!.source = ['%%sql\n', 'SELECT 2'];
    written.cells.push({ ...written.cells[1]!, cell_type: 'markdown', source: 'Now prose' });
    const { cells } = readIpynb(JSON.stringify(written)).notebook;
    expect(cells).toMatchObject([
      { id: 'top', kind: 'md', source: '# Text' },
      { id: 'b', kind: 'sql', name: 'q', folded: true, source: 'SELECT 2' },
      { id: 'bx2', kind: 'md', source: 'Now prose' },
    ]);
  });
});

const foreign = (cells: readonly object[], metadata: object = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

describe('a Jupyter notebook of another program', () => {
  it('gives Markdown, SQL and TypeScript as cells, and Python as text with a note', () => {
    const { notebook, notes } = readIpynb(
      foreign(
        [
          { cell_type: 'markdown', id: 'Intro-1', metadata: {}, source: ['# Sales\n', 'by week'] },
          {
            cell_type: 'code',
            id: '7c4a-11',
            metadata: {},
            execution_count: 3,
            outputs: [{}],
            source: 'import pandas as pd',
          },
          {
            cell_type: 'code',
            id: 'q',
            metadata: {},
            execution_count: 1,
            outputs: [],
            source: '%%sql weekly <<\nSELECT 1',
          },
          {
            cell_type: 'code',
            id: 'q2',
            metadata: {},
            execution_count: 1,
            outputs: [],
            source: '%%sql --save daily duckdb://\nSELECT 2',
          },
          {
            cell_type: 'code',
            id: 'q3',
            metadata: {},
            execution_count: 1,
            outputs: [],
            source: '%%sql duckdb:///a.db\nSELECT 3',
          },
          {
            cell_type: 'code',
            id: 't',
            metadata: { jupyter: { source_hidden: true } },
            execution_count: 1,
            outputs: [],
            source: '%%typescript\n1 + 1',
          },
          { cell_type: 'raw', id: 'r', metadata: {}, source: 'raw' },
        ],
        { kernelspec: { language: 'python', name: 'python3', display_name: 'Python' }, title: 'Sales' },
      ),
    );
    expect(notebook.title).toBe('Sales');
    expect(notebook.cells).toEqual([
      { id: 'intro1', kind: 'md', source: '# Sales\nby week', unknown: [['jupyter-id', 'Intro-1']] },
      { id: '7c4a11', kind: 'md', source: '```python\nimport pandas as pd\n```', unknown: [['jupyter-id', '7c4a-11']] },
      { id: 'q', kind: 'sql', name: 'weekly', source: 'SELECT 1' },
      { id: 'q2', kind: 'sql', name: 'daily', source: 'SELECT 2' },
      { id: 'q3', kind: 'sql', source: 'SELECT 3' },
      { id: 't', kind: 'ts', source: '1 + 1', folded: true },
      { id: 'r', kind: 'md', source: '```\nraw\n```' },
    ]);
    expect(notes).toEqual(['1 cell in python cannot run here and stands as text.']);
    const back = JSON.parse(writeIpynb(parseNotebook(printNotebook(notebook)).notebook)) as { cells: { id: string }[] };
    expect(
      back.cells.map(({ id }) => id),
      'its ids are kept through Levain',
    ).toEqual(['Intro-1', '7c4a-11', 'q', 'q2', 'q3', 't', 'r']);
  });

  it('keeps pictures that stand in it, and none from elsewhere', () => {
    const attachments = { 'a b.png': { 'image/png': 'iVBO\nRw==' }, 'x.svg': { 'image/svg+xml': '<svg/>' } };
    const source = '![one](attachment:a%20b.png) ![two](attachment:x.svg) ![three](attachment:no.png)';
    const [cell] = readIpynb(foreign([{ cell_type: 'markdown', id: 'a', metadata: {}, attachments, source }])).notebook
      .cells;
    expect(cell!.source).toBe(
      '![one](data:image/png;base64,iVBORw==) ![two](attachment:x.svg) ![three](attachment:no.png)',
    );
  });

  it('of a Deno kernel is TypeScript; code with fences inside stays whole', () => {
    const source = 'const a: number = 1;';
    const code = (text: string) => ({
      cell_type: 'code',
      id: 'a',
      metadata: {},
      outputs: [],
      execution_count: null,
      source: text,
    });
    expect(readIpynb(foreign([code(source)], { language_info: { name: 'typescript' } })).notebook.cells).toEqual([
      { id: 'a', kind: 'ts', source },
    ]);
    const fenced = readIpynb(foreign([code('s = """\n```\n````\n"""')])).notebook;
    expect(parseNotebook(printNotebook(fenced)).notebook.cells).toEqual(fenced.cells);
    expect(fenced.cells[0]!.source.startsWith('`````python\n')).toBe(true);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"nbformat":3,"worksheets":[]}',
    '{"nbformat":4}',
    '{"nbformat":4,"cells":{}}',
  ])('that is %j is refused with what to do', (text) => {
    expect(() => readIpynb(text)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'ipynb', hint: expect.any(String) }) }),
    );
  });

  it('with any JSON in the place of its parts is read or refused, and prints and parses the same', () => {
    const odd: unknown[] = [null, 1, 'x', true, [], {}, [1, 'a'], { a: 1 }, { __proto__: null }, ['a\r\n', 'b']];
    for (let seed = 0; seed < 300; seed++) {
      const random = caseRandom(seed);
      const any = (): unknown => odd[random.integer(odd.length)];
      const cells = Array.from({ length: random.integer(4) }, () => ({
        cell_type: random.integer(2) ? any() : ['code', 'markdown', 'raw'][random.integer(3)],
        id: any(),
        metadata: random.integer(2)
          ? any()
          : {
              levain: {
                kind: random.integer(2) ? any() : 'sql',
                id: any(),
                name: any(),
                unknown: random.integer(2) ? any() : [any(), ['k', 'v'], ['f', true]],
              },
            },
        source: any(),
        attachments: any(),
      }));
      const { notebook } = readIpynb(
        foreign(random.integer(9) ? cells : (odd as object[]), { title: any(), levain: any() }),
      );
      expect(parseNotebook(printNotebook(notebook)).notebook.cells, `seed ${seed}`).toEqual(notebook.cells);
    }
  });
});
