import { afterAll, describe, expect, it } from 'vitest';
import { assets } from '../../src/engine/assets';
import { practise } from '../../src/engine/practise';
import { startEngine } from '../../src/engine/start';
import source from '../../src/engine/worker?bundle';
import { LevainError } from '../../src/base/problem';
import { decodeTable } from '../../src/table/decode';

const { engine, stop } = startEngine(source);
afterAll(stop);

describe('the engine in its worker', () => {
  it('opens and says its version', async () => {
    const info = await engine.open();
    expect(info.version).toMatch(/^v1\./);
    console.log('started', info.started);
  });

  it('answers across the threads', async () => {
    await engine.define('r', 'n', { text: 'SELECT i FROM range($1) t(i)', parameters: [5n] }, { view: false });
    const bytes = await engine.query('r', { text: 'FROM n', parameters: [] });
    expect(decodeTable(bytes).toArray()).toEqual([0, 1, 2, 3, 4].map((i) => ({ i })));
    await engine.insert('copy', bytes);
    expect(bytes.length).toBeGreaterThan(0);
    expect(await engine.count('copy', [])).toBe(5);
    expect(await (await engine.export('r', [{ relation: 'n' }], { format: 'csv' })).text()).toBe(
      'i\r\n0\r\n1\r\n2\r\n3\r\n4\r\n',
    );
  });

  it('hands problems over whole', async () => {
    const error = await engine.query('r', { text: 'SELECT\n nope', parameters: [] }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(LevainError);
    expect((error as LevainError).problem).toMatchObject({ code: 'binder', line: 2, column: 2, subject: 'nope' });
  });

  it('passes cancel and the news of a restart', async () => {
    await engine.watch(() => {});
    const running = engine.query('long', { text: 'SELECT count(*) FROM range(100000000000)', parameters: [] });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await engine.cancel('long');
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });

  it('practises on a file of its own, of which every row is read and nothing is left', async () => {
    const before = await engine.catalog();
    const read: { rows: number | undefined; rejected: number }[] = [];
    let profiled = 0;
    await practise({
      ...engine,
      ingest: async (...given) => {
        const ingested = await engine.ingest(...given);
        read.push({ rows: ingested.relation.rows, rejected: ingested.rejected });
        return ingested;
      },
      profile: async (...given) => {
        const profile = await engine.profile(...given);
        profiled = profile.columns.length;
        return profile;
      },
    });
    expect(read).toEqual([{ rows: 102_000, rejected: 0 }]);
    expect(profiled).toBe(8);
    expect(await engine.catalog()).toEqual(before);
  });

  it('says that it cannot start, rather than hang, when the files are not there', async () => {
    const missing = { ...assets(), wasm: new URL('/nowhere.wasm', location.href).href };
    const broken = startEngine(source, undefined, missing);
    await expect(broken.engine.open()).rejects.toMatchObject({ problem: { code: 'engine-start' } });
    broken.stop();
  });
});
