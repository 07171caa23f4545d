import { describe, expect, it } from 'vitest';
import { orders, Written } from './notebook';

describe('completion', () => {
  it('lists the columns of a row, by place, by at() and in a callback', () => {
    const columns = ['day', 'channel', 'revenue', 'unit price'];
    for (const source of [
      'orders[0].|',
      'orders.at(0).|',
      'orders.map((row) => row.|)',
      'for (const row of orders) row.|',
    ]) {
      expect(new Written({ a: source }).offers().toSorted(), source).toEqual(columns.toSorted());
    }
  });

  it('writes a column whose name is no word within brackets', () => {
    expect(new Written({ a: 'orders[0].|' }).taking('unit price')).toBe("orders[0]['unit price']");
    expect(new Written({ a: 'orders[0].un|' }).taking('unit price')).toBe("orders[0]['unit price']");
    expect(new Written({ a: 'orders[0].rev|' }).taking('revenue')).toBe('orders[0].revenue');
  });

  it('begins behind the dot, or with the word or the text under way', () => {
    expect(new Written({ a: 'orders[0].|' }).begins()).toBe('orders[0].'.length);
    expect(new Written({ a: 'orders.|' }).begins()).toBe('orders.'.length);
    expect(new Written({ a: 'orders.ma|' }).begins()).toBe('orders.'.length);
    expect(new Written({ a: 'orders.getChild("re|")' }).begins()).toBe('orders.getChild("'.length);
    expect(new Written({ a: '1 + or|' }).begins()).toBe('1 + '.length);
  });

  it('lists the methods of a table', () => {
    expect(new Written({ a: 'orders.|' }).offers()).toEqual(
      expect.arrayContaining(['map', 'filter', 'at', 'length', 'getChild', 'numRows']),
    );
  });

  it('lists what is in scope, names of other cells and tables', () => {
    const offers = new Written({ a: 'const total = 1', b: 'const mine = 2\n|' }).offers();
    expect(offers).toEqual(
      expect.arrayContaining(['total', 'mine', 'orders', 'levain', 'Plot', 'aq', 'sql', 'input', 'display', 'Math']),
    );
    for (const absent of ['fetch', 'document', 'window', 'Console', 'ConcatArray'])
      expect(offers).not.toContain(absent);
    expect(new Set(offers).size).toBe(offers.length);
  });

  it('lists levain, its mix model, Plot and Arquero', () => {
    expect(new Written({ a: 'levain.|' }).offers()).toEqual(expect.arrayContaining(['ols', 'trend', 'mix', 'md']));
    expect(new Written({ a: 'levain.mix.|' }).offers()).toEqual(expect.arrayContaining(['fit', 'prepare', 'report']));
    expect(new Written({ a: 'Plot.|' }).offers()).toEqual(expect.arrayContaining(['plot', 'dot', 'lineY']));
    expect(new Written({ a: 'aq.|' }).offers()).toEqual(expect.arrayContaining(['table', 'from', 'op']));
    expect(new Written({ a: 'Plot.plot({ | })' }).offers()).toEqual(expect.arrayContaining(['marks', 'width']));
  });

  it('offers nothing of scope after a dot or in a text', () => {
    expect(new Written({ a: 'const text = "or|"' }).offers()).not.toContain('orders');
    expect(new Written({ a: 'const x = { a: 1 }\nx.|' }).offers()).toEqual(['a']);
  });

  it('completes a column within getChild', () => {
    expect(new Written({ a: 'orders.getChild("|")' }).offers()).toEqual(expect.arrayContaining(['day', 'revenue']));
  });

  it('follows what is typed in another cell', () => {
    const notebook = new Written({ a: 'const made = { gain: 1 }', b: 'made.|' });
    expect(notebook.offers()).toEqual(['gain']);
    notebook.service.update({ cells: [{ id: 'a', text: 'const made = { loss: 2 }' }] });
    expect(notebook.offers()).toEqual(['loss']);
    notebook.service.update({ removed: ['a'] });
    expect(notebook.offers()).toEqual([]);
  });

  it('follows a table’s columns', () => {
    const notebook = new Written({ a: 'orders[0].|' });
    notebook.service.update({ tables: [{ name: 'orders', columns: [{ name: 'month', type: 'VARCHAR' }] }] });
    expect(notebook.offers()).toEqual(['month']);
  });
});

describe('what a name is', () => {
  it('is told with its type', () => {
    expect(new Written({ a: 'const tot|al = orders[0].revenue' }).hovered()?.type).toBe('const total: number');
    expect(new Written({ a: 'const total = 1', b: 'tot|al' }).hovered()?.type).toBe('const total: 1');
    expect(new Written({ a: 'orders[0].d|ay' }).hovered()).toMatchObject({
      type: '(property) day: Date',
      text: 'DATE',
    });
  });

  it('is told with its columns for a table', () => {
    const { type, text } = new Written({ a: 'ord|ers' }).hovered()!;
    expect(type).toMatch(/^const orders: Rows</);
    expect(text).toBe('A table of 4 columns: day, channel, revenue, unit price.');
  });

  it('is told with its documentation, for levain’s functions and for names not mentioned yet', () => {
    const { type, text } = new Written({ a: 'levain.o|ls' }).hovered()!;
    expect(type).toContain('ols(');
    expect(text).toContain('least squares');
    expect(new Written({ a: '|' }).explained('orders')?.text).toContain('4 columns');
    expect(new Written({ a: 'Math.|' }).explained('max')?.text).toContain('larger');
  });

  it('is shown while a call is written', () => {
    const found = new Written({ a: 'input.slider([0, 10], |)' }).signature()!;
    expect(found.label).toMatch(/^slider\(range: /);
    expect(found.parameter).toMatch(/^options\?/);
    expect(new Written({ a: 'const x = 1|' }).signature()).toBeUndefined();
  });
});

describe('findings', () => {
  it('names a misspelt column, its table and the nearest name, before anything runs', () => {
    for (const source of [
      'orders[0].revenu',
      'orders.at(-1).revenu',
      'orders.map((row) => row.revenu)',
      'orders.filter(({ revenu }) => revenu > 1)',
      'orders[0]["revenu"]',
    ]) {
      expect(new Written({ a: source }).told(), source).toEqual([
        expect.stringMatching(/revenu"?\]?: orders has no column revenu\. Did you mean revenue\?$/),
      ]);
    }
    expect(new Written({ a: 'orders[0].revenu' }).findings()[0]).toMatchObject({
      at: 'revenu',
      replacement: 'revenue',
    });
  });

  it('says of a result of TypeScript what it lacks', () => {
    expect(
      new Written({ a: 'const made = orders.map((o) => ({ r: o.revenue }))', b: 'made[0].q' }).told(),
    ).toHaveLength(1);
  });

  it('names an unknown name as its run would', () => {
    expect(new Written({ a: 'ordrs.length' }).told()).toEqual(['ordrs: ordrs is not defined. Did you mean orders?']);
    expect(new Written({ a: 'await fetch("https://example.com")' }).told()[0]).toContain('cannot reach the network');
  });

  it('places what is missing at the end within the cell', () => {
    const { length } = 'const x = (1 + 2';
    const found = new Written({ a: 'const x = (1 + 2' }).findings();
    expect(found.length).toBeGreaterThan(0);
    for (const { from, to } of found) expect(from < length && to <= length && to > from).toBe(true);
  });

  it('is nothing in cells that run', () => {
    const fine = [
      'const rows = await sql`SELECT ${1} AS n`\nrows[0].n + rows.at(-1).m',
      'const typed = await sql<{ n: number }>`SELECT 1 AS n`\ntyped[0].n.toFixed(2)',
      'const channel = input.select(["all", "search"], { label: "Channel", value: "all" })\nchannel.toUpperCase()',
      'const many = input.select({ One: 1, Two: 2 }, { multiple: true })\nmany.map((n) => n + 1)',
      'const chosen = input.table(orders, { columns: ["day"] })\nchosen[0].revenue',
      'function grow(x) { return x * 2 }\ngrow(3)',
      '{ a: 1, b: 2 }',
      'const a = 1, b = 2\n;({ a, b })',
      'Plot.plot({ marks: [Plot.lineY(orders, { x: "day", y: "revenue", tip: true })] })',
      'aq.from(orders).groupby("channel").rollup({ revenue: aq.op.sum("revenue") })',
      'aq.fromArrow(orders).numRows()',
      'import { op } from "arquero"\nimport * as P from "@observablehq/plot"\nop.mean("x"); P.dot([1])',
      'import { ols, levain } from "levain"\nlevain.mean([1, 2]); ols',
      'import plot from "@observablehq/plot"\nplot.dot([1])',
      'const fit = levain.ols(Float64Array.from([1, 2, 4]), [{ name: "x", values: Float64Array.from([1, 2, 3]) }])\nfit',
      'levain.md`**${orders.length}** rows`',
      'progress(0.5, "half"); progress(); display(orders); console.log(1)',
      'for await (const x of [1]) display(x)',
      'const xs = []\nfor (const row of orders) xs.push(row.revenue)\nxs.map((x) => x + 1)',
      'orders.getChild("revenue").toArray()',
      'const { day: first } = orders[0]\nfirst.getUTCFullYear()',
      'new Map(orders.map((o) => [o.channel, o.revenue])).get("search")',
      'type Row = orders.Row\nconst f = (row: Row) => row.day\nf(orders[0])',
      'Orders[0].day',
      'export const kept = 1\nexport default kept',
      'await new Promise((resolve) => setTimeout(resolve, 10))',
      'try { orders[0] } catch (error) { error.message }',
      'const by = { a: 1, b: 2 }\nfor (const row of orders) by[row.channel]',
      'Object.groupBy(orders, (o) => o.channel)',
    ];
    for (const source of fine) expect(new Written({ a: source }).told(), source).toEqual([]);
  });

  it('takes any column while a table’s are not known', () => {
    expect(new Written({ a: 'later[0].anything + later.length' }, [{ name: 'later' }]).told()).toEqual([]);
  });

  it('leaves tables out that no cell can name, and survives hostile names', () => {
    const tables = [{ name: 'my table' }, { name: 'x', columns: [{ name: '*/ "];', type: "ENUM('*/')" }] }, orders];
    expect(new Written({ a: 'orders[0].day; x[0]' }, tables).told()).toEqual([]);
  });
});

describe('definition', () => {
  it('is where the name is declared: in this cell, another, or a table', () => {
    expect(new Written({ a: 'const x = 1\nx|' }).defined()).toBe('a 6');
    expect(new Written({ a: 'const total = 1', b: '1 + tot|al' }).defined()).toBe('a 6');
    expect(new Written({ a: 'ord|ers' }).defined()).toBe('table orders');
    expect(new Written({ a: 'orders[0].d|ay' }).defined()).toBe('table orders');
    expect(new Written({ a: 'Math.m|ax(1)' }).defined()).toBeUndefined();
  });
});

describe('renaming', () => {
  it('changes a name in every cell that uses it and no other word of that spelling', () => {
    const cells = {
      a: 'const total = 1 // total',
      b: 'const text = "total"\nto|tal + total',
      c: '((total) => total)(2)',
      d: 'const made = { total }\nmade.total',
    };
    expect(new Written(cells).renamed('sales')).toEqual({
      a: 'const sales = 1 // total',
      b: 'const text = "total"\nsales + sales',
      d: 'const made = { total: sales }\nmade.total',
    });
  });

  it('keeps what a destructured property is called', () => {
    expect(new Written({ a: 'const { rev|enue } = orders[0]\nrevenue', b: 'revenue' }).renamed('first')).toEqual({
      a: 'const { revenue: first } = orders[0]\nfirst',
      b: 'first',
    });
  });

  it('of a name within a function stays in it', () => {
    const cells = { a: 'const x = 1\nconst f = (n) => { const x = n; return |x }', b: 'x' };
    expect(new Written(cells).renamed('y')).toEqual({ a: 'const x = 1\nconst f = (n) => { const y = n; return y }' });
  });

  it('refuses a name that is taken, no name, or the page’s own', () => {
    const cells = { a: 'const total = 1\nconst other = 2', b: 'tot|al' };
    expect(new Written(cells).renamed('other')).toBe('There is already something called other.');
    expect(new Written(cells).renamed('Orders')).toBe('There is already something called orders.');
    expect(new Written(cells).renamed('1st')).toContain('cannot be a name');
    expect(new Written({ a: 'Math.m|ax(1)' }).renamed('least')).toContain('not one of the notebook’s');
    expect(new Written({ a: 'ord|ers' }).renamed('sales')).toBe('table orders');
  });
});
