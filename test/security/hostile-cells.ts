import type { Cell } from '../../src/notebook/model';

/** A cell that means to bring the page down. */
export interface HostileCell {
  readonly name: string;
  readonly kind: Cell['kind'];
  readonly source: string;
  /** What the page says when it has ended the cell, or shows of it. */
  readonly shows: RegExp;
  /** It never ends, and an honest long computation looks the same: the reader presses Stop. */
  readonly stop?: true;
}

const ts = (name: string, source: string, shows: RegExp, more: Partial<HostileCell> = {}): HostileCell => ({
  name,
  kind: 'ts',
  source,
  shows,
  ...more,
});

export const hostileCells: readonly HostileCell[] = [
  ts('an infinite loop', `while (true) {}`, /stopped/i, { stop: true }),
  ts(
    'a loop of microtasks',
    `const turn = () => Promise.resolve().then(turn); turn(); await new Promise(() => {});`,
    /stopped/i,
    { stop: true },
  ),
  ts('a regular expression that backtracks', `/^(a+)+$/.test('a'.repeat(40) + '!')`, /stopped/i, { stop: true }),
  ts('a flood of messages', `for (;;) progress(Math.random(), 'x'.repeat(100));`, /too many messages/),
  ts(
    'a flood of lines',
    `for (let i = 0; i < 1e6; i++) console.log('%c' + i, 'background: url(x)', 'x'.repeat(1000));`,
    /./,
  ),
  ts('100,000 outputs', `for (let i = 0; i < 100_000; i++) display(i);`, /more than 500 things/),
  ts(
    'outputs that are large',
    `for (let i = 0; i < 400; i++) display('x y '.repeat(200_000));`,
    /more than the page can hold/,
  ),
  ts('a text of 200 MB', `'x'.repeat(200_000_000)`, /Show all 200,0\d\d characters/),
  ts('code that calls itself without end', `const f = (n) => f(n + 1) + 1; f(0)`, /calls itself too deeply/),
  ts('an object nested 100,000 deep', `let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; o`, /Object/),
  ts(
    'a drawing nested 50,000 deep',
    `const d = globalThis.window.document; let e = d.createElementNS('http://www.w3.org/2000/svg', 'g'); for (let i = 0; i < 50_000; i++) { const g = d.createElementNS('http://www.w3.org/2000/svg', 'g'); g.appendChild(e); e = g; } e`,
    /./,
  ),
  ts(
    'a drawing of 90,000 parts',
    `Plot.dot(Array.from({ length: 90_000 }, (_, i) => [Math.sin(i), Math.cos(i * i)])).plot()`,
    /more than the page can hold/,
  ),
  ts(
    'drawings of 50,000 parts, many',
    `const native = Array.prototype.flatMap; for (let i = 0; i < 40; i++) { const children = []; for (let j = 0; j < 50_000; j++) children[j] = { tag: 'b', children: ['x'] }; Array.prototype.flatMap = () => children; display(levain.md('x')); Array.prototype.flatMap = native; }`,
    /more than the page can hold/,
  ),
  ts(
    'a flood of controls',
    `for (let i = 0; i < 400; i++) input.select(Array.from({ length: 2_000 }, (_, j) => j + ' ' + i), { label: 'c' + i });`,
    /more than the page can hold/,
  ),
  ts(
    'controls of many choices, as many as may be shown',
    `input.select(Array.from({ length: 4_900 }, (_, i) => 'choice ' + i), { label: 'many', multiple: true }).length`,
    /choice 0/,
  ),
  ts(
    'a list of choices, as long as may be shown',
    `input.select(Array.from({ length: 4_900 }, (_, i) => 'choice ' + i), { label: 'one' })`,
    /choice 0/,
  ),
  ts(
    'a table to choose from, as large as may be shown',
    `input.table(Array.from({ length: 600 }, (_, i) => Object.fromEntries(Array.from({ length: 30 }, (_, j) => ['c' + j, i * j]))), { label: 'all' }).length`,
    /c29/,
  ),
  ts(
    'values of many parts, as many as may be shown',
    `for (let i = 0; i < 4; i++) display(Array.from({ length: 50 }, () => Array.from({ length: 90 }, (_, j) => j)));`,
    /Array/,
  ),
  ts('short texts, as many as may be shown', `for (let i = 0; i < 480; i++) display('x y '.repeat(400));`, /x y/),
  ts(
    'a drawing of as many parts as may be shown',
    `Plot.dot(Array.from({ length: 19_000 }, (_, i) => [Math.sin(i), Math.cos(i * i)])).plot()`,
    /−0.4/,
  ),
  ts(
    'a table of controls',
    `input.table(Array.from({ length: 9_000 }, (_, i) => Object.fromEntries(Array.from({ length: 50 }, (_, j) => ['c' + j, i * j]))), { label: 'all' }).length`,
    /more than the page can hold/,
  ),
  ts(
    'a table of 10,000 columns',
    `[Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => ['c' + i, i]))]`,
    /10,000|c0/,
  ),
  {
    name: 'a table of ten million rows',
    kind: 'sql',
    source: 'SELECT i, i * 2 AS j FROM range(10000000) t(i)',
    shows: /10,000,000/,
  },
];
