import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KernelResult } from '../../src/kernel/kernel';
import type { Output, TreeElement, TreeNode } from '../../src/output/output';
import { fromKernel, openKernel, type Opened } from './open-kernel';

let opened: Opened;
beforeAll(async () => void (opened = await openKernel()));
afterAll(() => opened.close());

const run: Opened['run'] = (...parameters) => opened.run(...parameters);
const shown = ({ output, problem }: KernelResult): readonly Output[] => {
  expect(problem).toBeUndefined();
  return output.outputs;
};
const last = (code: string): Promise<KernelResult> => run(`levain$value=(${code});`);

describe('a cell in the kernel', () => {
  it('shows the value of its final expression', async () => {
    expect(shown(await last('1 + 1'))).toEqual([{ type: 'number', value: 2 }]);
    expect(shown(await last('Promise.resolve("later")'))).toEqual([{ type: 'text', text: 'later' }]);
    expect(shown(await last('undefined'))).toEqual([]);
  });

  it('defines names that later cells read, until they are forgotten', async () => {
    const first = await run('const double = (n) => 2 * n; let base = await 21;', {
      cell: 'a',
      outputs: ['double', 'base'],
    });
    expect(first.defined).toEqual([
      { name: 'double', kind: 'value' },
      { name: 'base', kind: 'value' },
    ]);
    const inputs = fromKernel('double', 'base');
    expect(shown(await run('levain$value=(double(base));', { cell: 'b', inputs }))).toEqual([
      { type: 'number', value: 42 },
    ]);
    opened.kernel.forget(['base']);
    expect(shown(await run('levain$value=(String(base));', { cell: 'b', inputs }))).toEqual([
      { type: 'text', text: 'undefined' },
    ]);
  });

  it('may compile WebAssembly, as the quick ways of `levain` do', async () => {
    const code = 'WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))';
    const made =
      'Object.keys(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).exports).length';
    expect(shown(await last(`${code} && ${made}`))).toEqual([{ type: 'number', value: 0 }]);
  });

  it('may declare a name that its scope has too, and may end in a comment', async () => {
    expect(shown(await run('const Plot = 5; levain$value=(Plot); // five'))).toEqual([{ type: 'number', value: 5 }]);
  });

  it('keeps what it defined before an early return', async () => {
    const { defined } = await run('const a = 1; if (a) return; const b = 2;', { outputs: ['a', 'b'] });
    expect(defined).toEqual([{ name: 'a', kind: 'value' }]);
  });

  it('reports an error at its own line and column', async () => {
    const { problem } = await run('const a = 1;\n\n  missing(a);\n');
    expect(problem).toMatchObject({
      code: 'cell-error',
      message: 'ReferenceError: missing is not defined',
      line: 3,
      column: 3,
    });
    expect((await run('const a = 1; null.x;')).problem).toMatchObject({ line: 1, column: 19 });
  });

  it('reports an error thrown inside Plot, Arquero or a callback at the line of the cell', async () => {
    expect(
      (await run('\nconst a = 1;\nPlot.plot({x: {type: "nope"}, marks: [Plot.dot([1])]});')).problem,
    ).toMatchObject({
      line: 3,
    });
    expect((await run('\n\n\naq.table({a: [1]}).select("b").objects();')).problem).toMatchObject({ line: 4 });
    expect((await run('const f = () => {\n  throw new Error("no bread");\n};\n[1].map(f);')).problem).toMatchObject({
      message: 'no bread',
      line: 2,
    });
    expect((await run('await 1;\nawait Promise.reject(new Error("late"));')).problem).toMatchObject({
      message: 'late',
      line: 2,
    });
  });

  it('keeps the lines written to the console', async () => {
    const { output } = await run('console.log("a", {b: 1}); console.warn(2n); console.error(new Error("c"));');
    expect(output.log).toEqual([
      { level: 'log', text: 'a {"b":1}' },
      { level: 'warn', text: '2' },
      { level: 'error', text: 'Error: c' },
    ]);
    expect((await run('for (let i = 0; i < 5000; i++) console.log(i);')).output.log).toHaveLength(1000);
  });

  it('shows several things in the order they were displayed', async () => {
    const result = await run(
      'display("one"); display(Promise.resolve("two")); display(Plot.plot({marks: [Plot.frame()]})); display([{a: 1}]); levain$value=(5);',
    );
    expect(shown(result).map(({ type }) => type)).toEqual(['text', 'text', 'tree', 'table', 'number']);
  });

  it('tells its progress while it runs', async () => {
    opened.outputs.length = 0;
    const running = run('progress(0.25, "Sampling"); await new Promise((done) => setTimeout(done, 300));');
    await expect
      .poll(() => opened.outputs.at(-1)?.output.outputs)
      .toEqual([{ type: 'progress', label: 'Sampling', share: 0.25 }]);
    expect(shown(await running)).toEqual([]);
  });

  it('has Arquero, whose expressions are compiled in spite of the policy', async () => {
    const result = await run(`
      const table = aq.table({g: ['a', 'b', 'a'], v: [1, 2, 3]}).groupby('g').rollup({sum: d => aq.op.sum(d.v)}).orderby(aq.desc('sum'));
      levain$value=(table.objects().map((row) => row.g + row.sum).join());`);
    expect(shown(result)).toEqual([{ type: 'text', text: 'a4,b2' }]);
  });

  it('has the modules that imports are rewritten to', async () => {
    const result = await run(`
      const { default: aq2, table } = levain$module('arquero'); const Plot2 = levain$module('@observablehq/plot');
      const { sql: s, mean } = levain$module('levain');
      levain$value=([typeof table, typeof aq2.op, typeof Plot2.plot, typeof s, mean([1, 2, 3])].join());`);
    expect(shown(result)).toEqual([{ type: 'text', text: 'function,object,function,function,2' }]);
  });

  it('runs beside another without their outputs mixing', async () => {
    const slow = run('await new Promise((done) => setTimeout(done, 100)); levain$value=("slow");', { cell: 'slow' });
    const fast = run('levain$value=("fast");', { cell: 'fast' });
    expect(shown(await fast)).toEqual([{ type: 'text', text: 'fast' }]);
    expect(shown(await slow)).toEqual([{ type: 'text', text: 'slow' }]);
  });

  it('costs little when it is trivial', async () => {
    const times: number[] = [];
    for (let i = 0; i < 60; i++) {
      const started = performance.now();
      await run(`levain$value=(${i});`);
      times.push(performance.now() - started);
    }
    const median = times.slice(10).sort((a, b) => a - b)[25]!;
    console.log(`median overhead of a trivial cell: ${median.toFixed(1)} ms`);
    // A wide berth: the figure is the bench's; a kernel started anew for each run would take more than this.
    expect(median).toBeLessThan(1000);
  });
});

describe('tables of a cell', () => {
  it('come from the engine once for a version, and read like an array of rows', async () => {
    await opened.host.put('daily', { day: ['mon', 'tue', 'wed'], roas: [1.5, 2.5, 3.5] });
    const inputs = [{ name: 'daily', from: 'table' as const, relation: 'daily', version: 1 }];
    const code = `levain$value=([daily.length, daily[0].day, daily.at(-1)?.roas, daily.at(9)?.roas, daily.map((d) => d.day).join('-'),
      [...daily].length, daily.getChild('roas').toArray().length, aq.fromArrow(daily).numRows(), daily[7], JSON.stringify(daily.filter((d) => d.roas > 3))].join());`;
    const expected = 'text:3,mon,3.5,,mon-tue-wed,3,3,3,,[{"day":"wed","roas":3.5}]';
    const [output] = shown(await run(code, { inputs }));
    expect(`${output!.type}:${(output as { text: string }).text}`).toBe(expected);
    await opened.host.put('daily', { day: ['sun'], roas: [9] });
    expect(shown(await run('levain$value=(daily.length);', { inputs }))).toEqual([{ type: 'number', value: 3 }]);
    const fresh = [{ ...inputs[0]!, version: 2 }];
    expect(shown(await run('levain$value=(daily.length);', { inputs: fresh }))).toEqual([{ type: 'number', value: 1 }]);
  });

  it('are drawn by Plot as they are', async () => {
    await opened.host.put('points', { x: [1, 2, 3], y: [3, 1, 2] });
    const inputs = [{ name: 'points', from: 'table' as const, relation: 'points', version: 1 }];
    const [output] = shown(await run('levain$value=(Plot.dot(points, {x: "x", y: "y"}).plot());', { inputs }));
    expect(count(output, 'circle')).toBe(3);
  });

  it('are drawn by Plot where values are absent, of any type', async () => {
    const day = [new Date('2026-01-01'), new Date('2026-01-02'), null, new Date('2026-01-04')];
    await opened.host.put('gaps', { n: [1, 2, 3, 4], value: [3.5, null, 2, 1], name: ['a', 'b', 'c', null], day });
    const inputs = [{ name: 'gaps', from: 'table' as const, relation: 'gaps', version: 1 }];
    const drawn = async (code: string, element: string): Promise<number> =>
      count(shown(await run(`levain$value=(${code}.plot());`, { inputs }))[0], element);
    expect(await drawn('Plot.dot(gaps, {x: "n", y: "value"})', 'circle')).toBe(3);
    expect(await drawn('Plot.barY(gaps, {x: "name", y: "value"})', 'rect')).toBeGreaterThan(1);
    expect(await drawn('Plot.dot(gaps, {x: "day", y: "n", fill: "name"})', 'circle')).toBe(3);
    expect(await drawn('Plot.lineY(gaps, {x: "n", y: "value"})', 'path')).toBeGreaterThan(0);
  });

  it('are shown from the engine, whatever made them', async () => {
    const values = {
      rows: '[{a: 1, b: "x"}, {a: 2.5, c: new Date(0)}]',
      arquero: 'aq.table({a: [1, 2.5], b: ["x", null], c: [undefined, new Date(0)]})',
      query: 'sql`SELECT 1`',
    };
    const tables: Record<string, unknown[]> = {};
    for (const [cell, code] of Object.entries(values)) {
      const [output] = shown(await run(`levain$value=(${code});`, { cell }));
      expect(output).toMatchObject({ type: 'table', relation: `_out_${cell}_0` });
      tables[cell] = (await opened.host.rows(`_out_${cell}_0`))!;
    }
    expect(tables['rows']).toEqual([
      { a: 1, b: 'x', c: null },
      { a: 2.5, b: null, c: new Date(0) },
    ]);
    expect(tables['arquero']).toEqual(tables['rows']);
    expect(tables['query']).toHaveLength(3);
  });

  it('go to the engine under their name when SQL reads them, and only then', async () => {
    const code = 'const prices = [{item: "rye", price: 4}]; const plain = [{a: 1}]; const scalar = 3;';
    const { defined } = await run(code, { outputs: ['prices', 'plain', 'scalar'], tables: ['prices', 'scalar'] });
    expect(defined).toEqual([
      { name: 'prices', kind: 'table' },
      { name: 'plain', kind: 'value' },
      { name: 'scalar', kind: 'value' },
    ]);
    expect(await opened.host.rows('prices')).toEqual([{ item: 'rye', price: 4 }]);
    expect(await opened.host.relations()).not.toContain('plain');
  });

  it('without a row have the columns of what they were chosen from', async () => {
    const code = `
      const none = (await sql\`SELECT 1\`).filter(() => false);
      const ticked = input.table([{town: 'Gent', sales: 5}]);
      const unknown = [];`;
    const names = ['none', 'ticked', 'unknown'];
    const { defined } = await run(code, { outputs: names, tables: names });
    expect(defined.map(({ kind }) => kind)).toEqual(['table', 'table', 'value']);
    expect(await opened.host.columns('none')).toEqual(['n', 'label']);
    expect(await opened.host.columns('ticked')).toEqual(['town', 'sales']);
    expect(await opened.host.rows('ticked')).toEqual([]);
  });

  it('say what SQL takes of them as something else', async () => {
    const { output } = await run('const mixed = [{x: 1}, {x: "two"}];', { outputs: ['mixed'], tables: ['mixed'] });
    expect(output.log).toMatchObject([
      { level: 'warn', text: 'The column x mixes numbers and texts, so it is text in SQL.' },
    ]);
  });

  it('that another cell changes are told to be others than SQL reads', async () => {
    await run('const shared = [{n: 1}];', { cell: 'a', outputs: ['shared'], tables: ['shared'] });
    const read = { cell: 'b', inputs: fromKernel('shared') };
    expect((await run('shared.map((row) => row.n);', read)).output.log).toEqual([]);
    expect((await run('shared.push({n: 2});', read)).output.log).toMatchObject([
      { level: 'warn', text: expect.stringContaining('shared has other rows now than SQL reads') as string },
    ]);
    expect(await opened.host.rows('shared')).toEqual([{ n: 1 }]);
  });

  it('of 20 MB cross in pieces and arrive whole', async () => {
    const [output] = shown(
      await run(
        'levain$value=(Array.from({length: 400_000}, (_, i) => ({i, text: `row number ${i} of a longer table`})));',
        { cell: 'large' },
      ),
    );
    expect(output).toMatchObject({ rows: 400_000 });
  });
});

describe('sql in a cell', () => {
  it('binds its values and gives rows', async () => {
    await opened.host.asked();
    const result = await run(
      'const day = new Date(0); const rows = await sql`SELECT * FROM t WHERE a = ${1} AND b = ${"x; DROP"} AND c IN ${[1, null, true]} AND d > ${day} AND e = ${2n ** 70n}`; levain$value=(rows[2].label);',
    );
    expect(shown(result)).toEqual([{ type: 'text', text: 'c' }]);
    const [asked] = await opened.host.asked();
    expect(asked!.text).toBe('FROM (SELECT * FROM t WHERE a = $1 AND b = $2 AND c IN $3 AND d > $4 AND e = $5\n)');
    expect(asked!.parameters).toEqual([1, 'x; DROP', [1, null, true], new Date(0), 2n ** 70n]);
  });

  it('reports a refusal at the line of the template', async () => {
    expect((await run('const a = 1;\nconst rows =\n  await sql`SELECT * FROM fail`;')).problem).toMatchObject({
      code: 'sql',
      message: 'No such table: fail',
      line: 3,
    });
  });

  it('can only read', async () => {
    await opened.host.asked();
    expect((await run('await sql`SELECT 1; DROP TABLE orders`;')).problem).toMatchObject({
      code: 'not-a-query',
      line: 1,
    });
    expect(await opened.host.asked()).toEqual([]);
  });

  it('refuses a value that cannot be bound', async () => {
    expect((await run('await sql`SELECT ${NaN}`;')).problem?.message).toMatch(/NaN cannot be used/);
    expect((await run('await sql`SELECT ${{}}`;')).problem?.message).toMatch(/object cannot be used/);
  });

  it('is cancelled in the engine when the kernel ends', async () => {
    await opened.host.cancelled();
    const running = run('await sql`SELECT forever`;', { cell: 'long', version: 77 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await opened.kernel.restart();
    expect((await running).problem?.code).toBe('cancelled');
    expect(await opened.host.cancelled()).toContain('long:77');
  });

  it('stopped while its worker starts does not run in it', async () => {
    const starting = opened.kernel.restart();
    const stopped = new AbortController();
    const request = { cell: 'late', version: 78, code: 'for (;;);', inputs: [], outputs: [], controls: {} };
    const running = opened.kernel.run(request, stopped.signal);
    stopped.abort();
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    await starting;
    expect((await run('display(1 + 1)')).output.outputs).toHaveLength(1);
  });
});

describe('expressions', () => {
  it('are evaluated with the names of cells and cross as plain values', async () => {
    await run('const channel = "search"; const since = new Date(0);', { outputs: ['channel', 'since'] });
    const results = await opened.kernel.evaluate({
      cell: 'p1',
      version: 1,
      as: 'parameters',
      expressions: ['channel', 'since', '[1, 2n, null]', 'nope', 'await 5', '({})'],
      inputs: fromKernel('channel', 'since'),
    });
    expect(results.slice(0, 3)).toEqual([
      { ok: true, value: 'search' },
      { ok: true, value: { date: 0 } },
      { ok: true, value: [1, { integer: '2' }, null] },
    ]);
    expect(results[3]).toMatchObject({
      ok: false,
      problem: { message: 'ReferenceError: nope is not defined', line: 1, column: 1 },
    });
    expect(results[4]).toEqual({ ok: true, value: 5 });
    expect(results[5]).toMatchObject({ ok: false });
  });

  it('that come to no number are written in prose, and refused as parameters', async () => {
    const both = { cell: 'p1', version: 1, expressions: ['0 / 0', '1 / 0', '3'], inputs: [] };
    expect(await opened.kernel.evaluate({ ...both, as: 'prose' })).toEqual([
      { ok: true, value: 'NaN' },
      { ok: true, value: 'Infinity' },
      { ok: true, value: 3 },
    ]);
    const [none] = await opened.kernel.evaluate({ ...both, as: 'parameters' });
    expect(none).toMatchObject({ ok: false, problem: { message: expect.stringContaining('NaN') as string } });
  });
});

it('shows a mark without its plot as a chart, and says which function is meant', async () => {
  const [output] = shown(await run('levain$value=(Plot.barY([1, 2], { y: (d) => d }));'));
  expect(output).toMatchObject({ type: 'tree', root: { tag: 'svg' } });
  const meant = async (code: string) => (await run(code)).problem?.hint;
  expect(await meant('Plot.barYY([1]).plot();')).toBe('Did you mean Plot.barY?');
  expect(await meant('levain.cluster.kMean([[1]]);')).toBe('Did you mean levain.cluster.kMeans?');
  expect(await meant('levain.kMeans([[1]]);')).toBe('Did you mean levain.cluster.kMeans?');
  expect(await meant('levain.somethingElse();')).toBeUndefined();
});

it('shows a function by its own name, or none', async () => {
  const text = async (code: string) =>
    shown(await run(code)).map((output) => (output as { value: { text: string } }).value.text);
  expect(await text('levain$value=(() => 1);')).toEqual(['function']);
  expect(await text('function twice() {}\nlevain$value=(twice);')).toEqual(['function twice']);
});

it('says that a promise failed which nobody awaits, or what a timer ran', async () => {
  const { output } = await run('Promise.reject(new Error("lost")); const fine = 5;', { outputs: ['fine'] });
  expect(output.problem).toBeUndefined();
  expect(output.log).toEqual([
    { level: 'error', text: 'A promise failed that nobody awaits (write await before it): Error: lost' },
  ]);
  const timed = await run(
    'setTimeout(() => { throw new Error("late") }); await new Promise((next) => setTimeout(next, 20));',
  );
  expect(timed.output.log).toEqual([{ level: 'error', text: 'What a timer was to run failed: Error: late' }]);
  const heard = await run('const caught = Promise.reject(new Error("heard")); await caught.catch(() => 1);');
  expect(heard.output.log).toEqual([]);
});

describe('what all cells share', () => {
  it('is put back after a cell that changed it, and the cell says so', async () => {
    const before = shown(
      await run('levain$value=(Math.sqrt(16) + [3, 1].toSorted()[0] + new Map([["a", 2]]).get("a"));'),
    );
    const { output } = await run(
      `
      const sq = Math.sqrt; Math.sqrt = (x) => sq(x) / 10;
      Map.prototype.get = () => 99;
      Object.defineProperty(Array.prototype, 'toSorted', { get: () => () => [50] });
      String.prototype.shout = function () { return this.toUpperCase(); };
      delete Number.prototype.toFixed;
      globalThis.parseFloat = () => 5;
      const kept = 'a'.shout();`,
      { outputs: ['kept'] },
    );
    expect(output.problem).toBeUndefined();
    expect(output.log).toMatchObject([
      { level: 'warn', text: expect.stringMatching(/as before again: every cell uses them/) as string },
    ]);
    expect(
      shown(await run('levain$value=(Math.sqrt(16) + [3, 1].toSorted()[0] + new Map([["a", 2]]).get("a"));')),
    ).toEqual(before);
    expect(shown(await run('levain$value=(typeof "a".shout + (2.5).toFixed(1) + parseFloat("7"));'))).toMatchObject([
      { text: 'undefined2.57' },
    ]);
    expect((await run('Math.sqrt(4); new Map();')).output.log).toEqual([]);
    await run('Array.prototype[Symbol.iterator] = function* () { yield 1; }; throw new Error("then fails");');
    expect(shown(await run('levain$value=([...[5, 6]].length);'))).toEqual([{ type: 'number', value: 2 }]);
  });

  it('is put back where a cell changes it after it has ended, and in front of what SQL asks', async () => {
    await run('setTimeout(() => { Math.max = () => -1; });');
    await new Promise((next) => setTimeout(next, 50));
    const asked = { cell: 'p', version: 1, as: 'parameters', expressions: ['Math.max(1, 2)'], inputs: [] } as const;
    expect(await opened.kernel.evaluate(asked)).toEqual([{ ok: true, value: 2 }]);
  });

  it('is refused where it cannot be put back', async () => {
    const spoilt = await run(
      'Object.defineProperty(Math, "cbrt", { value: () => 0, writable: false, configurable: false });',
    );
    expect(spoilt.problem).toMatchObject({ code: 'spoilt', message: expect.stringContaining('Math.cbrt') as string });
    expect((await run('levain$value=(1);')).problem).toMatchObject({ code: 'spoilt' });
    const asked = { cell: 'p', version: 1, as: 'parameters', expressions: ['1'], inputs: [] } as const;
    expect(await opened.kernel.evaluate(asked)).toMatchObject([{ ok: false, problem: { code: 'spoilt' } }]);
    await opened.kernel.restart();
    expect((await run('levain$value=(1);')).problem).toBeUndefined();
  });
});

describe('controls', () => {
  it('offer what has no value by words', async () => {
    const outputs = shown(await run("input.select(['Gent', null, '']); input.table([{a: null, b: ''}]);"));
    expect(outputs).toMatchObject([
      { spec: { choices: ['Gent', '(no value)', '(blank)'] } },
      { spec: { rows: [['', '']] } },
    ]);
  });

  it('show themselves and return what the reader left, if it still fits', async () => {
    const code = `levain$value=(JSON.stringify([
      input.select(['all', 'search'], {label: 'Channel', value: 'search'}), input.slider([0, 100], {label: 'Budget', value: 20, step: 5}),
      input.number({label: 'Days', value: 7, min: 1}), input.text({label: 'Name', value: 'Ann'}), input.checkbox({label: 'Tax'}),
      input.dateRange({label: 'Period', value: ['2024-01-01', '2024-02-01']}), input.table([{a: 1}, {a: 2}], {label: 'Rows'}), input.text({label: 'Name'}),
      input.select(new Map([['One', 1], ['Two', 2]]), {label: 'Many', multiple: true, value: [2]})]));`;
    const values = async (controls: Record<string, never>): Promise<unknown[]> => {
      const outputs = shown(await run(code, { controls }));
      expect(outputs.slice(0, -1).map(({ type }) => type)).toEqual(Array(9).fill('input'));
      return JSON.parse((outputs.at(-1) as { text: string }).text) as unknown[];
    };
    const days = (from: string, to: string) => [`${from}T00:00:00.000Z`, `${to}T00:00:00.000Z`];
    expect(await values({})).toEqual(['search', 20, 7, 'Ann', false, days('2024-01-01', '2024-02-01'), [], '', [2]]);
    const left = {
      Channel: 'all',
      Budget: 55,
      Days: 3,
      Name: 'Bo',
      Tax: true,
      Period: ['2024-03-01', '2024-03-31'],
      Rows: ['2'],
      'Name (2)': 'Cy',
      Many: ['Two', 'One'],
    };
    expect(await values(left as never)).toEqual([
      'all',
      55,
      3,
      'Bo',
      true,
      days('2024-03-01', '2024-03-31'),
      [{ a: 2 }],
      'Cy',
      [1, 2],
    ]);
    const wrong = {
      Channel: 'social',
      Budget: 500,
      Days: 'x',
      Name: 4,
      Tax: 1,
      Period: ['2024-03-31', '2024-03-01'],
      Rows: ['5'],
      Many: ['Three'],
    };
    expect(await values(wrong as never)).toEqual([
      'search',
      20,
      7,
      'Ann',
      false,
      days('2024-01-01', '2024-02-01'),
      [],
      '',
      [2],
    ]);
  });
});

describe('rich text', () => {
  it('is Markdown without HTML and without links', async () => {
    const [output] = shown(
      await last(
        'levain.md`**${3}** of [four](https://example.com) <b>x</b> by ann@example.com at www.example.com \\n\\n- a\\n- b\\n\\n| h |\\n|---|\\n| c |`',
      ),
    );
    const { root } = output as { root: TreeElement };
    expect(root.children!.map((node) => (node as TreeElement).tag)).toEqual(['p', 'ul', 'table']);
    const text = (node: TreeNode): string =>
      typeof node === 'string' ? node : (node.children ?? []).map(text).join('');
    expect(text(root.children![0]!)).toContain(
      '3 of four (https://example.com) <b>x</b> by ann@example.com at www.example.com',
    );
  });
});

describe('a drawing that answers the pointer', () => {
  it('sends its tip as a patch, moves it, and takes it away', async () => {
    const [output] = shown(
      await last('Plot.dot([[0, 0], [50, 50], [100, 100]], {tip: true}).plot({width: 400, height: 400})'),
    );
    const { surface, root } = output as { surface: string; root: TreeElement };
    expect(root.attrs).toMatchObject({ 'data-pointer': 'true' });
    opened.patches.length = 0;
    opened.kernel.pointer(surface, { type: 'pointermove', x: 210, y: 195 });
    await expect.poll(() => opened.patches.length).toBeGreaterThan(0);
    const patch = opened.patches.at(-1)!;
    expect(patch.surface).toBe(surface);
    const replaced = patch.path.reduce<TreeNode>((node, i) => (node as TreeElement).children![i]!, root) as TreeElement;
    expect(replaced).toMatchObject({ tag: 'g', attrs: { 'aria-label': 'tip' } });
    const tip = patch.node as TreeElement;
    expect(tip).toMatchObject({ tag: 'g', attrs: { 'aria-label': 'tip' } });
    expect(tip.attrs!['visibility']).toBeUndefined();
    expect(JSON.stringify(tip)).toContain('" 50"');
    expect(count({ type: 'tree', root: tip }, 'path')).toBe(1);
    opened.patches.length = 0;
    opened.kernel.pointer(surface, { type: 'pointerleave', x: 0, y: 0 });
    await expect.poll(() => opened.patches.length).toBeGreaterThan(0);
    expect((opened.patches.at(-1)!.node as TreeElement).children ?? []).toEqual([]);
  });

  it('answers in facets too', async () => {
    const [output] = shown(
      await last(
        'Plot.dot([{x: 0, f: "a"}, {x: 1, f: "b"}], {x: "x", fx: "f", tip: true}).plot({width: 400, height: 200})',
      ),
    );
    const { surface } = output as { surface: string };
    opened.patches.length = 0;
    opened.kernel.pointer(surface, { type: 'pointermove', x: 60, y: 100 });
    await expect.poll(() => JSON.stringify(opened.patches)).toContain('tspan');
  });

  it('is inert when nothing in it listens', async () => {
    const [output] = shown(await last('Plot.dot([[0, 0]]).plot()'));
    expect('surface' in output!).toBe(false);
  });
});

function count(output: Output | undefined, tag: string): number {
  const visit = (node: TreeNode): number =>
    typeof node === 'string'
      ? 0
      : (node.tag === tag ? 1 : 0) + (node.children ?? []).reduce((sum, child) => sum + visit(child), 0);
  return output?.type === 'tree' ? visit(output.root) : -1;
}
