import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from '../../src/notebook/align';
import { compareLines, compareNotebooks } from '../../src/notebook/compare';
import type { Cell, Notebook } from '../../src/notebook/model';

const cell = (id: string, source = `SELECT '${id}'`, rest: Partial<Cell> = {}): Cell => ({
  id,
  kind: 'sql',
  source,
  ...rest,
});
const notebook = (cells: readonly Cell[], title = ''): Notebook => ({ version: 1, title, files: [], cells });
/** `kind id` of each change. */
const told = (before: readonly Cell[], after: readonly Cell[]): string[] =>
  compareNotebooks(notebook(before), notebook(after)).cells.map(({ kind, id }) => `${kind} ${id}`);

describe('what changed between two versions', () => {
  it('is told by cell: added, removed where it stood, changed, moved', () => {
    const [a, b, c, d] = [cell('a'), cell('b'), cell('c'), cell('d')];
    expect(told([a, b, c], [a, b, c])).toEqual([]);
    expect(told([a, b, c], [a, c, d])).toEqual(['removed b', 'added d']);
    expect(told([a, b, c], [b, c, a])).toEqual(['moved a']);
    expect(told([a, b], [a, cell('b', 'SELECT 2')])).toEqual(['changed b']);
    const named = compareNotebooks(notebook([a]), notebook([{ ...a, name: 'total', view: true }]));
    expect(named.cells[0]).toMatchObject({ heading: { before: 'sql', after: 'sql name=total view' }, lines: [] });
    expect(compareNotebooks(notebook([], 'Old'), notebook([], 'New')).title).toEqual({ before: 'Old', after: 'New' });
  });

  it('gives lines from which both texts can be put together again, and no more changes than needed', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareLines(before, after);
        const side = (left: string): string[] =>
          lines.filter(({ kind }) => kind === 'same' || kind === left).map((line) => line.text);
        expect(side('removed').join('\n')).toBe(before);
        expect(side('added').join('\n')).toBe(after);
        if (before !== '' && after !== '') {
          const same = lines.filter(({ kind }) => kind === 'same').length;
          expect(same).toBe(longest(before.split('\n'), after.split('\n')));
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('takes what is too long to compare for replaced, between what is the same at both ends', () => {
    const many = (sign: string): string[] => Array.from({ length: 3_000 }, (_, i) => `${sign}${i}`);
    expect(align(['x', ...many('a'), 'y'], ['x', ...many('b'), 'y'])).toEqual([
      [0, 0],
      [3001, 3001],
    ]);
  });
});

/** The length of a longest common subsequence, by its plain recursion. */
function longest(a: readonly string[], b: readonly string[], known = new Map<string, number>()): number {
  if (a.length === 0 || b.length === 0) return 0;
  const key = `${a.length},${b.length}`;
  const length =
    known.get(key) ??
    (a[0] === b[0]
      ? 1 + longest(a.slice(1), b.slice(1), known)
      : Math.max(longest(a.slice(1), b, known), longest(a, b.slice(1), known)));
  known.set(key, length);
  return length;
}
