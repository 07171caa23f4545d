import { describe, expect, it } from 'vitest';
import type { CsvPlan, Engine, Ingested } from '../../src/engine/engine';
import { DataFiles } from '../../src/session/data-files';

/** An engine that knows names alone; what it reads or profiles ends when the test says so. */
function engineOfNames() {
  const tables = new Set<string>();
  const waiting: { reads: (() => void)[]; profiles: (() => void)[] } = { reads: [], profiles: [] };
  const engine = {
    sniff: async (file: File) =>
      ({ table: file.name.replace('.csv', ''), columns: [{ name: 'a' }] }) as unknown as CsvPlan,
    ingest: async (_run: string, _file: File, plan: CsvPlan) => {
      await new Promise<void>((done) => waiting.reads.push(done));
      tables.add(plan.table);
      const relation = { name: plan.table, columns: [], rows: 1, view: false };
      return { relation, found: 1, rejected: 0, rejects: [], plan, milliseconds: 1 } as unknown as Ingested;
    },
    rename: async (from: string, to: string) => {
      if (!tables.delete(from)) throw new Error(`There is no table ${from}`);
      tables.add(to);
    },
    profile: async (_run: string, relation: string) => {
      await new Promise<void>((done) => waiting.profiles.push(done));
      if (!tables.has(relation)) throw new Error(`There is no table ${relation}`);
      return { rows: 1, columns: [] };
    },
  };
  return { engine: engine as unknown as Engine, tables, waiting };
}

const settled = () => new Promise((done) => setTimeout(done));

describe('the table of a data file', () => {
  it('has the name that it was given while the file was read', async () => {
    const { engine, tables, waiting } = engineOfNames();
    const data = new DataFiles(engine, () => undefined);
    const { node } = await data.add(new File(['a\n1\n'], 'orders.csv'), new Set());
    const reading = data.read(node, 'run 1');
    await data.rename(node, 'april');
    await data.rename(node, 'may');
    waiting.reads[0]!();
    const ingested = await reading;
    expect([...tables]).toEqual(['may']);
    expect(ingested.relation.name).toBe('may');
    expect(data.entry(node)).toMatchObject({ status: 'ready', table: 'may', plan: { table: 'may' } });
  });

  it('is profiled under the name that it was given meanwhile', async () => {
    const { engine, waiting } = engineOfNames();
    const data = new DataFiles(engine, () => undefined);
    const { node } = await data.add(new File(['a\n1\n'], 'orders.csv'), new Set());
    const reading = data.read(node, 'run 1');
    waiting.reads[0]!();
    await reading;
    await data.rename(node, 'april');
    for (const done of waiting.profiles) done();
    await settled();
    expect(data.entry(node)).toMatchObject({ table: 'april', profile: { rows: 1 } });
    expect(data.entry(node)!.problem).toBeUndefined();
  });
});
