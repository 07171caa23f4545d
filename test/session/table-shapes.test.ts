import { describe, expect, it } from 'vitest';
import type { Cell, Notebook } from '../../src/notebook/model';
import type { DataEntry } from '../../src/session/data-files';
import { tableShapes } from '../../src/session/table-shapes';

const notebook = (...cells: Cell[]): Notebook => ({ version: 1, title: '', files: [], cells });
const weekly: Cell = { id: 'a', kind: 'sql', name: 'Weekly', source: 'SELECT 1 AS n' };
const missing: DataEntry = {
  node: 'file:1',
  fileName: 'ads.csv',
  table: 'ads',
  status: 'missing',
  revision: 0,
  known: { name: 'ads.csv', table: 'ads', columns: { day: 'DATE' } },
};

describe('the tables that a notebook’s cells can read', () => {
  it('have the columns of their last result', () => {
    const relations = [
      { name: 'weekly', columns: [{ name: 'n', type: 'INTEGER' }] },
      { name: '_result_b', columns: [] },
    ];
    expect(tableShapes({ notebook: notebook(weekly), entries: [], relations })).toEqual([
      { name: 'Weekly', columns: [{ name: 'n', type: 'INTEGER' }] },
    ]);
  });

  it('are there before they have run, without columns', () => {
    expect(tableShapes({ notebook: notebook(weekly), entries: [], relations: [] })).toEqual([{ name: 'Weekly' }]);
  });

  it('have what is remembered of a file that is not here', () => {
    const found = tableShapes({ notebook: notebook(), entries: [missing], relations: [] });
    expect(found).toEqual([{ name: 'ads', columns: [{ name: 'day', type: 'DATE' }] }]);
  });

  it('are no cells without a name, no text and no TypeScript', () => {
    const cells: Cell[] = [
      { id: 'a', kind: 'sql', source: 'SELECT 1' },
      { id: 'b', kind: 'ts', source: 'const x = 1' },
      { id: 'c', kind: 'md', source: 'x' },
    ];
    expect(tableShapes({ notebook: notebook(...cells), entries: [], relations: [] })).toEqual([]);
  });
});
