import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { CellKind } from '../../src/notebook/model';
import { withNameReplaced } from '../../src/session/rename-in-source';

const renamed = (kind: CellKind, source: string) =>
  withNameReplaced({ id: 'a', kind, source }, 'clicks', 'visits', define);

describe('another name for a table, written into the cells that read it', () => {
  it('changes the table in SQL and what it qualifies, not a column, a text or a comment of that spelling', () => {
    expect(
      renamed('sql', "SELECT clicks.day, clicks, 'clicks' -- clicks\nFROM clicks JOIN ads ON ads.day = Clicks.day"),
    ).toBe("SELECT visits.day, clicks, 'clicks' -- clicks\nFROM visits JOIN ads ON ads.day = visits.day");
  });

  it('changes a quoted name and leaves longer names', () => {
    expect(renamed('sql', 'SELECT * FROM "clicks", clicks_2')).toBe('SELECT * FROM visits, clicks_2');
  });

  it('changes a free name in TypeScript, not a property or a text', () => {
    expect(renamed('ts', "clicks.map((row) => row.clicks + 'clicks')")).toBe(
      "visits.map((row) => row.clicks + 'clicks')",
    );
  });

  it('changes the values of a text and leaves its words', () => {
    expect(renamed('md', 'There are {{ clicks.length }} clicks.')).toBe('There are {{ visits.length }} clicks.');
  });

  it('leaves a common table expression that hides the table', () => {
    const source = 'WITH clicks AS (SELECT 1 AS n) SELECT n FROM clicks';
    expect(renamed('sql', source)).toBe(source);
  });
});
