import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { TsBody } from '../../src/language/definition';
import { placeInSource } from '../../src/language/ts/compile';

const ts = (source: string) => {
  const definition = define({ id: 'a', kind: 'ts', source });
  return { ...definition, code: (definition.body as TsBody).code };
};

/** Runs a compiled cell as the kernel does: the scope around it, the names it defines read after it. */
async function run(source: string, scope: Readonly<Record<string, unknown>> = {}) {
  const { code, outputs, problems } = ts(source);
  expect(problems).toEqual([]);
  const readers = outputs.map((name) => `${name}: () => ${name}`).join(', ');
  const text = `"use strict"; let levain$value; return async (levain$read) => { levain$read({${readers}}); ${code}\nreturn levain$value; }`;
  const cell = new Function(...Object.keys(scope), text)(...Object.values(scope)) as (
    read: (readers: object) => void,
  ) => Promise<unknown>;
  let read: Readonly<Record<string, () => unknown>> = {};
  const value = await cell((readers) => (read = readers as typeof read));
  return { value, names: Object.fromEntries(outputs.map((name) => [name, read[name]!()])) };
}

/** Source, inputs, outputs. */
const CASES: readonly (readonly [
  what: string,
  source: string,
  inputs: readonly string[],
  outputs: readonly string[],
])[] = [
  ['type-only imports', 'import type { A } from "./a";\nconst x: A = y;', ['y'], ['x']],
  ['inline type imports', 'import { type Table, op } from "arquero";\nconst x = op.sum(y as Table);', ['y'], ['x']],
  ['an assertion in angle brackets', 'const x = <number>y;', ['y'], ['x']],
  ['generics', 'const f = <T,>(a: T): T => a;\nconst y = f<Map<string, Row>>(z);', ['z'], ['f', 'y']],
  ['satisfies and as', 'const x = { a: y } satisfies Config as const;', ['y'], ['x']],
  ['an enum', 'enum Kind { A = 1, B }\nconst x = Kind.A', [], ['Kind', 'x']],
  ['interfaces and types', 'interface A { b: C }\ntype D = A & E;\nlet x: D', [], ['x']],
  ['declare', 'declare const rows: Row[];\nrows.length', ['rows'], []],
  [
    'overloads',
    'function f(a: number): void;\nfunction f(a: string): void;\nfunction f(a: unknown) { g(a) }',
    ['g'],
    ['f'],
  ],
  [
    'shadowing',
    'const f = (orders) => orders.length;\n{ let ads = 1; ads }\nfunction g() { const x = 1; return x }',
    [],
    ['f', 'g'],
  ],
  ['hoisting', 'const x = f();\nfunction f() { return orders }', ['orders'], ['x', 'f']],
  ['a var within a block', 'if (flag) { var x = 1 }', ['flag'], ['x']],
  ['closures over later names', 'const f = () => later + other;\nconst later = 1', ['other'], ['f', 'later']],
  ['labels', 'outer: for (const a of rows) { for (;;) break outer }', ['rows'], []],
  [
    'default parameters',
    'function f(a = orders, { b = ads, c: d } = {}, ...rest) { return [a, b, d, rest] }',
    ['orders', 'ads'],
    ['f'],
  ],
  [
    'class fields and private names',
    'class A { #x = orders; static y = ads; [key] = 1; get z() { return this.#x } }',
    ['orders', 'ads', 'key'],
    ['A'],
  ],
  ['parameter properties', 'class A { constructor(private readonly x: number, y = orders) {} }', ['orders'], ['A']],
  ['typeof of a missing name', 'const there = typeof orders !== "undefined"', ['orders'], ['there']],
  ['typeof as a type', 'type A = typeof orders;\nconst x = 1', [], ['x']],
  ['catch without a binding', 'try { f() } catch { g() }\ntry { f() } catch (e) { e }', ['f', 'g'], []],
  ['nested templates', 'const t = `a ${b + `c ${d} ${`${e}`}`} f`', ['b', 'd', 'e'], ['t']],
  [
    'regular expressions and divisions',
    'const r = /a}b"c/g, d = a / b / c;\nconst s = d / 2 > 1 ? /x/ : `/${d}/`',
    ['a', 'b', 'c'],
    ['r', 'd', 's'],
  ],
  [
    'top-level await',
    'const x = await load();\nfor await (const y of stream) console.log(y)',
    ['load', 'stream'],
    ['x'],
  ],
  ['shorthand properties', 'const x = { orders, b: { ads } }', ['orders', 'ads'], ['x']],
  ['properties that are no names', 'const x = a.orders.ads + a?.["b"]; const y = { key: 1 }', ['a'], ['x', 'y']],
  ['destructuring', 'const { a, b: { c }, ...d } = x, [e, , f = y] = z', ['x', 'y', 'z'], ['a', 'c', 'd', 'e', 'f']],
  ['arguments within a function', 'function f() { return arguments.length }', [], ['f']],
  [
    'names of the language and of the scope',
    'Plot.plot({}); aq.table({}); Math.max(1); new Map(); console.log(levain, undefined)',
    [],
    [],
  ],
  [
    'generators and async arrows',
    'function* g() { yield* rows }\nconst h = async (x) => await x(y)',
    ['rows', 'y'],
    ['g', 'h'],
  ],
  [
    'exports',
    'export const a = 1;\nexport function f() {}\nconst c = 2;\nexport { c };\nexport type T = number',
    [],
    ['a', 'f', 'c'],
  ],
  ['non-null and optional chains', 'const x = y!.z?.[w!]!.v', ['y', 'w'], ['x']],
  ['a table named like a property', 'orders.filter((d) => d.ads > limit)', ['orders', 'limit'], []],
];

describe('the names of a TypeScript cell', () => {
  it.each(CASES)('%s', (_what, source, inputs, outputs) => {
    const cell = ts(source);
    expect(cell.problems).toEqual([]);
    expect(cell.inputs).toEqual(inputs);
    expect(cell.outputs).toEqual(outputs);
    expect(cell.code.split('\n')).toHaveLength(source.split('\n').length);
  });

  it('hold the tables of its sql templates, not those of another sql', () => {
    const cell = ts(
      'const t = await sql`WITH w AS (FROM ads) SELECT *, margin(x) FROM w, orders WHERE day > ${from} AND c IN (SELECT c FROM ${table})`',
    );
    expect(cell.inputs).toEqual(['from', 'table', 'ads', 'orders']);
    expect(cell.calls).toEqual(['margin']);
    expect(ts('const f = (sql) => sql`SELECT * FROM orders`').inputs).toEqual([]);
    expect(ts('import { sql as q } from "levain";\nq`FROM orders`').inputs).toEqual(['orders']);
    expect(ts('orders; sql`FROM ORDERS`').inputs).toEqual(['orders']);
  });
});

describe('the value of a TypeScript cell', () => {
  it.each([
    ['1 + 1', 2],
    ['1 + 1; // the sum\n/* end */', 2],
    ['1 + 1;;;', 2],
    ['"hello"', 'hello'],
    ["'use strict'; 7", 7],
    ['{ a: 1 }', { a: 1 }],
    ['{ a: 1, b: [2] } // both', { a: 1, b: [2] }],
    ['const a = 1\n{ a }', { a: 1 }],
    ['({ a: 1 })', { a: 1 }],
    ['const a = 1\nconst b = a\n;[a, b]', [1, 1]],
    ['const a = 1\na', 1],
    ['const f = () => 1\n// f\nf() // one', 1],
    ['let x = 1\n++x', 2],
    ['(1, 2)', 2],
    ['await Promise.resolve(3)', 3],
    ['const a = `x\ny`\na', 'x\ny'],
    ['export default 5', 5],
    ['5 as number', 5],
    ['const x = 1', undefined],
    ['enum A { X }', undefined],
    ['if (true) { 1 }', undefined],
    ['1; function f() {}', undefined],
    ['', undefined],
    ['// nothing', undefined],
    ['type A = 1', undefined],
  ])('%j', async (source, value) => {
    expect((await run(source)).value).toEqual(value);
  });

  it('comes with the names it defines, changed by it alone', async () => {
    const { names, value } = await run('let x = y; x += 1; class A { z = x }\nconst [b] = [new A().z]\nx', { y: 1 });
    expect(names).toMatchObject({ x: 2, b: 2 });
    expect(value).toBe(2);
  });

  it('may use imports, which are the bundled copies', async () => {
    const modules: Record<string, unknown> = {
      arquero: { default: 'd', op: { sum: 1 } },
      '@observablehq/plot': { dot: 'dot' },
    };
    const source =
      'import aq, { op as o,\n  type Table } from "arquero"; import * as Plot from "@observablehq/plot";\nimport "levain";\n[aq, o.sum, Plot.dot]';
    expect(ts(source).code.split('\n')).toHaveLength(4);
    expect(ts(source).outputs).toEqual([]);
    const { value } = await run(source, { levain$module: (name: string) => modules[name], Plot: 0 });
    expect(value).toEqual(['d', 1, 'dot']);
  });
});

describe('what a TypeScript cell may not do', () => {
  it.each([
    ['x = 1', 'assigns-other', 1, 1],
    ['const a = 1;\n  x++', 'assigns-other', 2, 3],
    ['[a.b, x] = [1, 2]', 'assigns-other', 1, 7],
    ['for (x of rows) {}', 'assigns-other', 1, 6],
    ['const f = (a: number) => { ({ y: x } = a) }', 'assigns-other', 1, 34],
    ['Plot = 1', 'assigns-other', 1, 1],
    ['const sql = 1', 'name-taken', 1, 7],
    ['import _ from "lodash"', 'import', 1, 15],
    ['import { x } from "https://example.com/x.js"', 'import', 1, 19],
    ['const x: number = await import("x")', 'import', 1, 25],
    ['const x = require("x")', 'import', 1, 11],
    ['import.meta.url', 'import', 1, 1],
    ['export * from "arquero"', 'export', 1, 1],
    ['export { a } from "arquero"', 'export', 1, 1],
    ['const a = 1; export { a as b }', 'export', 1, 23],
    ['namespace N {\n  export const a = 1\n}', 'syntax', 1, 1],
    ['using x = open()', 'syntax', 1, 1],
    ['arguments[0]', 'syntax', 1, 1],
    ['@dec class A {}', 'syntax', 1, 1],
    ['return 1', 'syntax', 1, 1],
    ['const a: number = ;', 'syntax', 1, 19],
    ['const a = 1;\nconst a = 2;', 'syntax', 2, 7],
    ['const a: string = 1, b: number = 2, a = 3', 'syntax', 1, 37],
    ['foo(\n  1,\n', 'syntax', 3, 1],
    ['const s = "abc', 'syntax', 1, 11],
    ['const x: number[] = [1 2]', 'syntax', 1, 24],
  ] as const)('%j is a problem at its place', (source, code, line, column) => {
    const { problems, code: compiled } = ts(source);
    expect(problems[0]).toMatchObject({ code, line, column, hint: expect.stringMatching(/\w/) });
    expect(compiled).toBe('');
  });

  it.each([
    ['Math.max(1, 2', 'Add the missing ).'],
    ['const a = [1, ")", 2', 'Add the missing ].'],
    ['Math.max([1, 2), 3', 'Close what is open before it with ], or put a comma between.'],
    ['Math.max(1, 2\nconst b = 3', 'Close what is open before it with ), or put a comma between.'],
  ])('%j names the bracket that is not closed', (source, hint) => {
    expect(ts(source).problems[0]).toMatchObject({ code: 'syntax', hint });
  });
});

describe('places', () => {
  it('in the code lead back to the TypeScript they came from', () => {
    const source =
      'import { op } from "arquero"\nconst a: Array<Map<string, number>> = first!.b as any; const z = boom\nsecond<number>(x as string, thrown)';
    const lines = ts(source).code.split('\n');
    for (const word of ['first', 'boom', 'second', 'x', 'thrown', 'op']) {
      const line = source.split('\n').findIndex((text) => new RegExp(`\\b${word}\\b`).test(text)) + 1;
      const find = (text: string) => text.search(new RegExp(`\\b${word}\\b`)) + 1;
      const expected = word === 'op' ? { line: 1, column: 1 } : { line, column: find(source.split('\n')[line - 1]!) };
      expect(placeInSource(source, { line, column: find(lines[line - 1]!) }), word).toEqual(expected);
    }
  });
});
