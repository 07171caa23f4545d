import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refinePlan } from '../../src/engine/csv/refine';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import type { CsvPlan, Finding } from '../../src/engine/engine';
import { readAll } from './read-all';

interface Expected {
  readonly encoding?: string;
  readonly rows: number;
  readonly aside: readonly number[];
  readonly findings: readonly string[];
  readonly types: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, '../fixtures/exports');
const exports = Object.entries(
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>,
);
const fixture = (name: string): File => new File([readFileSync(join(folder, name))], name);
const sample = (name: string) => sampleFile(fixture(name));
const kinds = (plan: CsvPlan): string[] => (plan.findings ?? []).map(({ kind }) => kind);
const find = (plan: CsvPlan, kind: Finding['kind']): Finding | undefined =>
  plan.findings?.find((finding) => finding.kind === kind);

describe('exports as they come', () => {
  it('are 25 files, each with what is expected of it', () =>
    expect(exports.map(([name]) => name)).toEqual(
      readdirSync(folder)
        .filter((name) => name.endsWith('.csv'))
        .sort(),
    ));

  it.each(exports)('%s: the doctor sees what there is to see', async (name, expected) => {
    const plan = sniffCsv(await sample(name), []);
    expect(plan.encoding).toBe(expected.encoding ?? 'utf-8');
    expect(kinds(plan)).toEqual(expected.findings);
    const types = Object.fromEntries(plan.columns.map((column) => [column.name, column.type]));
    expect(types).toMatchObject(expected.types);
    const ledger = await readAll(fixture(name), plan);
    expect(ledger.rows).toBe(expected.rows);
    expect(ledger.rejects.map(({ line }) => line)).toEqual(expected.aside);
  });

  it.each(exports)('%s: every proposal can be declined, and taken again', async (name) => {
    const looked = await sample(name);
    const plan = sniffCsv(looked, []);
    for (const { kind, accepted, accept, decline } of plan.findings!) {
      if (kind === 'told') continue;
      expect(accepted).toBe(true);
      const without = refinePlan(plan, decline!, looked);
      expect([kind, find(without, kind)?.accepted]).toEqual([kind, false]);
      expect(find(without, kind)!.decline).toEqual(decline);
      const again = refinePlan(without, accept!, looked);
      expect(again.columns).toEqual(plan.columns);
      expect(find(again, kind)).toMatchObject({ accepted: true, accept });
    }
  });
});
