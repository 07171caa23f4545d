import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdit, type Edit } from '../../src/notebook/edit';
import type { Notebook } from '../../src/notebook/model';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';

const folder = resolve(import.meta.dirname, '../fixtures/notebooks');
const templates = resolve(import.meta.dirname, '../../notebooks');

const read = (name: string): string => readFileSync(join(folder, `${name}.nb.md`), 'utf8');
const lineFeeds = (text: string): string => text.replace(/^\uFEFF+/, '').replace(/\r+\n/g, '\n');
const edited = (name: string, ...edits: Edit[]): string =>
  printNotebook(edits.reduce(applyEdit, parseNotebook(read(name)).notebook));

/** `md:top sql:a(x)`: kind, id and name of each cell. */
const outline = ({ cells }: Notebook): string =>
  cells.map(({ kind, id, name }) => `${kind}:${id}${name === undefined ? '' : `(${name})`}`).join(' ');

/** Each file with its cells and its problems as `code@line`. */
const FILES: Record<string, readonly [cells: string, problems?: string]> = {
  'adjacent-prose': ['md:top md:top2 md:m9 md:empty md:raw'],
  binary: ['*', '*'],
  blank: ['', 'no-version@1'],
  'broken-yaml': ['md:top sql:a(x)', 'front-matter@4'],
  'byte-order-mark': ['md:top'],
  crlf: ['md:top sql:a(x)'],
  'duplicate-ids': ['sql:a(x) sql:ax2(y) sql:ax(z)', 'duplicate-id@9'],
  empty: ['', 'no-version@1'],
  'empty-cells': ['sql:a ts:b ts:c'],
  example: ['md:top ts:k3f9 sql:p7aa(daily) md:p7aap'],
  'files-list': ['', 'front-matter@4'],
  'front-matter-kept': ['sql:a(total)'],
  future: ['sql:a(x) md:ap', 'future-version@2'],
  'html-and-rules': ['md:top sql:a md:ap'],
  indented: ['md:top sql:a(orders) md:ap'],
  'inline-csv': ['csv:t(targets) csv:u', 'unnamed-csv@11'],
  'lone-cr': ['md:top'],
  'long-fences': ['ts:a md:ap'],
  'malformed-ids': ['ts:cell1 ts:b ts:cell', 'malformed-id@5 malformed-id@9 malformed-id@13'],
  'missing-version': ['ts:a', 'no-version@1'],
  'no-final-newline': ['sql:a'],
  'odd-spacing': ['md:top sql:a(x) md:ap ts:b', 'no-version@1'],
  'plain-markdown': ['md:top', 'no-version@1'],
  scripts: ['md:top sql:a(weekly sales) ts:b(a `tick`)'],
  'strange-version': ['', 'no-version@2'],
  tildes: ['sql:a(quoted) ts:b'],
  typescript: ['ts:a sql:b(x)'],
  'unclosed-fence': ['sql:a(x) ts:b ts:c', 'unclosed-fence@5 unclosed-fence@12'],
  'unclosed-front-matter': ['md:top sql:a', 'unclosed-front-matter@1'],
  'unclosed-prose-fence': ['md:top', 'unclosed-fence@7'],
};

describe('a file by hand', () => {
  it('of the folder is in the table below it', () => {
    expect(readdirSync(folder).toSorted()).toEqual(
      Object.keys(FILES)
        .map((name) => `${name}.nb.md`)
        .toSorted(),
    );
  });

  it.each(Object.keys(FILES))('%s comes out as it went in', (name) => {
    const text = read(name);
    expect(printNotebook(parseNotebook(text).notebook)).toBe(lineFeeds(text));
  });

  it.each(Object.entries(FILES).filter(([, [cells]]) => cells !== '*'))(
    '%s has its cells and its problems',
    (name, [cells, expected]) => {
      const { notebook, problems } = parseNotebook(read(name));
      expect(outline(notebook)).toBe(cells);
      expect(problems.map(({ code, line }) => `${code}@${line}`).join(' ')).toBe(expected ?? '');
    },
  );

  it.each(readdirSync(templates).filter((name) => name.endsWith('.nb.md')))(
    '%s that is shipped has no problem',
    (name) => {
      const text = readFileSync(join(templates, name), 'utf8');
      const { notebook, problems } = parseNotebook(text);
      expect(problems).toEqual([]);
      expect(printNotebook(notebook)).toBe(text);
    },
  );
});

describe('reading', () => {
  it('gives the files with their columns and options, and a table by the name of the file', () => {
    const { title, files } = parseNotebook(read('front-matter-kept')).notebook;
    expect(title).toBe('Sales: week 12');
    expect(files).toEqual([
      {
        name: 'orders.csv',
        table: 'shop_orders',
        sha256: '0123',
        columns: { 'order id': 'BIGINT', total: 'DECIMAL(18,2)' },
        options: { delimiter: ';', decimal: ',' },
      },
      { name: 'ads 2024 (1).csv', table: 'ads_2024_1', sha256: '77' },
    ]);
  });

  it('takes an indented fence without its margin', () => {
    expect(parseNotebook(read('indented')).notebook.cells[1]!.source).toBe('SELECT *\n  FROM shop\nWHERE true');
  });

  it('keeps the text of a cell that is not closed', () => {
    const sources = parseNotebook(read('unclosed-fence')).notebook.cells.map(({ source }) => source);
    expect(sources).toEqual(['SELECT 1', 'x', 'const last = 1;']);
  });

  it('keeps attributes that it does not know', () => {
    expect(parseNotebook(read('future')).notebook.cells[0]!.unknown).toEqual([
      ['chart', 'bar'],
      ['pin', true],
      ['cache', '1 h'],
    ]);
  });

  it('keeps prose as it stands, cells of unknown languages in it', () => {
    expect(parseNotebook(read('future')).notebook.cells[1]!.source).toBe('```r id=b\nsummary(x)\n```');
  });
});

describe('an edit', () => {
  const changed = (before: string, after: string): [string[], string[]] => {
    const [old, now] = [lineFeeds(before).split('\n'), after.split('\n')];
    return [old.filter((line) => !now.includes(line)), now.filter((line) => !old.includes(line))];
  };

  it('of one cell changes only its lines', () => {
    const after = edited('odd-spacing', { type: 'setSource', id: 'b', source: 'let y = 2' });
    expect(changed(read('odd-spacing'), after)).toEqual([['let y = 1'], ['let y = 2']]);
  });

  it('of the title keeps comments, unknown keys and the files in the front matter', () => {
    const after = edited('front-matter-kept', { type: 'setTitle', title: 'Week 13 # new' });
    const lines = changed(read('front-matter-kept'), after);
    expect(lines[1][0]).toBe('title: "Week 13 # new" # the title');
    for (const kept of [
      '# Made for the Monday meeting',
      'author: {name: Ana',
      '# exported from the shop',
      'note: keep me',
      'sha256: "0123"',
    ]) {
      expect(after).toContain(kept);
    }
    expect(parseNotebook(after).notebook.title).toBe('Week 13 # new');
  });

  it('of the files keeps what others wrote of them', () => {
    const { files } = parseNotebook(read('front-matter-kept')).notebook;
    const after = edited('front-matter-kept', {
      type: 'setFiles',
      files: [
        { ...files[0]!, sha256: 'ffff' },
        { name: 'new.csv', table: 'new' },
      ],
    });
    expect(after).toContain('sha256: ffff');
    expect(after).toContain('note: keep me');
    expect(after).toContain('author: {name: Ana');
    expect(parseNotebook(after).notebook.files.map(({ name }) => name)).toEqual(['orders.csv', 'new.csv']);
  });

  it('keeps a later version and what it means', () => {
    const after = edited(
      'future',
      { type: 'setSource', id: 'a', source: 'SELECT 2' },
      { type: 'setTitle', title: 'Now' },
    );
    expect(after).toContain('notebook: 2');
    expect(after).toContain('layout: {columns: 2}');
    expect(after).toContain('```sql id=a name=x chart=bar pin cache="1 h"\nSELECT 2\n```');
  });

  it('of the title where the front matter is broken keeps that as a comment', () => {
    const after = edited('broken-yaml', { type: 'setTitle', title: 'Again' });
    expect(after).toContain('# title: "no end\n# files: [\n');
    expect(parseNotebook(after)).toMatchObject({ notebook: { title: 'Again' }, problems: [] });
  });

  it('closes a fence that was open', () => {
    const after = edited('unclosed-fence', { type: 'setSource', id: 'a', source: 'SELECT 2' });
    expect(after).toContain('```sql id=a name=x\nSELECT 2\n```\n\n```ts id=b');
  });

  it('of plain Markdown adds no front matter until there is something to say in it', () => {
    const cell = { id: 'k3f9', kind: 'sql', name: 'x', source: 'SELECT 1' } as const;
    const inserted = edited('plain-markdown', { type: 'insert', index: 1, cell });
    expect(inserted).toBe(`${read('plain-markdown').trimEnd()}\n\n\`\`\`sql id=k3f9 name=x\nSELECT 1\n\`\`\`\n`);
    expect(edited('plain-markdown', { type: 'setTitle', title: 'Notes' })).toBe(
      `---\nnotebook: 1\ntitle: Notes\n---\n${read('plain-markdown')}`,
    );
  });
});
