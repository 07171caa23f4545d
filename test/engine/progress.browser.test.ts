import { beforeAll, describe, expect, it } from 'vitest';
import type { RunProgress } from '../../src/engine/engine';
import { openedEngine } from './engine-page';

const { engine, define } = openedEngine();
const told: RunProgress[] = [];

/** Some seconds of work in one pipeline, of which DuckDB knows how many rows there are. */
const SLOW = 'SELECT g, count(DISTINCT i % 100003) AS n, avg(x) AS x FROM many GROUP BY g';

const run = (name: string, text: string) => engine.define(name, name, { text, parameters: [] }, { view: false });

describe('how far a run has come', () => {
  beforeAll(async () => {
    await engine.watchRuns((progress) => told.push(progress));
    await define('many', 'SELECT i, i % 1000 AS g, random() AS x FROM range(12000000) t(i)');
  });

  it('is told of a long statement, in shares that grow, and of its run', async () => {
    told.length = 0;
    await run('slow', SLOW);
    const shares = told.map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares.at(-1)).toBeGreaterThan(0.8);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    expect(new Set(told.map((progress) => progress.run))).toEqual(new Set(['slow']));
  });

  it('is told of each of two runs at once by its own name', async () => {
    told.length = 0;
    await Promise.all([run('one', SLOW), run('other', `${SLOW} HAVING count(*) > 0`)]);
    for (const name of ['one', 'other']) {
      const shares = told.filter((progress) => progress.run === name).map(({ share }) => share);
      expect(shares.length).toBeGreaterThan(10);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    }
  });

  it('is not told of a short one', async () => {
    told.length = 0;
    await run('short', 'SELECT count(*) AS n FROM many');
    expect(told).toEqual([]);
  });
});
