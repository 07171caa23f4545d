import { expect, it } from 'vitest';
import { applyEdit } from '../../src/notebook/apply';
import { mergeCells, splitCell } from '../../src/notebook/cut';
import { History } from '../../src/notebook/history';
import type { Cell, Notebook } from '../../src/notebook/model';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';

const notebook = (...cells: Cell[]): Notebook => ({ version: 1, title: 'T', files: [], cells });
const weekly: Cell = { id: 'a', kind: 'sql', name: 'weekly', source: 'SELECT 1;\n\nSELECT 2' };

it('a cell is cut in two at a place, and that is one step', () => {
  const history = new History(notebook(weekly));
  const { edit, cell } = splitCell([weekly], 'a', 'SELECT 1;'.length);
  expect(history.apply(edit, 0).cells).toEqual([
    { id: 'a', kind: 'sql', name: 'weekly', source: 'SELECT 1;' },
    { id: cell.id, kind: 'sql', source: 'SELECT 2' },
  ]);
  history.undo();
  expect(history.notebook.cells).toEqual([weekly]);
});

it('two cells become one, whose name is that of the last statement', () => {
  const cells: Cell[] = [
    { id: 'a', kind: 'sql', source: 'CREATE TEMP TABLE t AS SELECT 1 -- one' },
    { id: 'b', kind: 'sql', name: 'weekly', source: 'FROM t' },
    { id: 'c', kind: 'md', source: 'Text' },
    { id: 'd', kind: 'md', source: 'More' },
  ];
  expect(applyEdit(notebook(...cells), mergeCells(cells, 'a')).cells[0]).toEqual({
    id: 'a',
    kind: 'sql',
    name: 'weekly',
    source: 'CREATE TEMP TABLE t AS SELECT 1 -- one\n;\n\nFROM t',
  });
  expect(applyEdit(notebook(...cells), mergeCells(cells, 'c')).cells.at(-1)?.source).toBe('Text\n\nMore');
  expect(() => mergeCells(cells, 'b')).toThrow(/another kind/);
  const put = (upper: string, lower: string): string => {
    const both: Cell[] = [upper, lower].map((source, i) => ({ id: `s${i}`, kind: 'sql', source }));
    return applyEdit(notebook(...both), mergeCells(both, 's0')).cells[0]!.source;
  };
  // The rest of a statement that was split is no statement of its own.
  expect(put('SELECT a FROM t', 'WHERE a > 1')).toBe('SELECT a FROM t\nWHERE a > 1');
  expect(put('SELECT a FROM t', '-- all\nFROM u')).toBe('SELECT a FROM t;\n\n-- all\nFROM u');
  expect(put('SELECT a FROM t', 'with u as (from t) from u')).toBe('SELECT a FROM t;\n\nwith u as (from t) from u');
  expect(put('SELECT a, b', 'FROM orders')).toBe('SELECT a, b\nFROM orders');
  expect(() => mergeCells(cells, 'd')).toThrow(/no cell below/);
});

it('what is folded stands in the file and is read back', () => {
  const folded = applyEdit(notebook(weekly), { type: 'setFlags', id: 'a', folded: true, foldedOutput: true });
  const text = printNotebook(folded);
  expect(text).toContain('```sql id=a name=weekly folded folded-output\n');
  expect(parseNotebook(text).notebook.cells).toEqual(folded.cells);
  const back = applyEdit(folded, { type: 'setFlags', id: 'a', foldedOutput: false });
  expect(back.cells).toEqual([{ ...weekly, folded: true }]);
});
