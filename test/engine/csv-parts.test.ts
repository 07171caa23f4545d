import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/base/random';
import { adaptPlan } from '../../src/engine/csv/adapt';
import { Batches } from '../../src/engine/csv/batch';
import { Ledger } from '../../src/engine/csv/ledger';
import { readPart } from '../../src/engine/csv/part';
import type { PartReaders } from '../../src/engine/csv/part-threads';
import { partsOf } from '../../src/engine/csv/parts';
import { readRows } from '../../src/engine/csv/read-rows';
import type { Part } from '../../src/engine/csv/source';
import type { CsvPlan } from '../../src/engine/engine';
import { decodeTable } from '../../src/table/decode';

const PLAN: CsvPlan = {
  table: 't',
  encoding: 'utf-8',
  compression: 'none',
  delimiter: ',',
  quote: '"',
  header: true,
  preamble: 0,
  decimal: '.',
  nulls: ['', 'NULL'],
  columns: [
    { name: 'id', source: 'id', type: 'BIGINT' },
    { name: 'day', source: 'day', type: 'DATE' },
    { name: 'note', source: 'note', type: 'VARCHAR' },
    { name: 'spend', source: 'spend', type: 'DOUBLE' },
  ],
  notes: [],
};

/** All that a reading says of a file, and what it did not need to read itself. */
async function outcome(file: Blob, plan: CsvPlan, parts: readonly Part[]) {
  const ledger = new Ledger();
  const batches = new Batches(plan, ledger);
  let taken = 0;
  const readers: PartReaders = {
    take: async (at) => {
      const read = await readPart(file, plan, parts[at]!);
      if (read) taken++;
      return read;
    },
    close: () => {},
  };
  const rows: unknown[] = [];
  const append = async (bytes: Uint8Array): Promise<void> => {
    rows.push(...decodeTable(bytes).toArray());
  };
  const signal = new AbortController().signal;
  const source = await readRows(file, plan, { parts, readers, ledger, batches, append, signal, onBytes: () => {} });
  for (const bytes of batches.take()) await append(bytes);
  // As they are shown: the shape of a row is judged before the values of those before it.
  const rejects = ledger.rejects.toSorted((a, b) => a.line - b.line);
  const misfits = batches.checks.map((check) => check.misfits);
  const adapted = adaptPlan(plan, { ledger, checks: batches.checks, source });
  // By another plan all is read anew, so that the rows may be left out.
  const kept = adapted ? null : rows;
  return { taken, all: { rows: kept, ledger: { ...ledger, rejects }, misfits, source, adapted } };
}

const whole = (file: Blob): Part[] => [{ from: 0, to: file.size }];
const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

const row = (random: Random, id: number): string =>
  `${id},2024-02-${10 + random.integer(19)},${pick(random, ['plain', 'Zoë 🥐', '"a, b"', '""', '"say ""hi"""'])},${random.integer(900)}.5`;

/** Whatever may stand in a file beside good rows, as lines of their own. */
const ODDITIES: ((newline: string, random: Random) => string | Uint8Array)[] = [
  (newline) => `1,2024-01-01,"two${newline}lines",2.5${newline}`,
  // Rows within a text: whoever begins to read among them takes them for rows.
  (newline, random) =>
    `2,2024-01-01,"${Array.from({ length: 3 + random.integer(90) }, (_, i) => row(random, i).replaceAll('"', '')).join(newline)}",2.5${newline}`,
  (newline, random) => `3,2024-01-01,"${'long text '.repeat(random.integer(900))}",2.5${newline}`,
  (newline) => `4,2024-01-01${newline}`,
  (newline) => `5,2024-01-01,x,1.5,more${newline}`,
  (newline) => `6,2024-01-01,x,1.5,${newline}`,
  (newline, random) => `Total,,,12.5${newline}`.repeat(1 + random.integer(30)),
  (newline) => `,,Total,12.5${newline}`,
  (newline) => `Total,12.5${newline}`,
  (newline) => `7,2024-02-30,x,1.5${newline}`,
  (newline) => `8,2024-01-01,x,1.234.5${newline}`,
  (newline) => `9.5,2024-01-01,x,1.5${newline}`,
  (newline) => `007,2024-01-01,x,1.5${newline}`,
  (newline, random) => newline.repeat(1 + random.integer(40)),
  (newline) => `,,,${newline}`,
  (newline) => `\uFEFF10,2024-01-01,x,1.5${newline}`,
  (newline) => `11,2024-01-01,"He said "hi" to me",1.5${newline}12,2024-01-01,a 5" nail,1.5${newline}`,
  (newline) => `13,2024-01-01,"never closed,1.5${newline}`,
  (newline) => `14,2024-01-01,a 5" nail,1.5${newline}`,
  (newline) => `15,2024-01-01,a\0b,1.5${newline}`,
  () => '16,2024-01-01,lone return,1.5\r',
  () => new Uint8Array([49, 55, 44, 44, 0xe9, 44, 49, 10]),
  () => new Uint8Array([49, 56, 44, 44, 0xf0, 0x9f, 10]),
  () => new Uint8Array([0x9f, 0xed, 0xa0, 0x80, 44, 44, 0xc0, 0x80, 44, 49, 10]),
];

function randomFile(seed: number): { file: Blob; plan: CsvPlan; text: BlobPart[] } {
  const random = seededRandom(seed);
  const newline = pick(random, ['\n', '\n', '\r\n']);
  const text: BlobPart[] = [];
  const preamble = pick(random, [0, 0, 0, 60]);
  for (let line = 0; line < preamble; line++) text.push(row(random, line) + newline);
  const header = random.uniform() < 0.8;
  if (header) text.push(newline.repeat(random.integer(3)), `id,day,note,spend${newline}`);
  const count = 20 + random.integer(400);
  const kinds = Array.from({ length: random.integer(4) }, () => pick(random, ODDITIES));
  for (let id = 0; id < count; id++) {
    if (kinds.length && random.uniform() < 4 / count) text.push(pick(random, kinds)(newline, random) as BlobPart);
    text.push(row(random, id) + newline);
  }
  if (random.uniform() < 0.5) text.push(pick(random, ['Total,,,1', row(random, 99), '98,2024-01-01,"open', '97']));
  const totals = pick(random, [undefined, 'keep'] as const);
  const headerRows = pick(random, [1, 1, 2] as const);
  const totalsFirst = pick(random, [0, 0, 20]);
  return {
    file: new Blob(text),
    plan: { ...PLAN, header, headerRows, totalsFirst, preamble, ...(totals && { totals }) },
    text,
  };
}

/** Cuts behind any newlines, within quoted texts too. */
async function wildCuts(file: Blob, random: Random): Promise<Part[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const rate = pick(random, [0.5, 0.1, 0.02]);
  const cuts = [0];
  bytes.forEach((byte, i) => {
    if (byte === 10 && i + 1 < bytes.length && random.uniform() < rate) cuts.push(i + 1);
  });
  return cuts.map((from, i) => ({ from, to: cuts[i + 1] ?? bytes.length }));
}

describe('a file read in parts', () => {
  it('gives the rows, rejects, lines and findings of one reading, on 120 random files and any cuts', async () => {
    const count = { parts: 0, taken: 0, refused: 0 };
    for (let seed = 1; seed <= 120; seed++) {
      const { file, plan } = randomFile(seed);
      const random = seededRandom(10_000 + seed);
      const expected = (await outcome(file, plan, whole(file))).all;
      for (const parts of [await partsOf(file, plan, 300 + random.integer(3000)), await wildCuts(file, random)]) {
        const { taken, all } = await outcome(file, plan, parts);
        expect(all, JSON.stringify({ seed, parts })).toEqual(expected);
        count.parts += parts.length - 1;
        count.taken += taken;
      }
      count.refused += expected.ledger.rejected;
    }
    // Most parts are read ahead, and many files hold what must not be.
    expect(count.taken / count.parts).toBeGreaterThan(0.3);
    expect(count.refused).toBeGreaterThan(300);
  }, 60_000);
});
