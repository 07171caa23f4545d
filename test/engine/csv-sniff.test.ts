import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/base/problem';
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
