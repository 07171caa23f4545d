import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LevainError, problemOf } from '../../src/base/problem';
import { assets } from '../../src/engine/assets';
import { ingestCsv } from '../../src/engine/csv/ingest';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import { Database } from '../../src/engine/database';
import type { CsvPlan, Ingested } from '../../src/engine/engine';
import { decodeTable } from '../../src/table/decode';

let database: Database;
beforeAll(async () => {
  database = await Database.open(assets());
});
afterAll(() => database.terminate(new LevainError({ code: 'engine-closed', message: 'The test is over.' })));

/** The threads that were started to read parts, and whether they were ended. */
const threads: { ended: boolean }[] = [];
/** What a thread runs in place of its own script. */
let instead: string | null = null;
const Own = globalThis.Worker;
beforeAll(() => {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4, configurable: true });
  globalThis.Worker = class extends Own {
    readonly #about = { ended: false };
    constructor(url: string | URL, options?: WorkerOptions) {
      const ofPart = options?.name === 'levain-csv-part';
      super(ofPart && instead ? URL.createObjectURL(new Blob([instead])) : url, options);
      if (ofPart) threads.push(this.#about);
    }
    override terminate(): void {
      this.#about.ended = true;
      super.terminate();
    }
  };
});
afterEach(() => {
  threads.length = 0;
  instead = null;
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4, configurable: true });
});
afterAll(() => {
  globalThis.Worker = Own;
});

const ROWS = 440_000;
const row = (i: number): string => `${i},2024-01-${10 + (i % 20)},Zoë ${i % 7},${i % 1000}.25\n`;

/** Good rows, and at a few places what must not be read by itself. */
const text = Array.from({ length: ROWS }, (_, i) => {
  if (i === 150_000) return `${i},2024-01-10,"${row(1).repeat(40_000).replaceAll('\n', '\r\n')}",1.5\n`;
  if (i === 300_001) return `${i},2024-02-30,late,1.5\n`;
  if (i === 300_002) return `${i},short\n`;
  return row(i);
}).join('');
const file = new File(['id,day,name,spend\n', text, `${ROWS},2024-01-10,"last",1`], 'parts.csv');

async function load(given: File, change: Partial<CsvPlan>, signal = new AbortController().signal): Promise<Ingested> {
  const plan = { ...sniffCsv(await sampleFile(given), []), ...change };
  return ingestCsv(database, given, plan, { signal, onProgress: () => {} });
}

async function value(sql: string): Promise<unknown> {
  return decodeTable(await database.run(sql))
    .getChildAt(0)!
    .at(0);
}

/** A packed file is read by one thread. */
let one: Ingested;
beforeAll(async () => {
  const packed = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob();
  one = await load(new File([packed], 'parts.csv.gz'), { table: 'one' });
});

async function isAsOne(several: Ingested): Promise<void> {
  const { found, rejected, rejects, relation } = several;
  expect({ found, rejected, rejects }).toEqual({ found: one.found, rejected: one.rejected, rejects: one.rejects });
  expect(relation.columns).toEqual(one.relation.columns);
  const numbered = (table: string): string => `(SELECT row_number() OVER () AS n, * FROM ${table})`;
  expect(await value(`SELECT count(*)::INT FROM (FROM ${numbered('one')} EXCEPT FROM ${numbered('several')})`)).toBe(0);
  expect(await value('SELECT count(*)::INT FROM several')).toBe(ROWS - 1);
}

describe('a file large enough for several threads', () => {
  it('becomes the same table as by one, with the same rejects, in the same order', async () => {
    expect(one).toMatchObject({ found: ROWS + 1, rejected: 2 });
    expect(threads).toEqual([]);
    const several = await load(file, { table: 'several' });
    expect(threads.length).toBeGreaterThan(1);
    expect(threads.every(({ ended }) => ended)).toBe(true);
    await isAsOne(several);
  });

  it('is read by one thread where few processors are left', async () => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2, configurable: true });
    await isAsOne(await load(file, { table: 'several' }));
    expect(threads).toEqual([]);
  });

  it('does so when its threads fail', async () => {
    for (const script of ['throw new Error("no thread today")', 'onmessage = () => { throw new Error("late") }']) {
      instead = script;
      await isAsOne(await load(file, { table: 'several' }));
      expect(threads.length).toBeGreaterThan(0);
    }
  });

  it('is let go of by every thread when the reading is cancelled, also while one is waited for', async () => {
    instead = 'onmessage = () => {}';
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1500);
    const problem = await load(file, { table: 'never' }, controller.signal).then(() => null, problemOf);
    expect(problem?.code).toBe('cancelled');
    expect(threads.length).toBeGreaterThan(1);
    expect(threads.every(({ ended }) => ended)).toBe(true);
    expect(await value("SELECT count(*)::INT FROM duckdb_tables() WHERE table_name LIKE '%never'")).toBe(0);
  });
});
