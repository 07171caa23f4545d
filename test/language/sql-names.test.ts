import { beforeAll, describe, expect, it } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlNames } from '../../src/language/sql/names';
import { unique } from '../../src/language/unique';
import { CORPUS } from './corpus';
import { nativeDuckDb, parsedTables } from './oracle';

const sorted = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.toLowerCase()))].sort();

describe('the tables that SQL reads', () => {
  it.each(CORPUS)('%s', (sql, tables) => {
    expect(unique(sqlNames(sql).tables)).toEqual(tables);
  });

  it('are more than a hundred statements’ worth', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(100);
  });

  describe('by DuckDB’s own parser', () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await nativeDuckDb();
    });

    it('are the same, for every statement it gives a tree of', async () => {
      const differing: string[] = [];
      let compared = 0;
      for (const [sql] of CORPUS) {
        // The parser leaves what a function or a string names to the binder, and built-in views to the catalog.
        if (/query|duckdb_tables/.test(sql)) continue;
        const oracle = await parsedTables(connection, sql);
        if (!oracle) continue;
        compared += 1;
        const ours = sorted(sqlNames(sql).tables);
        if (ours.join() !== sorted(oracle).join())
          differing.push(`${sql}: ${ours.join()} but DuckDB says ${sorted(oracle).join()}`);
      }
      expect(differing).toEqual([]);
      expect(compared).toBeGreaterThanOrEqual(95);
    });

    it('holds only statements that DuckDB can parse', async () => {
      for (const [sql] of CORPUS) await expect(connection.extractStatements(sql), sql).resolves.toBeDefined();
    });
  });

  it('leave out what the same text created before', () => {
    expect(sqlNames('CREATE TABLE t AS FROM a; SELECT * FROM T JOIN b USING (id)').tables).toEqual(['a', 'b']);
  });
});
