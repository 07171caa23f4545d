import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/base/problem';
import { columnReader } from '../../src/engine/csv/columns';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import type { CsvPlan } from '../../src/engine/engine';
import { expectedInBrief, planInBrief, type Expected } from './csv-corpus';
import { readAll } from './read-all';

const folder = join(import.meta.dirname, '../fixtures/csv');
/** Node reads Windows-1252 as Latin-1, so that € is lost: that file waits for the browser. */
const euro = new TextDecoder('windows-1252').decode(new Uint8Array([0x80])) === '€';
const corpus = Object.entries(
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>,
);
const fixture = (name: string): File => new File([readFileSync(join(folder, name))], name);

const sniff = async (file: File): Promise<CsvPlan> => sniffCsv(await sampleFile(file), []);

describe('the CSV corpus', () => {
  it('has at least 60 files', () => expect(corpus.length).toBeGreaterThanOrEqual(60));

  it.each(corpus.filter(([, expected]) => expected.error))('refuses %s with a clear error', async (name, { error }) => {
    const problem = await sniff(fixture(name)).then(
      async (plan) => readAll(fixture(name), plan).then(() => null, problemOf),
      problemOf,
    );
    expect(problem?.code).toBe(error);
    expect(problem?.message).toMatch(/^[A-Z\w].+\.$/);
  });

  it.each(corpus.filter(([, expected]) => !expected.error && (euro || expected.encoding !== 'windows-1252')))(
    'is read as a person would: %s',
    async (name, expected) => {
      const plan = await sniff(fixture(name));
      expect(planInBrief(plan)).toEqual(expectedInBrief(expected));
      if (expected.notes) expect(plan.notes.join('\n')).toContain(expected.notes);
      const ledger = await readAll(fixture(name), plan);
      const rejects = ledger.rejects.toSorted((a, b) => a.line - b.line);
      expect(rejects.map((reject) => String(reject.line))).toEqual(Object.keys(expected.rejected));
      for (const reject of rejects) expect(reject.reason).toContain(expected.rejected[reject.line]);
      expect(ledger).toMatchObject({ rows: expected.rows, rejected: Object.keys(expected.rejected).length });
    },
  );
});

describe('1.200 where no number says what its point is', () => {
  it.each([
    [
      'a column that writes 900 would write 2.5',
      'day\tcost\n2024-03-01\t1.234\n2024-03-02\t2.500\n2024-03-03\t900\n',
      1234,
    ],
    ['dates are written with points', 'Tag\tcost\n1.3.2024\t1.234\n17.3.2024\t2.512\n3.3.2024\t1.901\n', 1234],
    ['semicolons take the place of commas', 'day;cost\n2024-03-01;1.234\n2024-03-02;2.512\n', 1234],
    ['nothing says so', 'day\tcost\n2024-03-01\t1.234\n2024-03-02\t2.512\n2024-03-03\t3\n', 1.234],
    ['longer numbers stand whole', 'day\tcost\n2024-03-01\t1.230\n2024-03-02\t2512\n2024-03-03\t3\n', 1.234],
  ])('%s', async (_, text, first) => {
    const plan = await sniff(new File([text], 'pasted.tsv'));
    const read = columnReader(plan.columns[1]!, plan);
    expect(Number(read('1.234'))).toBe(first);
    expect(plan.notes.some((note) => note.startsWith('cost: 1.23'))).toBe(!text.includes(';'));
  });
});

it('what could as well be read otherwise is told as such, until the reader has settled it', async () => {
  const doubts = async (text: string, settled = {}): Promise<readonly string[]> => {
    const plan = sniffCsv(await sampleFile(new File([text], 'amounts.csv')), [], settled);
    return (plan.findings ?? []).flatMap(({ found, doubtful }) => (doubtful ? [found] : []));
  };
  expect(await doubts('day,total\n03/04/2024,"1,234.50"\n07/08/2024,10\n05/06/2024,2\n')).toEqual([
    'day: 03/04/2024 could be day/month or month/day; read as day first, as in most countries. Change it if that is wrong.',
  ]);
  expect(await doubts('day,total\n13/04/2024,10\n')).toEqual([]);
  const weights = 'kg\n1.234\n2.512\n';
  expect(await doubts(weights)).toHaveLength(1);
  expect(await doubts(weights, { decimal: '.' })).toEqual([]);
});
