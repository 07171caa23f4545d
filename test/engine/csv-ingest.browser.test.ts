import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LevainError, problemOf } from '../../src/base/problem';
import { assets } from '../../src/engine/assets';
import { ingestCsv } from '../../src/engine/csv/ingest';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import { Database } from '../../src/engine/database';
import type { CsvPlan, Ingested } from '../../src/engine/engine';
import { identifier } from '../../src/engine/literal';
import { decodeTable } from '../../src/table/decode';
import expectations from '../fixtures/csv/expected.json';
import { expectedInBrief, planInBrief, type Expected } from './csv-corpus';

const corpus = Object.entries(expectations as unknown as Record<string, Expected>);
const addresses = import.meta.glob<string>('../fixtures/csv/*', { query: '?url', import: 'default', eager: true });

let database: Database;
beforeAll(async () => {
  database = await Database.open(assets());
});
afterAll(() => database.terminate(new LevainError({ code: 'engine-closed', message: 'The test is over.' })));

async function fixture(name: string): Promise<File> {
  const response = await fetch(addresses[`../fixtures/csv/${name}`]!);
  return new File([await response.blob()], name);
}

const sniff = async (file: File): Promise<CsvPlan> => sniffCsv(await sampleFile(file), []);

function ingest(file: File, plan: CsvPlan, signal = new AbortController().signal): Promise<Ingested> {
  return ingestCsv(database, file, plan, { signal, onProgress: () => {} });
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return decodeTable(await database.run(sql)).toArray() as Record<string, unknown>[];
}

const tables = async (): Promise<unknown[]> =>
  (await rows('SELECT table_name AS t FROM duckdb_tables() ORDER BY 1')).map((row) => row.t);

describe('the corpus in DuckDB', () => {
  it.each(corpus.filter(([, expected]) => expected.error))('leaves no table of %s', async (name, { error }) => {
    const before = await tables();
    const file = await fixture(name);
    const problem = await sniff(file).then(async (plan) => ingest(file, plan).then(() => null, problemOf), problemOf);
    expect(problem?.code).toBe(error);
    expect(await tables()).toEqual(before);
  });

  it.each(corpus.filter(([, expected]) => !expected.error))(
    'holds every row of %s, or says why not',
    async (name, expected) => {
      const file = await fixture(name);
      const plan = await sniff(file);
      expect(planInBrief(plan)).toEqual(expectedInBrief(expected));
      const ingested = await ingest(file, plan);
      expect(ingested.rejects.map((reject) => String(reject.line))).toEqual(Object.keys(expected.rejected));
      for (const reject of ingested.rejects) expect(reject.reason).toContain(expected.rejected[reject.line]);
      expect(ingested.found).toBe(expected.rows + ingested.rejected);
      expect(ingested.relation.columns.map(({ name, type }) => [name, type])).toEqual(
        expected.columns.map(([name, type]) => [name, type]),
      );
      const table = identifier(ingested.relation.name);
      const texts = expected.columns
        .map(([column]) => `${identifier(column)}::VARCHAR AS ${identifier(column)}`)
        .join(', ');
      const stored = await rows(`SELECT ${texts} FROM ${table}`);
      expect(stored.length).toBe(expected.rows);
      const cells = Object.keys(expected.cells).map((place) => {
        const [row, column] = [place.slice(0, place.indexOf('.')), place.slice(place.indexOf('.') + 1)];
        return [place, stored[Number(row)]![column]];
      });
      expect(Object.fromEntries(cells)).toEqual(expected.cells);
      await database.run(`DROP TABLE ${table}`);
    },
  );
});
