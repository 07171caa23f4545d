import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { Cell, CellKind } from '../../src/notebook/model';
import { cellNodes, tablesFor, tablesRead } from '../../src/session/nodes';

const cells = (...sources: [CellKind, string][]): Cell[] =>
  sources.map(([kind, source], i) => ({ id: `c${i}`, kind, source }));

/** The revision of the first cell, which tells whether it must run again. */
const revision = (all: readonly Cell[]): unknown => cellNodes(all, define)[0]!.revision;

describe('the names of a TypeScript cell that the database needs', () => {
  it('are those that SQL reads as tables', () => {
    const all = cells(['ts', 'const rows = [{ a: 1 }], most = 3'], ['sql', 'SELECT * FROM Rows WHERE a < ${most}']);
    expect(tablesFor(all[0]!, tablesRead(all, define), define)).toEqual(['rows']);
  });

  it('are not those read as values, so that a new reader does not make the cell stale', () => {
    const definer: [CellKind, string] = ['ts', "const most = input.number('most')"];
    const before = revision(cells(definer, ['sql', 'SELECT 1']));
    expect(revision(cells(definer, ['sql', 'SELECT ${most}']))).toBe(before);
    expect(revision(cells(definer, ['sql', 'SELECT * FROM most']))).not.toBe(before);
  });
});
