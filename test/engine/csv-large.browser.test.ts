import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LevainError, problemOf } from '../../src/base/problem';
import { seededRandom } from '../../src/base/random';
import { assets } from '../../src/engine/assets';
import { ingestCsv } from '../../src/engine/csv/ingest';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import { Database } from '../../src/engine/database';
import type { CsvPlan, Ingested, Progress } from '../../src/engine/engine';
import { decodeTable } from '../../src/table/decode';

let database: Database;
beforeAll(async () => {
  database = await Database.open(assets());
});
afterAll(() => database.terminate(new LevainError({ code: 'engine-closed', message: 'The test is over.' })));

async function load(
  parts: BlobPart[],
  name: string,
  change: Partial<CsvPlan> = {},
  onProgress: (progress: Progress) => void = () => {},
): Promise<Ingested> {
  const file = new File(parts, name);
  const plan = { ...sniffCsv(await sampleFile(file), []), ...change };
  return ingestCsv(database, file, plan, { signal: new AbortController().signal, onProgress });
}

async function value(sql: string): Promise<unknown> {
  return decodeTable(await database.run(sql))
    .getChildAt(0)!
    .at(0);
}

const lines = (from: number, to: number, line: (i: number) => string): string =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

describe('a large file', () => {
  const ROWS = 300_000;
  const row = (i: number): string =>
    `${i},2024-01-${String((i % 28) + 1).padStart(2, '0')},channel ${i % 7},${i % 1000}.25\n`;
  const header = 'id,day,channel,spend\n';

  it('arrives whole, with progress, in agreement with sums computed beside it', async () => {
    const seen: Progress[] = [];
    const ingested = await load([header, lines(0, ROWS, row)], 'whole.csv', {}, (progress) => seen.push(progress));
    expect(ingested).toMatchObject({ found: ROWS, rejected: 0, relation: { rows: ROWS } });
    let sum = 0;
    for (let i = 0; i < ROWS; i++) sum += (i % 1000) + 0.25;
    expect(await value('SELECT sum(spend) FROM whole')).toBe(sum);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ bytes: seen[0]!.total, total: seen[0]!.total });
    expect(seen.every((progress, i) => i === 0 || progress.bytes >= seen[i - 1]!.bytes)).toBe(true);
  });

  it('answers from the file itself when it is read in place, as from a table', async () => {
    const parts = [header, lines(0, ROWS, row), `${ROWS},2024-01-01,x\n`];
    const table = await load(parts, 'copied.csv');
    const view = await load(parts, 'in_place.csv', { inPlace: true });
    expect(view).toMatchObject({ found: ROWS + 1, rejected: 1, relation: { rows: ROWS } });
    expect(view.rejects).toEqual(table.rejects);
    expect(await value("SELECT count(*)::INTEGER FROM duckdb_views() WHERE view_name = 'in_place'")).toBe(1);
    for (const sum of ['sum(spend)', 'max(day)::VARCHAR', "count(*) FILTER (channel = 'channel 3')::INTEGER"]) {
      expect(await value(`SELECT ${sum} FROM in_place`)).toEqual(await value(`SELECT ${sum} FROM copied`));
    }
    await load([header, lines(0, 10, row)], 'in_place.csv');
    expect(await value('SELECT count(*)::INTEGER FROM in_place')).toBe(10);
  });

  it('shows a bad last line as rejected, where a plain read_csv through query() would stop without a word', async () => {
    const ingested = await load([header, lines(0, ROWS, row), `${ROWS},2024-01-01,x`], 'bad_end.csv');
    expect(ingested).toMatchObject({ found: ROWS + 1, rejected: 1, relation: { rows: ROWS } });
    expect(ingested.rejects[0]).toEqual({
      line: ROWS + 2,
      reason: 'Row 300,002 has 3 fields, the header has 4.',
      text: `${ROWS},2024-01-01,x`,
    });
    expect(await value('SELECT count(*)::INT FROM bad_end')).toBe(ROWS);
  });

  it('rejects a late value that does not fit, and never makes it NULL', async () => {
    const text = lines(0, ROWS, (i) => (i === 200_000 ? '200000,2024-01-01,x,abc\n' : row(i)));
    const ingested = await load([header, text], 'late_value.csv');
    expect(ingested.rejects).toEqual([
      {
        line: 200_002,
        column: 'spend',
        reason: 'Row 200,002: "abc" in column spend is not a number.',
        text: '200000,2024-01-01,x,abc',
      },
    ]);
    expect(await value('SELECT count(*)::INT FROM late_value WHERE spend IS NULL')).toBe(0);
    expect(await value('SELECT count(*)::INT FROM late_value')).toBe(ROWS - 1);
  });

  it('rejects a date that no calendar has, far from any sample', async () => {
    const text = lines(0, ROWS, (i) => (i === 170_001 ? '170001,2023-02-29,x,1.5\n' : row(i)));
    const ingested = await load([header, text], 'late_date.csv');
    expect(ingested.rejects.map(({ line, column }) => [line, column])).toEqual([[170_003, 'day']]);
  });

  it('does not round decimals that come late in a column of whole numbers', async () => {
    const text = lines(0, ROWS, (i) => `${i},${i === 150_001 ? '1.5' : i % 9}\n`);
    const ingested = await load(['id,qty\n', text], 'late_decimal.csv');
    expect(ingested.relation.columns[1]).toEqual({ name: 'qty', type: 'DOUBLE' });
    expect(ingested.plan.notes.join()).toContain('"1.5" in row 150,003');
    expect(await value('SELECT qty FROM late_decimal WHERE id = 150001')).toBe(1.5);
  });

  it('keeps leading zeros that come late', async () => {
    const text = lines(0, ROWS, (i) => `${i},${i === 150_001 ? '01067' : 10_000 + (i % 80_000)}\n`);
    await load(['id,postcode\n', text], 'late_zeros.csv');
    expect(await value('SELECT postcode FROM late_zeros WHERE id = 150001')).toBe('01067');
  });

  it('lets the reader insist on a type: misfits are rejected then, not the type', async () => {
    const file = new File(['id,code\n1,abc\n2,007\n3,8\n'], 'chosen.csv');
    const plan = sniffCsv(await sampleFile(file), []);
    const columns = plan.columns.map((column) =>
      column.name === 'code' ? { ...column, type: 'BIGINT' as const, chosen: true } : column,
    );
    const ingested = await ingestCsv(
      database,
      file,
      { ...plan, columns },
      { signal: new AbortController().signal, onProgress: () => {} },
    );
    expect(ingested.rejects.map((reject) => reject.line)).toEqual([2]);
    expect(await value('SELECT sum(code)::INT FROM chosen')).toBe(15);
  });

  it('reads a file as Windows-1252 when that shows in a place the sample did not touch', async () => {
    const before = new TextEncoder().encode(`name,n\n${lines(0, 100_000, (i) => `customer ${i},${i}\n`)}`);
    const latin = new Uint8Array([0x5a, 0x6f, 0xeb, 0x20, 0x80, 0x2c, 0x35, 0x0a]);
    const ingested = await load([before, latin, lines(0, 100_000, (i) => `customer ${i},${i}\n`)], 'late_latin.csv');
    expect(ingested).toMatchObject({ rejected: 0, plan: { encoding: 'windows-1252' } });
    expect(await value("SELECT name FROM late_latin WHERE name LIKE 'Zo%'")).toBe('Zoë €');
  });

  it('stops when it is cancelled, and leaves the old table', async () => {
    await load(['n\n42\n'], 'cancelled.csv');
    const text = lines(0, 200_000, row);
    const file = new File([header, ...Array.from({ length: 10 }, () => text)], 'cancelled.csv');
    const plan = sniffCsv(await sampleFile(file), []);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    const problem = await ingestCsv(database, file, plan, { signal: controller.signal, onProgress: () => {} }).then(
      () => null,
      problemOf,
    );
    expect(problem?.code).toBe('cancelled');
    expect(await value('SELECT n::INT FROM cancelled')).toBe(42);
    expect(await value("SELECT count(*)::INT FROM duckdb_tables() WHERE table_name LIKE 'levain_load%'")).toBe(0);
  });

  it('reads into a table of any name, with columns of any name', async () => {
    const table = 'Odd "name".of, a table';
    const columns = [{ name: 'a "b".c', source: 'a', type: 'BIGINT' as const }];
    const ingested = await load(['a\n1\n2\n'], 'odd.csv', { table, columns });
    expect(ingested.relation).toEqual({ name: table, columns: [{ name: 'a "b".c', type: 'BIGINT' }], rows: 2 });
    expect(await value('SELECT sum("a ""b"".c")::INT FROM "Odd ""name"".of, a table"')).toBe(3);
  });

  it('takes 5,000 columns', async () => {
    const wide = (cell: (i: number) => string): string =>
      `${Array.from({ length: 5000 }, (_, i) => cell(i)).join(',')}\n`;
    const ingested = await load(
      [wide((i) => `Question ${i}`), wide((i) => String(i)), wide((i) => String(i * 2))],
      'wide.csv',
    );
    expect(ingested).toMatchObject({ found: 2, rejected: 0 });
    expect(ingested.relation.columns.length).toBe(5000);
    expect(await value('SELECT sum(question_4999)::INT FROM wide')).toBe(4999 * 3);
  });

  it('refuses a single line of 300 MB in one sentence, and goes on living', async () => {
    const mebibyte = 'x'.repeat(1024 * 1024);
    const parts = Array.from({ length: 300 }, () => mebibyte);
    expect((await load(parts, 'one_line.csv').then(() => null, problemOf))?.code).toBe('csv-line-too-long');
    const ingested = await load(['id,name\n1,a\n2,', ...parts, '\n3,c\n'], 'long_row.csv');
    expect(ingested).toMatchObject({ found: 3, rejected: 1, relation: { rows: 2 } });
    expect(ingested.rejects[0]).toMatchObject({ line: 3, reason: 'Row 3 is longer than 2 MB.' });
    expect(await value('SELECT 42')).toBe(42);
  });
});

describe('random files', () => {
  /** Lines that are right, short, long, blank, or quoted over two lines; each is counted as it is written. */
  function randomFile(seed: number): { text: string; good: number; bad: number } {
    const random = seededRandom(seed);
    const newline = ['\n', '\r\n', '\r'][random.integer(3)]!;
    let text = `id,name,spend${newline}`;
    // More than a few that are no numbers would make the column text.
    let [good, bad, misfits] = [0, 0, 0];
    for (let i = 0; i < 300; i++) {
      const kind = random.uniform();
      const spend = random.integer(100);
      if (kind < 0.02) text += newline;
      else if (kind < 0.06 || (kind < 0.07 && misfits++ < 5)) {
        const broken = kind < 0.04 ? `${i},short` : kind < 0.06 ? `${i},a,1.5,long` : `${i},a,none of it`;
        text += broken + newline;
        bad++;
      } else {
        text += (kind < 0.2 ? `${i},"two${newline}lines, ""quoted""",${spend}.5` : `${i},plain é,${spend}`) + newline;
        good++;
      }
    }
    return { text, good, bad };
  }

  it('leave no row unaccounted for', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const { text, good, bad } = randomFile(seed);
      const ingested = await load([text], 'random.csv');
      expect({ seed, found: ingested.found, rows: ingested.relation.rows, rejected: ingested.rejected }).toEqual({
        seed,
        found: good + bad,
        rows: good,
        rejected: bad,
      });
      expect(await value('SELECT count(*)::INT FROM random')).toBe(good);
    }
  });
});
