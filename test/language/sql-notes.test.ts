import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import { sqlNotes } from '../../src/language/sql/notes';

function notes(source: string): readonly string[] {
  const { body } = define({ id: 'a', kind: 'sql', source });
  return body.type === 'sql' ? sqlNotes(body.statements) : [];
}

describe('what SQL does without an error', () => {
  it('is told where rows of a statement are not shown', () => {
    expect(notes('CREATE MACRO f(x) AS x;\nSELECT 1;\nSELECT 2')).toEqual([
      'Only the last of 3 statements is shown: the rows of the one on line 2 are not. Give it a cell of its own.',
    ]);
    expect(notes('CREATE MACRO f(x) AS x; SELECT f(2)')).toEqual([]);
  });

  it('is told where a comparison holds for no row', () => {
    expect(notes('SELECT *\nFROM orders\nWHERE coupon = NULL')).toEqual([
      'Line 3: = NULL holds for no row. Write IS NULL.',
    ]);
    expect(notes('SELECT 1 WHERE a <> null')).toEqual(['Line 1: <> NULL holds for no row. Write IS NOT NULL.']);
    expect(notes("SELECT '= NULL', a IS NULL, f(b := NULL) -- = NULL\nFROM t")).toEqual([]);
    expect(notes('CREATE TABLE t AS SELECT 1 AS a; UPDATE t SET a = NULL')).toEqual([]);
  });
});
