import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../src/base/random';
import { Autosave } from '../../src/session/storage/autosave';
import { saveToDisk } from '../../src/session/storage/disk';
import { Settings } from '../../src/session/storage/settings';
import type { VersionEntry } from '../../src/session/storage/database';
import { crc32 } from '../../src/session/storage/crc32';
import { isWhole, sealVersion, thinVersions } from '../../src/session/storage/versions';

const MINUTE = 60_000;

/** The checksum that zlib writes in the trailer of a gzip file. */
const zlibCrc32 = (text: string): number => gzipSync(text).readUInt32LE(gzipSync(text).length - 8);

describe('autosave', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A disk that takes `milliseconds` for each write, and fails while `broken`. */
  function disk(milliseconds: number) {
    const log = { written: [] as string[], most: 0, underWay: 0, broken: false, startedAt: [] as number[] };
    const write = async (text: string): Promise<void> => {
      log.startedAt.push(Date.now());
      log.most = Math.max(log.most, ++log.underWay);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      log.underWay -= 1;
      if (log.broken) throw new Error('no room');
      log.written.push(text);
    };
    return { log, write };
  }

  it('writes the newest text within 300 ms, one write at a time, whatever the typing', async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = seededRandom(seed);
      const { log, write } = disk(random.integer(150));
      const autosave = new Autosave({ write, onChange: () => {} });
      for (let n = 1; n <= 40; n++) {
        autosave.save(String(n));
        await vi.advanceTimersByTimeAsync(random.integer(200));
      }
      const last = Date.now();
      await vi.advanceTimersByTimeAsync(2000);
      expect(log.most).toBe(1);
      expect(log.written.at(-1)).toBe('40');
      expect(log.written.map(Number)).toEqual([...new Set(log.written.map(Number))].sort((a, b) => a - b));
      expect(log.startedAt.at(-1)! - last).toBeLessThanOrEqual(300);
      expect(autosave.state).toBe('saved');
    }
  });

  it('makes a text only when it is written', async () => {
    const { log, write } = disk(10);
    const autosave = new Autosave({ write, onChange: () => {} });
    const made: string[] = [];
    for (const text of ['a', 'ab', 'abc']) autosave.save(() => (made.push(text), text));
    expect(made).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(made).toEqual(['abc']);
    expect(log.written).toEqual(['abc']);
  });

  it('starts the pending write before flush returns, even while another is under way', async () => {
    const { log, write } = disk(100);
    const autosave = new Autosave({ write, onChange: () => {} });
    autosave.save('one');
    await vi.advanceTimersByTimeAsync(1);
    autosave.save('two');
    const flushed = autosave.flush();
    expect(log.underWay).toBe(2);
    await vi.advanceTimersByTimeAsync(200);
    await flushed;
    expect(log.written).toEqual(['one', 'two']);
  });

  it('says what failed, tries again by itself, and never goes back to an older text', async () => {
    const { log, write } = disk(10);
    const states: string[] = [];
    const autosave = new Autosave({ write, onChange: (state, problem) => states.push(problem?.message ?? state) });
    log.broken = true;
    autosave.save('one');
    await vi.advanceTimersByTimeAsync(5);
    autosave.save('two');
    void autosave.flush();
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toBe('no room');
    expect(autosave.state).toBe('unsaved');
    log.broken = false;
    await vi.advanceTimersByTimeAsync(6000);
    expect(log.written).toEqual(['two']);
    expect(autosave.state).toBe('saved');
    expect(states.at(-1)).toBe('saved');
  });

  it('writes nothing after it was stopped', async () => {
    const { log, write } = disk(10);
    const autosave = new Autosave({ write, onChange: () => {} });
    autosave.save('one');
    autosave.stop();
    autosave.save('two');
    await vi.advanceTimersByTimeAsync(1000);
    expect(log.written).toEqual([]);
  });
});

describe('versions', () => {
  it('have the checksum of gzip', () => {
    expect(crc32('123456789').toString(16)).toBe('cbf43926');
    const random = seededRandom(4);
    for (let n = 0; n < 200; n++) {
      const text = String.fromCodePoint(...Array.from({ length: random.integer(300) }, () => random.integer(0xd000)));
      expect(crc32(text)).toBe(zlibCrc32(text));
    }
  });

  it('are whole only as they were written', () => {
    const sealed = sealVersion('a', 3, 0, 'SELECT 1');
    expect(isWhole(sealed)).toBe(true);
    expect(isWhole({ ...sealed, text: 'SELECT 2' })).toBe(false);
    expect(isWhole({ ...sealed, revision: 4 })).toBe(false);
    expect(isWhole({ ...sealed, id: 'b' })).toBe(false);
    expect(isWhole({ ...sealed, text: undefined as unknown as string })).toBe(false);
  });

  it('are kept for the last moments and for every ten minutes of hours of typing', () => {
    let history: VersionEntry[] = [];
    const hours = 3;
    for (let revision = 1; revision <= hours * 60 * 60 * 2; revision++) {
      history = thinVersions([{ revision, saved: revision * 500, size: 1000 }, ...history]);
      expect(history[0]!.revision).toBe(revision);
    }
    expect(history.slice(0, 5).map((entry) => entry.revision)).toEqual([21600, 21599, 21598, 21597, 21596]);
    const minutes = history.slice(5).map((entry) => entry.saved / MINUTE);
    const [lately, older] = [minutes.filter((minute) => minute > 170), minutes.filter((minute) => minute <= 170)];
    expect(lately).toHaveLength(9);
    for (const [index, minute] of lately.slice(1).entries()) expect(lately[index]! - minute).toBeCloseTo(1, 1);
    expect(older.length).toBeGreaterThanOrEqual(hours * 6 - 2);
    for (const [index, minute] of older.slice(1).entries()) expect(older[index]! - minute).toBeCloseTo(10, 1);
  });

  it('of the minutes before a burst of edits are kept', () => {
    let history: VersionEntry[] = [];
    const saves = [
      ...Array.from({ length: 6 }, (_, i) => i * MINUTE + 5_000),
      ...Array.from({ length: 12 }, (_, i) => 400_000 + i * 200),
    ];
    for (const [i, saved] of saves.entries())
      history = thinVersions([{ revision: i + 1, saved, size: 1000 }, ...history]);
    expect(history.map(({ revision }) => revision)).toEqual([18, 17, 16, 15, 14, 6, 5, 4, 3, 2, 1]);
  });

  it('are bounded in number and in length, but two are always kept', () => {
    const long = Array.from({ length: 100 }, (_, i) => ({ revision: 100 - i, saved: -i * 20 * MINUTE, size: 10 }));
    expect(thinVersions(long)).toHaveLength(35);
    const huge = long.map((entry) => ({ ...entry, size: 40_000_000 }));
    expect(thinVersions(huge).map((entry) => entry.revision)).toEqual([100, 99]);
  });
});

describe('settings', () => {
  /** Storage as Node has none. */
  function memory(): Storage {
    const entries = new Map<string, string>();
    return {
      getItem: (key: string) => entries.get(key) ?? null,
      setItem: (key: string, value: string) => void entries.set(key, value),
    } as Storage;
  }

  it('are there for the next page, and damaged ones are the defaults', () => {
    const storage = memory();
    const heard: unknown[] = [];
    const settings = new Settings(storage);
    settings.subscribe((values) => heard.push(values));
    settings.set('theme', 'dark');
    expect(new Settings(storage).get('theme')).toBe('dark');
    settings.set('theme', undefined);
    expect(new Settings(storage).get('theme')).toBeUndefined();
    expect(heard).toEqual([{ theme: 'dark' }, { theme: undefined }]);
    for (const damaged of ['{"theme":', 'null', '[1]', '7']) {
      storage.setItem('levain.settings', damaged);
      expect(new Settings(storage).get('theme')).toBeUndefined();
    }
  });
});

describe('a notebook saved as a file', () => {
  it('is suggested under its title, and under no extension twice', async () => {
    const suggested: unknown[] = [];
    const showSaveFilePicker = (options: object): Promise<never> => {
      suggested.push((options as { suggestedName: string }).suggestedName);
      return Promise.reject(new DOMException('closed', 'AbortError'));
    };
    for (const title of ['Weekly paid media', 'weekly.nb.md', '../..']) {
      expect(await saveToDisk('', title, undefined, { pickers: { showSaveFilePicker } })).toEqual({ how: 'cancelled' });
    }
    expect(suggested).toEqual(['Weekly paid media.nb.md', 'weekly.nb.md', 'Notebook.nb.md']);
  });
});
