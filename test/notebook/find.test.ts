import { describe, expect, it } from 'vitest';
import { LevainError } from '../../src/base/problem';
import { findAll, namesFound, replaceMatches, type Query } from '../../src/notebook/find';
import { History } from '../../src/notebook/history';
import type { Cell, Notebook } from '../../src/notebook/model';
import { find } from '../../src/ui/words/find';

const cells: readonly Cell[] = [
  { id: 'a', kind: 'sql', source: 'SELECT Revenue, revenue_net FROM orders' },
  { id: 'b', kind: 'md', source: 'Price: $5. revenue' },
];
const plain = (text: string, more: Partial<Query> = {}): Query => ({
  text,
  matchCase: false,
  word: false,
  regex: false,
  ...more,
});
const shown = (query: Query): string[] =>
  findAll(cells, query).map(({ cell, from, to }) => {
    const { source } = cells.find(({ id }) => id === cell)!;
    return `${cell}:${source.slice(from, to)}`;
  });
const replaced = (query: Query, by: string): string[] => {
  const edit = replaceMatches(cells, findAll(cells, query), query, by);
  const notebook: Notebook = { version: 1, title: '', files: [], cells };
  return (edit ? new History(notebook).apply(edit, 0) : notebook).cells.map(({ source }) => source);
};

describe('finding', () => {
  it('goes through all cells, with case and whole words as wanted', () => {
    expect(shown(plain('revenue'))).toEqual(['a:Revenue', 'a:revenue', 'b:revenue']);
    expect(shown(plain('revenue', { matchCase: true }))).toEqual(['a:revenue', 'b:revenue']);
    expect(shown(plain('revenue', { word: true }))).toEqual(['a:Revenue', 'b:revenue']);
    expect(shown(plain('$5.'))).toEqual(['b:$5.']);
    expect(shown(plain(''))).toEqual([]);
  });

  it('knows the names of cells, which replacing leaves', () => {
    const named = cells.map((cell, i) => ({ ...cell, name: ['revenue', 'net_revenue'][i]! }));
    expect(namesFound(named, plain('revenue'))).toEqual(['revenue', 'net_revenue']);
    expect(namesFound(named, plain('revenue', { word: true }))).toEqual(['revenue']);
    expect(namesFound(cells, plain('revenue'))).toEqual([]);
    expect(find.replaced(3, 2, ['revenue'])).toMatch(/^Replaced in 3 places, 2 cells\. revenue is still called so/);
  });

  it('reads a regular expression, and says what is wrong with one', () => {
    expect(shown(plain('rev\\w+_net|^price', { regex: true }))).toEqual(['a:revenue_net', 'b:Price']);
    expect(shown(plain('x*', { regex: true }))).toEqual([]);
    expect(() => findAll(cells, plain('(', { regex: true }))).toThrow(LevainError);
    expect(() => findAll(cells, plain('(', { regex: true }))).toThrow(/^“\(” is no pattern: Unterminated group\.$/);
  });
});

describe('replacing', () => {
  it('takes plain text as it stands and the groups of a pattern where they are meant', () => {
    expect(replaced(plain('revenue', { word: true }), '$& $1')).toEqual([
      'SELECT $& $1, revenue_net FROM orders',
      'Price: $5. $& $1',
    ]);
    expect(replaced(plain('(rev)(enue)', { regex: true }), '$2$$$1 $3')).toEqual([
      'SELECT enue$Rev $3, enue$rev $3_net FROM orders',
      'Price: $5. enue$rev $3',
    ]);
    expect(replaced(plain('nowhere'), 'x')).toEqual(cells.map(({ source }) => source));
  });

  it('in one place leaves the others, and everywhere is one step of undo', () => {
    const query = plain('revenue');
    const [, second] = findAll(cells, query);
    const one = replaceMatches(cells, [second!], query, 'sales')!;
    const history = new History({ version: 1, title: '', files: [], cells });
    expect(history.apply(one, 0).cells[0]!.source).toBe('SELECT Revenue, sales_net FROM orders');
    history.undo();
    expect(history.notebook.cells).toEqual(cells);
    history.apply(replaceMatches(cells, findAll(cells, query), query, 'sales')!, 1);
    expect(history.notebook.cells.map(({ source }) => source)).toEqual([
      'SELECT sales, sales_net FROM orders',
      'Price: $5. sales',
    ]);
    history.undo();
    expect(history.notebook.cells).toEqual(cells);
    expect(history.canUndo).toBe(false);
    history.redo();
    expect(history.notebook.cells[1]!.source).toBe('Price: $5. sales');
  });
});
