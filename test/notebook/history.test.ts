import { describe, expect, it } from 'vitest';
import type { Random } from '../../src/base/random';
import { applyEdit, History, invertEdit, newCellId, type Edit } from '../../src/notebook/edit';
import type { Cell, CellKind, Notebook } from '../../src/notebook/model';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { randomFiles, randomFileText, randomNotebook, randomText } from './random-notebook';
import { caseRandom } from './seeded';

const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)]!;

function randomEdit(random: Random, { cells }: Notebook): Edit {
  const index = random.integer(cells.length + 1);
  if (cells.length === 0 || random.uniform() < 0.2) {
    const kind = pick<CellKind>(random, ['sql', 'ts', 'md', 'csv']);
    return { type: 'insert', index, cell: { id: newCellId(cells, random), kind, source: randomText(random, 3) } };
  }
  const { id } = pick(random, cells);
  switch (random.integer(9)) {
    case 0:
      return { type: 'remove', id };
    case 1:
      return { type: 'move', id, index: random.integer(cells.length) };
    case 2:
      return { type: 'setName', id, name: pick(random, [undefined, 'weekly', 'a`b', '']) };
    case 3:
      return { type: 'setKind', id, kind: pick(random, ['sql', 'ts', 'md', 'csv']) };
    case 4:
      return { type: 'setFlags', id, view: random.uniform() < 0.5 };
    case 5:
      return { type: 'setTitle', title: randomText(random, 2) };
    case 6:
      return { type: 'setFiles', files: randomFiles(random) };
    case 7:
      return random.uniform() < 0.3
        ? { type: 'replaceAll', notebook: randomNotebook(random) }
        : { type: 'setFlags', id, folded: random.uniform() < 0.5 };
    default:
      return { type: 'setSource', id, source: randomText(random, 3) };
  }
}

const withoutHead = ({ version, title, files, cells }: Notebook): unknown => ({ version, title, files, cells });

describe('edits', () => {
  it('are undone to the original, byte for byte, and redone to the result, in 500 random histories', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = caseRandom(seed);
      const text = randomFileText(random).replace(/\r+\n/g, '\n');
      const original = parseNotebook(text).notebook;
      const history = new History(original);
      const trail = [original];
      for (let n = 20; n > 0; n--) trail.push(history.apply(randomEdit(random, history.notebook), n * -5000));
      const final = history.notebook;

      for (let at = trail.length - 2; at >= 0; at--) {
        expect(history.undo()).toBeDefined();
        expect(history.notebook, `seed ${seed}, undo to ${at}`).toEqual(trail[at]);
      }
      expect(history.canUndo).toBe(false);
      expect(printNotebook(history.notebook), `seed ${seed}`).toBe(text.replace(/^\uFEFF+/, ''));

      while (history.canRedo) history.redo();
      expect(history.notebook, `seed ${seed}`).toEqual(final);
    }
  }, 120_000);

  it('of files by hand print to what reads back as the edited notebook, after each of 4,000 random edits', () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = caseRandom(seed + 7000);
      let { notebook } = parseNotebook(randomFileText(random));
      for (let n = 0; n < 10; n++) {
        notebook = applyEdit(notebook, randomEdit(random, notebook));
        const text = printNotebook(notebook);
        expect(withoutHead(parseNotebook(text).notebook), `seed ${seed}, edit ${n}\n${text}`).toEqual(
          withoutHead(notebook),
        );
      }
    }
  }, 120_000);

  it('share what they do not touch', () => {
    const { notebook } = parseNotebook('```sql id=a\n```\n\n```ts id=b\n```\n');
    const edited = applyEdit(notebook, { type: 'setSource', id: 'a', source: 'SELECT 1' });
    expect(edited.cells[1]).toBe(notebook.cells[1]);
    expect(applyEdit(edited, invertEdit(notebook, { type: 'setSource', id: 'a', source: 'SELECT 1' })).cells[0]).toBe(
      notebook.cells[0],
    );
  });

  it('to another kind drop what it does not have', () => {
    const cell: Cell = { id: 'a', kind: 'sql', name: 'weekly', source: '', view: true };
    const notebook: Notebook = { version: 1, title: '', files: [], cells: [cell] };
    expect(applyEdit(notebook, { type: 'setKind', id: 'a', kind: 'csv' }).cells).toEqual([
      { id: 'a', kind: 'csv', name: 'weekly', source: '' },
    ]);
    expect(applyEdit(notebook, { type: 'setKind', id: 'a', kind: 'md' }).cells).toEqual([
      { id: 'a', kind: 'md', source: '' },
    ]);
  });

  it('of a cell that is not there are refused', () => {
    const notebook: Notebook = { version: 1, title: '', files: [], cells: [] };
    expect(() => applyEdit(notebook, { type: 'remove', id: 'gone' })).toThrow('the notebook has a cell called gone');
  });
});

describe('a history', () => {
  const cells: Cell[] = [
    { id: 'a', kind: 'ts', source: '' },
    { id: 'b', kind: 'ts', source: '' },
  ];
  const start: Notebook = { version: 1, title: '', files: [], cells };
  const type = (id: string, source: string): Edit => ({ type: 'setSource', id, source });

  it('takes typing in one cell as one step, until there is a pause', () => {
    const history = new History(start);
    history.apply(type('a', 'x'), 0);
    history.apply(type('a', 'xy'), 900);
    history.apply(type('a', 'xyz'), 1800);
    history.apply(type('a', 'xyz!'), 2900);
    history.undo();
    expect(history.notebook.cells[0]!.source).toBe('xyz');
    history.undo();
    expect(history.notebook).toEqual(start);
    history.redo();
    expect(history.notebook.cells[0]!.source).toBe('xyz');
  });

  it('begins another step with another cell, another kind of edit, a seal or an undo', () => {
    const history = new History(start);
    history.apply(type('a', 'x'), 0);
    history.apply(type('b', 'y'), 10);
    history.apply({ type: 'setTitle', title: 'T' }, 20);
    history.apply(type('b', 'yy'), 30);
    history.seal();
    history.apply(type('b', 'yyy'), 40);
    history.undo();
    history.apply(type('b', 'yy!'), 50);
    const sources: string[] = [];
    while (history.undo()) sources.push(history.notebook.cells.map(({ source }) => source).join('|'));
    expect(sources).toEqual(['x|yy', 'x|y', 'x|y', 'x|', '|']);
  });

  it('forgets what was undone when something else is done', () => {
    const history = new History(start);
    history.apply(type('a', 'x'), 0);
    history.undo();
    history.apply(type('b', 'y'), 0);
    expect(history.canRedo).toBe(false);
  });

  it('forgets its oldest steps beyond its bounds, and never the last', () => {
    const counted = new History(start, { steps: 3 });
    for (let n = 0; n < 10; n++) counted.apply(type(n % 2 ? 'a' : 'b', String(n)), n);
    let undone = 0;
    while (counted.undo()) undone++;
    expect(undone).toBe(3);

    const weighed = new History(start, { signs: 1000 });
    for (let n = 0; n < 10; n++) weighed.apply(type(n % 2 ? 'a' : 'b', 'x'.repeat(5000)), n);
    undone = 0;
    while (weighed.undo()) undone++;
    expect(undone).toBe(1);
  });
});
