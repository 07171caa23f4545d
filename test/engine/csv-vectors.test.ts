import { Type } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/base/random';
import { Batches } from '../../src/engine/csv/batch';
import { Block } from '../../src/engine/csv/block';
import { columnReader } from '../../src/engine/csv/columns';
import { Ledger } from '../../src/engine/csv/ledger';
import { pass } from '../../src/engine/csv/pass';
import { Tokenizer } from '../../src/engine/csv/tokenizer';
import { vectorOf } from '../../src/engine/csv/vectors/create';
import type { Vector } from '../../src/engine/csv/vectors/vector';
import type { CsvPlan, PlannedColumn } from '../../src/engine/engine';
import { decodeTable } from '../../src/table/decode';

function planOf(columns: readonly Omit<PlannedColumn, 'name' | 'source'>[], more: Partial<CsvPlan> = {}): CsvPlan {
  const named = columns.map((column, i) => ({ name: `c${i}`, source: `c${i}`, ...column }));
  return {
    table: 't',
    encoding: 'utf-8',
    compression: 'none',
    delimiter: ',',
    quote: '"',
    header: false,
    preamble: 0,
    decimal: '.',
    nulls: ['', 'NULL'],
    columns: named,
    notes: [],
    ...more,
  };
}

/** The cells as a block of one column; none of them may be empty or hold a newline. */
function blockOf(cells: readonly string[]): Block {
  const block = new Block(1);
  const tokenizer = new Tokenizer({ delimiter: 1, quote: -1 }, (record) => block.add(record));
  tokenizer.push(new TextEncoder().encode(cells.map((cell) => `${cell}\n`).join('')));
  return block;
}

/** The bytes of a vector's values: 0 and −0, or two NaN, must not pass for each other. */
function bytesOf(vector: Vector, rows: number): Uint8Array {
  const { values } = vector.column(rows).data[0] as unknown as { values: ArrayBufferView };
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

/** Columns, and cells that fit them. */
const COLUMNS: { column: Omit<PlannedColumn, 'name' | 'source'>; decimal?: ','; cells: string[] }[] = [
  { column: { type: 'BIGINT' }, cells: ['0', '7', '-12', '4294967296', '123456789012345', '999999999999999999'] },
  { column: { type: 'BIGINT', strip: ',' }, cells: ['1,234', '12', '-1,234,567', '123456'] },
  { column: { type: 'BIGINT', chosen: true }, cells: ['007', '-012', '42'] },
  {
    column: { type: 'DOUBLE' },
    cells: ['1.5', '-0.0', '12', '0.1', '.5', '5.', '1.5e-3', '+2.5', '9007199254740993.5'],
  },
  { column: { type: 'DOUBLE' }, decimal: ',', cells: ['1,5', '-0,25', '12', '12345,6789'] },
  { column: { type: 'DOUBLE', strip: '€.' }, decimal: ',', cells: ['1.234,50', '12,5 €', '-€ 3', '99'] },
  { column: { type: 'DOUBLE', strip: '%', percent: true }, cells: ['5.1%', '12 %', '0', '-3%'] },
  { column: { type: 'DATE' }, cells: ['2024-02-29', '2023-12-31', '1900-03-01', '0001-01-01', '2024-1-5'] },
  { column: { type: 'DATE', format: '%d/%m/%Y' }, cells: ['29/02/2024', '31/12/1999', '1/2/2023'] },
  { column: { type: 'DATE', format: '%Y%m%d' }, cells: ['20240229', '19000301'] },
  { column: { type: 'DATE', format: '%d %b %Y' }, cells: ['29 Feb 2024', '1 mar 1999'] },
  {
    column: { type: 'TIMESTAMP' },
    cells: [
      '2024-02-29 23:59:59',
      '2024-02-29T01:02:03Z',
      '2300-07-08 01:02:03.123456',
      '2024-01-01',
      '2024-03-05T10:00:00.5+02:00',
    ],
  },
  { column: { type: 'TIMESTAMP', format: '%m/%d/%Y %H:%M' }, cells: ['02/29/2024 12:30', '12/31/1999 7:05'] },
];

/** A cell of other digits, and more often than not with a character too many, too few or another. */
function varied(random: Random, cell: string): string {
  let text = cell.replace(/\d/g, (digit) => (random.uniform() < 0.2 ? String(random.integer(10)) : digit));
  while (random.uniform() < 0.35) {
    const at = random.integer(text.length + 1);
    text = text.slice(0, at) + pick(random, [...'0123456789-+.,:/ TZe€%', '']) + text.slice(at + random.integer(2));
  }
  return text || '0';
}

describe('what a vector reads at a glance', () => {
  it.each(COLUMNS)('is, bit by bit, what the strict reader says: $column', ({ column, decimal, cells }) => {
    const plan = planOf([column], decimal ? { decimal } : {});
    const read = columnReader(plan.columns[0]!, plan);
    const random = seededRandom(7);
    const count = { glanced: 0, strict: 0, refused: 0 };
    for (let round = 0; round < 10; round++) {
      const texts = Array.from({ length: 2000 }, () => varied(random, pick(random, cells)));
      const block = blockOf(texts);
      const [ours, oracle] = [vectorOf(plan.columns[0]!, plan), vectorOf(plan.columns[0]!, plan)];
      ours.reserve(texts.length);
      oracle.reserve(texts.length);
      const open = new Set(ours.read(block, 0, 0));
      const wrong: string[] = [];
      texts.forEach((text, row) => {
        const value = read(text.trim());
        if (value === null && !open.has(row)) wrong.push(text);
        count[value === null ? 'refused' : open.has(row) ? 'strict' : 'glanced']++;
        if (value === null) return;
        oracle.set(row, value);
        if (open.has(row)) ours.set(row, value);
      });
      expect(wrong).toEqual([]);
      const [a, b] = [bytesOf(ours, texts.length), bytesOf(oracle, texts.length)];
      expect(
        texts.filter((_, row) => !sameBytes(a, b, row * (a.length / texts.length), a.length / texts.length)),
      ).toEqual([]);
    }
    expect(count.refused).toBeGreaterThan(100);
    expect(count.glanced + count.strict).toBeGreaterThan(2000);
    if (!column.percent && column.format !== '%d %b %Y') expect(count.glanced).toBeGreaterThan(500);
  });
});

function sameBytes(a: Uint8Array, b: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (a[i] !== b[i]) return false;
  return true;
}

async function read(text: BlobPart[], plan: CsvPlan): Promise<{ ledger: Ledger; rows: Record<string, unknown>[] }> {
  const ledger = new Ledger();
  const batches = new Batches(plan, ledger);
  const rows: Record<string, unknown>[] = [];
  const take = (): true => {
    batches.settle();
    for (const bytes of batches.take()) rows.push(...(decodeTable(bytes).toArray() as Record<string, unknown>[]));
    return true;
  };
  const options = { signal: new AbortController().signal, onBytes: () => {}, afterChunk: take };
  await pass(new Blob(text), plan, ledger, batches, options);
  batches.finish();
  take();
  return { ledger, rows };
}

describe('batches', () => {
  it('hold characters whole wherever the file is cut into chunks', async () => {
    const plan = planOf([{ type: 'VARCHAR' }, { type: 'BIGINT' }]);
    for (let shift = 0; shift < 4; shift++) {
      const line = `${'é語🥖'.repeat(9)},1\n`;
      const size = new TextEncoder().encode(line).length;
      const first = `${'x'.repeat(shift)},0\n`;
      const count = Math.ceil((4 * 1024 * 1024) / size) + 20;
      const { ledger, rows } = await read([first, line.repeat(count)], plan);
      expect(ledger).toMatchObject({ rows: count + 1, rejected: 0 });
      expect(rows.slice(1).every((row) => row.c0 === 'é語🥖'.repeat(9) && row.c1 === 1)).toBe(true);
    }
  }, 60_000);

  it('close at the row group of the database, and say every missing value', async () => {
    const plan = planOf([{ type: 'BIGINT' }, { type: 'VARCHAR' }, { type: 'DOUBLE' }, { type: 'BOOLEAN' }]);
    const line = (i: number): string =>
      `${i % 5 === 0 ? '' : i},${i % 7 === 0 ? 'NULL' : `n${i}`},${i % 11 === 0 ? 'NULL' : i / 4},${i % 3 === 0 ? '' : 'true'}\n`;
    const total = 130_000;
    const { ledger, rows } = await read([Array.from({ length: total }, (_, i) => line(i)).join('')], plan);
    expect(ledger.rows).toBe(total);
    const wrong = rows.findIndex(
      ({ c0, c1, c2, c3 }, i) =>
        c0 !== (i % 5 === 0 ? null : i) ||
        c1 !== (i % 7 === 0 ? null : `n${i}`) ||
        c2 !== (i % 11 === 0 ? null : i / 4) ||
        c3 !== (i % 3 === 0 ? null : true),
    );
    expect(wrong).toBe(-1);
    expect(rows.length).toBe(total);
  }, 60_000);

  it('leave out rows whose values do not fit, and keep the rows around them as they are', async () => {
    const plan = planOf([{ type: 'BIGINT' }, { type: 'VARCHAR' }, { type: 'DATE' }]);
    const bad = new Set([0, 1, 2047, 2048, 2049, 5000, 9_999]);
    const line = (i: number): string => (bad.has(i) ? `x${i},"a ""b""",nix\n` : `${i},"a ""${i}""",2024-02-29\n`);
    const { ledger, rows } = await read([Array.from({ length: 10_000 }, (_, i) => line(i)).join('')], plan);
    expect(ledger.rejects.map(({ line, column }) => [line - 1, column])).toEqual([...bad].map((i) => [i, 'c0']));
    expect(rows.length).toBe(10_000 - bad.size);
    const good = Array.from({ length: 10_000 }, (_, i) => i).filter((i) => !bad.has(i));
    expect(rows.findIndex((row, i) => row.c0 !== good[i] || row.c1 !== `a "${good[i]}"`)).toBe(-1);
  });

  it('reject a row that the end of the file cuts within a character', async () => {
    const bytes = new TextEncoder().encode('a,1\né,2');
    const { ledger, rows } = await read([bytes.slice(0, 5)], planOf([{ type: 'VARCHAR' }]));
    expect(ledger.rejected).toBe(2);
    expect(rows).toEqual([]);
    expect(ledger.rejects[1]!.reason).toContain('not valid UTF-8');
  });

  it('name columns by the types of Arrow that DuckDB turns into their own', () => {
    const types = ['BIGINT', 'HUGEINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'TIME', 'VARCHAR'] as const;
    const plan = planOf(types.map((type) => ({ type })));
    expect(plan.columns.map((column) => vectorOf(column, plan).type.typeId)).toEqual([
      Type.Int,
      Type.Decimal,
      Type.Float,
      Type.Bool,
      Type.Date,
      Type.Timestamp,
      Type.Time,
      Type.Utf8,
    ]);
  });
});
