import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { MarkdownBody } from '../../src/language/definition';

const md = (source: string) => {
  const definition = define({ id: 'a', kind: 'md', source });
  return { ...definition, parts: (definition.body as MarkdownBody).parts };
};

describe('a Markdown cell', () => {
  it('reads the names of its expressions, each with its place', () => {
    const cell = md('# Title\nROAS **{{ daily.at(-1)?.roas as number }}**\n\n{{ fmt({a: "}}"}, `${x}}}`) }}.');
    expect(cell.inputs).toEqual(['daily', 'fmt', 'x']);
    expect(cell.parts).toEqual([
      '# Title\nROAS **',
      { expression: 'daily.at(-1)?.roas', line: 2, column: 11 },
      '**\n\n',
      { expression: 'fmt({a: "}}"}, `${x}}}`)', line: 4, column: 4 },
      '.',
    ]);
    expect(cell.problems).toEqual([]);
  });

  it.each([
    '`{{ a }}`',
    '`` ` {{ a }} ``',
    '```\n{{ a }}\n```',
    '````md\n```\n{{ a }}\n````',
    'x\n\n~~~ js\n{{ a }}\n\n{{ b }}\n~~~',
    '```\nnever closed {{ a }}',
    'no braces { a }',
  ])('leaves code alone: %j', (source) => {
    expect(md(source)).toMatchObject({ inputs: [], parts: [source], problems: [] });
  });

  it('goes on after code', () => {
    expect(md('`x` {{ a }} ```y``` {{ b }}\n```\n{{ c }}\n```\n{{ d }}').inputs).toEqual(['a', 'b', 'd']);
    expect(md('a ` lone backtick {{ a }}').inputs).toEqual(['a']);
  });

  it('takes \\{{ as plain braces', () => {
    expect(md('\\{{ a }}').parts).toEqual(['{{ a }}']);
  });

  it.each([
    ['one\n{{ a', 'syntax', 2, 1],
    ['one {{ a b }}', 'syntax', 1, 10],
    ['{{ }}', 'syntax', 1, 3],
    ['{{ x = 1 }}', 'assigns-other', 1, 3],
  ])('%j is a problem at its place', (source, code, line, column) => {
    expect(md(source).problems).toMatchObject([{ code, line, column }]);
  });
});

it('whatever a cell holds, it is read or has a problem, and takes no longer than its length', () => {
  const deep = '{{ `${'.repeat(20_000);
  expect(md(deep).problems[0]).toMatchObject({ code: 'syntax' });
  expect(md('{{ '.repeat(30_000)).problems[0]).toMatchObject({ code: 'syntax' });
  const ragged = Array.from({ length: 2_000 }, (_, i) => '`'.repeat(i + 1)).join('x');
  expect(md(`${ragged} {{ a }}`).inputs).toEqual(['a']);
  for (const kind of ['sql', 'ts', 'check', 'metric'] as const) {
    const source = kind === 'sql' ? `SELECT ${'${`'.repeat(20_000)}` : '(['.repeat(50_000);
    expect(define({ id: 'a', kind, name: 'n', source }).problems.length, kind).toBeGreaterThan(0);
  }
  expect(define({ id: 'a', kind: 'sql', name: 'n', source: `SELECT ${'('.repeat(50_000)}` }).problems[0]).toMatchObject(
    {
      code: 'syntax',
      message: 'This cell cannot be read: it is nested too deeply.',
    },
  );
});

describe('a CSV cell', () => {
  it('defines its name', () => {
    expect(define({ id: 'a', kind: 'csv', name: 'targets', source: 'a,b\n1,2' })).toEqual({
      inputs: [],
      outputs: ['targets'],
      body: { type: 'csv', text: 'a,b\n1,2' },
      problems: [],
    });
  });

  it('needs a name, and a good one', () => {
    expect(define({ id: 'a', kind: 'csv', source: 'a' }).problems[0]).toMatchObject({ code: 'no-name' });
    expect(define({ id: 'a', kind: 'csv', name: 'my table', source: 'a' }).problems[0]).toMatchObject({
      code: 'bad-name',
      hint: 'Call it my_table.',
    });
  });
});
