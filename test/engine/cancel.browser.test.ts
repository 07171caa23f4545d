import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/table/decode';
import type { EngineRestart } from '../../src/engine/engine';
import { openedEngine, problem } from './engine-page';

const { engine, rows, value, define, execute } = openedEngine();
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('cancelling', () => {
  it('stops a long count, and the database goes on', async () => {
    const running = problem(
      engine.query('long', { text: 'SELECT count(*) FROM range(100000000000) a', parameters: [] }),
    );
    await later(200);
    await engine.cancel('long');
    expect((await running).code).toBe('cancelled');
    expect(await value('SELECT 42')).toBe(42);
  });

  it('stops a definition and leaves what was there', async () => {
    await define('held', 'SELECT 1 AS n');
    const running = problem(
      engine.define(
        'long',
        'held',
        { text: 'SELECT sum(a.range) FROM range(10000000000) a', parameters: [] },
        { view: false },
      ),
    );
    await later(200);
    await engine.cancel('long');
    expect((await running).code).toBe('cancelled');
    expect(await rows('FROM held')).toEqual([{ n: 1 }]);
  });

  it('does nothing to a run that is not under way', async () => {
    await engine.cancel('nobody');
    expect(await value('SELECT 42')).toBe(42);
  });

  it('restarts a database that will not stop, makes everything again, and tells the other runs', async () => {
    const restarts: EngineRestart[] = [];
    await engine.watch((event) => restarts.push(event));
    await execute('CREATE OR REPLACE MACRO twice(x) AS x * 2');
    await define('base', 'SELECT i AS n FROM range(1000) t(i)');
    await define('doubled', 'SELECT twice(n) AS n FROM base', [], true);
    await engine.insert('sent', await engine.query('r', { text: "SELECT 'kept' AS s", parameters: [] }));
    const file = new File(['day,spend\n2024-01-01,1.5\n2024-01-02,2.5\n'], 'ads.csv');
    await engine.ingest('r', file, await engine.sniff(file), () => {});
    await define('doomed', 'SELECT 1 AS n');
    await engine.drop('doomed');

    // One call into a function that never looks up: the distance of two long texts takes all their pairs.
    const holding = "SELECT levenshtein(repeat('ab', 60000), repeat('ba', 60000)) AS d FROM range(1000)";
    const cancelled = problem(engine.query('holding', { text: holding, parameters: [] }));
    await later(100);
    const other = problem(engine.query('other', { text: 'SELECT 1', parameters: [] }));
    await engine.cancel('holding');
    expect((await cancelled).code).toBe('cancelled');
    expect((await other).code).toBe('engine-restarted');

    expect(await value('SELECT twice(4)')).toBe(8);
    expect(restarts).toHaveLength(1);
    expect(restarts[0]!.lost).toEqual([]);
    expect(await value('SELECT sum(n) FROM doubled')).toBe(999000);
    expect(decodeTable(await engine.page('sent', { offset: 0, limit: 1 })).toArray()).toEqual([{ s: 'kept' }]);
    expect(await value('SELECT sum(spend) FROM ads')).toBe(4);
    expect((await problem(rows('FROM doomed'))).code).toBe('catalog');
  });
});
