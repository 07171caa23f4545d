import { describe, expect, it } from 'vitest';
import type { RelationInfo } from '../../src/engine/engine';
import type { Cell } from '../../src/notebook/model';
import type { CellOutput, Output } from '../../src/output/output';
import { CellFailed } from '../../src/session/cell-failed';
import { CellResults } from '../../src/session/cell-results';
import { ExpressionFailed } from '../../src/session/run-cell';

const cell = (id: string, source = ''): Cell => ({ id, kind: 'sql', source });
const text = (words: string): CellOutput => ({
  outputs: [{ type: 'text', text: words } as unknown as Output],
  log: [],
});
const relation = (name: string): RelationInfo => ({ name, columns: [] }) as unknown as RelationInfo;
const problem = { code: 'sql', message: 'no such column' };

function results() {
  const dropped: string[] = [];
  return { dropped, results: new CellResults(async (name) => void dropped.push(name)) };
}

describe('what cells made', () => {
  it('stays, marked as earlier, when a later run fails before it shows anything', () => {
    const { results: of } = results();
    of.succeeded(cell('a'), { output: text('good'), relation: relation('sales') });
    expect(of.failed(cell('a'), problem, new Error())).toEqual({ ...text('good'), problem });
    expect(of.isEarlier('a')).toBe(true);
    expect(of.relation('a')?.name).toBe('sales');
    of.succeeded(cell('a'), { output: { ...text('checked'), problem } });
    expect(of.isEarlier('a')).toBe(false);
  });

  it('makes way for what a failed run had shown', () => {
    const { results: of } = results();
    of.succeeded(cell('a'), { output: text('good') });
    expect(of.failed(cell('a'), problem, new CellFailed(problem, text('half')))).toEqual({ ...text('half'), problem });
    expect(of.isEarlier('a')).toBe(false);
  });

  it('leaves the database when its cell has another name or is gone', () => {
    const { results: of, dropped } = results();
    of.succeeded(cell('a'), { output: text(''), relation: relation('sales') });
    of.succeeded(cell('a'), { output: text(''), relation: relation('sales') });
    expect(dropped).toEqual([]);
    of.succeeded(cell('a'), { output: text(''), relation: relation('Revenue') });
    expect(dropped).toEqual(['sales']);
    expect(of.cellsOf(new Set(['revenue']))).toEqual(['a']);
    of.keepOnly(new Set(['b']));
    expect(dropped).toEqual(['sales', 'Revenue']);
    expect([of.output('a'), of.relations()]).toEqual([undefined, []]);
  });

  it('leaves the database when its name is read and no cell has it any more', async () => {
    const { results: of, dropped } = results();
    of.succeeded(cell('a'), { output: text('rows'), relation: relation('step') });
    await of.forget(['other']);
    expect(dropped).toEqual([]);
    await of.forget(['STEP']);
    expect(dropped).toEqual(['step']);
    expect([of.relation('a'), of.output('a')]).toEqual([undefined, text('rows')]);
  });

  it('has values only while the text they stand in is as it was', () => {
    const { results: of } = results();
    of.succeeded(cell('a', '{{ x }}'), { output: text(''), values: ['1'] });
    expect(of.values(cell('a', '{{ x }}'))).toEqual(['1']);
    expect(of.values(cell('a', '{{ y }}'))).toBeUndefined();
  });

  it('has the values that did not fail', () => {
    const { results: of } = results();
    const both = cell('a', '{{ x }} and {{ y }}');
    of.succeeded(both, { output: text(''), values: ['1', '2'] });
    of.failed(both, problem, new ExpressionFailed(problem, { expression: 'y', line: 1, column: 13 }, ['3', '⚠']));
    expect(of.values(both)).toEqual(['3', '⚠']);
    of.failed(both, problem, new Error());
    expect(of.values(both)).toEqual(['3', '⚠']);
  });
});
