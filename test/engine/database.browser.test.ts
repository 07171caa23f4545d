import { tableToIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../src/engine/assets';
import { Database } from '../../src/engine/database';
import { decodeTable } from '../../src/table/decode';

let database: Database;
beforeAll(async () => {
  database = await Database.open(assets());
});
afterAll(() => database.terminate(new Error('done') as never));

describe('the database', () => {
  it('answers a query with Arrow messages', async () => {
    const table = decodeTable(await database.run('SELECT i AS n, i * 2 AS twice FROM range(5000) t(i)'));
    expect(table.numRows).toBe(5000);
    expect(table.at(4999)).toEqual({ n: 4999, twice: 9998 });
  });

  it('rejects a query whose late row fails, rather than cutting it short', async () => {
    const late = "SELECT CASE WHEN i = 900000 THEN 'bad' ELSE i::VARCHAR END::BIGINT FROM range(1000000) t(i)";
    await expect(database.run(late)).rejects.toThrow(/bad/);
    expect(decodeTable(await database.run('SELECT 42 AS x')).at(0)).toEqual({ x: 42 });
  });

  it('answers while memory for rows is made ready, holds the rows after, and goes on where there is not so much', async () => {
    const rows = decodeTable(await database.run('SELECT i AS n FROM range(1000) t(i)'));
    const bytes = tableToIPC(rows as never, { format: 'stream' })!;
    for (const [megabytes, table] of [
      [64, 'a'],
      [3_900, 'b'],
      [64, 'c'],
    ] as const) {
      database.expect(megabytes * 1024 * 1024);
      expect(decodeTable(await database.run('SELECT 42 AS x')).at(0)).toEqual({ x: 42 });
      await database.insertArrow(table, bytes);
      const [sum] = [...decodeTable(await database.run(`SELECT sum(n)::DOUBLE AS sum FROM ${table}`))];
      expect(sum).toEqual({ sum: 499_500 });
    }
  });
});
