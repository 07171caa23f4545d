import { describe, expect, it } from 'vitest';
import { compareResults, figuresOf, sentencesOf, type ResultState } from '../../src/session/changes';
import type { DataEntry } from '../../src/session/data-files';
import { nameTogether, sameShaped, tablesTogether, togetherSource } from '../../src/session/put-together';

const state = (name: string, rows: number | undefined, values: ResultState['values'] = {}): [string, ResultState] => [
  name,
  { name, ...(rows !== undefined && { rows }), values },
];

describe('what a newer export changed', () => {
  it('is told result by result: rows added, figures from and to; what says the same is left out', () => {
    const before = new Map([
      state('orders', 4),
      state('weekly', 2),
      state('total', 1, { revenue: 10, since: '2026-01-05' }),
      state('gone', 1),
    ]);
    const after = new Map([
      state('orders', 6),
      state('weekly', 2),
      state('total', 1, { revenue: 12.5, since: '2026-01-05' }),
      state('new', 1),
    ]);
    expect(compareResults(before, after)).toEqual([
      { name: 'orders', rows: { from: 4, to: 6 }, values: [] },
      { name: 'total', values: [{ label: 'revenue', from: 10, to: 12.5 }] },
    ]);
  });

  it('takes the figures of a row, and the sentences of a cell but for drawings', () => {
    expect(figuresOf({ n: 12n, day: new Date('2026-01-05'), share: 0.5, list: [1], none: null })).toEqual({
      n: 12,
      day: '2026-01-05',
      share: 0.5,
    });
    const sentence = {
      type: 'tree' as const,
      root: { tag: 'p', children: ['An order is ', { tag: 'strong', children: ['€12'] }] },
    };
    const chart = { type: 'tree' as const, root: { tag: 'figure', children: [{ tag: 'svg', children: ['2026'] }] } };
    expect(sentencesOf([sentence, chart, { type: 'number', value: 3 }])).toEqual({ '': 'An order is €12', '2': 3 });
  });
});

describe('files of the same shape', () => {
  const entry = (fileName: string, table: string, ...columns: string[]): DataEntry =>
    ({
      fileName,
      table,
      ingested: { relation: { columns: columns.map((name) => ({ name, type: 'VARCHAR' })) } },
    }) as unknown as DataEntry;

  it('are those with just the same columns, in any order', () => {
    const all = [
      entry('a.csv', 'a', 'day', 'cost'),
      entry('b.csv', 'b', 'Cost', 'day'),
      entry('c.csv', 'c', 'day'),
      entry('d.csv', 'd', 'day'),
    ];
    expect(sameShaped(all)).toEqual([[all[0], all[1]]]);
  });

  it('become one query that is known again, and has a name of what they share', () => {
    const source = togetherSource([entry("Ann's orders.csv", 'anns_orders'), entry('b.csv', 'b')]);
    expect(source).toBe(
      "SELECT 'Ann''s orders.csv' AS _file, * FROM anns_orders\nUNION ALL BY NAME\nSELECT 'b.csv' AS _file, * FROM b",
    );
    expect(tablesTogether(source)).toEqual(['anns_orders', 'b']);
    expect(tablesTogether('SELECT 1')).toEqual([]);
    expect(nameTogether(['orders_2026_01', 'orders_2026_02'], new Set())).toBe('orders_2026');
    expect(nameTogether(['orders', 'orders_2'], new Set(['orders']))).toBe('all_orders');
    expect(nameTogether(['jan', 'feb'], new Set())).toBe('all_rows');
  });
});

it('takes a date beyond every calendar for a figure as any other', () => {
  expect(figuresOf({ until: new Date(NaN), since: new Date('2024-02-29T00:00:00Z') })).toEqual({
    until: '±∞',
    since: '2024-02-29',
  });
});
