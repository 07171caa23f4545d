import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { Cell, CellKind } from '../../src/notebook/model';
import { Runtime } from '../../src/runtime/runtime';
import { card } from '../../src/session/metric-card';
import { cellNodes } from '../../src/session/nodes';
import { suggestChecks } from '../../src/session/suggest-checks';

const file = { id: 'file', inputs: [], outputs: ['orders'], revision: 1 };
const cells = (...sources: [CellKind, string, string?][]): Cell[] =>
  sources.map(([kind, source, name], i) => ({ id: `c${i}`, kind, source, ...(name && { name }) }));

describe('checks in the graph', () => {
  it('stand before what reads the table, and block it, by themselves, when they do not hold', async () => {
    const all = cells(
      ['sql', 'FROM orders', 'daily'],
      ['sql', 'FROM daily', 'weekly'],
      ['check', 'orders.id is unique'],
      ['sql', 'SELECT 1 AS a', 'other'],
    );
    const ran: string[] = [];
    let holds = true;
    const runtime = new Runtime({
      run: async (id) => {
        ran.push(id);
        if (id === 'c2' && !holds) throw new Error('it does not hold');
      },
      autorun: () => true,
    });
    runtime.setNodes([file, ...cellNodes(all, define)]);
    runtime.runAll();
    await runtime.idle();
    expect(ran.indexOf('c2')).toBeLessThan(ran.indexOf('c0'));
    expect(runtime.state('c1')!.status).toBe('ok');

    holds = false;
    ran.length = 0;
    runtime.setNodes([{ ...file, revision: 2 }, ...cellNodes(all, define)]);
    await runtime.idle();
    expect(ran).toEqual(['file', 'c2']);
    expect([0, 1].map((i) => runtime.state(`c${i}`))).toEqual([
      { status: 'blocked', by: 'c2' },
      { status: 'blocked', by: 'c2' },
    ]);
    expect(runtime.state('c3')!.status).toBe('ok');
  });

  it('hold nothing back where they cannot be read', async () => {
    const all = cells(['sql', 'FROM orders', 'daily'], ['check', 'orders.id is unlike anything']);
    const runtime = new Runtime({ run: async () => undefined });
    runtime.setNodes([file, ...cellNodes(all, define)]);
    runtime.runAll();
    await runtime.idle();
    expect([0, 1].map((i) => runtime.state(`c${i}`)!.status)).toEqual(['ok', 'error']);
  });

  it('never make a circle, however results and sources are checked against each other', () => {
    const all = cells(
      ['sql', 'FROM orders', 'x'],
      ['sql', 'FROM ads', 'y'],
      ['check', 'sum(orders.a) = sum(y.a)'],
      ['check', 'sum(ads.a) = sum(x.a)'],
      ['check', 'sum(x.a) = sum(orders.a)'],
    );
    const runtime = new Runtime({ run: async () => undefined });
    runtime.setNodes([file, { ...file, id: 'ads', outputs: ['ads'] }, ...cellNodes(all, define)]);
    expect(all.map(({ id }) => runtime.state(id)!.status)).toEqual(all.map(() => 'stale'));
    expect(runtime.ancestors('c0')).toContain('c2');
  });
});

it('suggests what a profile says to hold', () => {
  const column = { nulls: 0, distinct: 100, approximate: false, type: 'BIGINT' };
  const twoTexts = (name: string, often: string, less: string) => ({
    ...column,
    name,
    type: 'VARCHAR',
    distinct: 2,
    top: [
      { value: often, count: 60 },
      { value: less, count: 40 },
    ],
  });
  const lines = suggestChecks(
    'orders',
    {
      rows: 100,
      columns: [
        { ...column, name: 'order_id', min: '1', max: '100', mean: 50 },
        { ...column, name: 'revenue', type: 'DOUBLE', nulls: 3, min: '0.5', max: '90', mean: 20 },
        { ...column, name: 'Rechnungsnummer', type: 'VARCHAR' },
        twoTexts('month', '202401', '202402'),
        twoTexts('subject', 'Fresh from the oven', 'Rye week'),
        { ...column, name: 'profit', distinct: 90, min: '-1', max: '90', mean: 20 },
        { ...column, name: 'day', type: 'DATE', distinct: 20, min: '2026-01-01', max: '2026-02-26' },
        {
          ...column,
          name: 'Pay state',
          type: 'VARCHAR',
          distinct: 2,
          min: "o'k",
          max: 'paid',
          top: [
            { value: "o'k", count: 60 },
            { value: 'paid', count: 40 },
          ],
        },
      ],
    },
    Date.UTC(2026, 2, 1),
  );
  expect(lines).toEqual([
    'orders has rows',
    'orders.order_id is unique',
    'orders.order_id is not null',
    'orders.revenue is at least 0',
    'orders.Rechnungsnummer is unique',
    'orders.Rechnungsnummer is not null',
    'orders.day is not null',
    'orders.day is fresh within 7 days',
    `orders."Pay state" is one of 'o''k', 'paid'`,
  ]);
  const { problems } = define({ id: 'c', kind: 'check', source: lines.join('\n') });
  expect(problems).toEqual([]);
});

it('tells a metric beside the period before and its target', () => {
  const metric = {
    name: 'roas',
    period: 'month',
    percent: false,
    digits: 2,
    target: { sign: 'at least', value: 3 },
  } as const;
  const row = { period: new Date('2026-02-01'), value: 2.5, previous: 2, change: 0.25, target: 3 };
  const said = JSON.stringify(card(metric, row));
  for (const text of ['2.50', 'roas, 2026-02', '+25.0 % on the month before (2.00)', '✗ target missed']) {
    expect(said).toContain(text);
  }
  expect(JSON.stringify(card(metric, undefined))).toContain('No whole month');
});
