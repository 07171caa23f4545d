import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refinePlan } from '../../src/engine/csv/refine';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import type { CsvPlan, PlanChange } from '../../src/engine/engine';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { changeBetween, merged, stepsOf } from '../../src/session/steps';

const sample = (name: string, text?: string) =>
  sampleFile(new File([text ?? readFileSync(join(import.meta.dirname, '../fixtures/exports', name))], name));

/** What a notebook file says of a plan's steps, after it was written and read again. */
function keptInNotebook(steps: PlanChange): PlanChange {
  const text = printNotebook({
    version: 1,
    title: 'Ads',
    files: [{ name: 'a.csv', table: 'a', options: { ...steps } }],
    cells: [],
  });
  const { notebook, problems } = parseNotebook(text);
  expect(problems).toEqual([]);
  return notebook.files[0]!.options as PlanChange;
}

const readings = (plan: CsvPlan): object[] => plan.columns.map(({ name: _name, ...reading }) => reading);

describe('the steps of an import', () => {
  it('stand in the notebook, and read the next export of its kind as they read this one', async () => {
    const looked = await sample('google-ads-kampagnen.csv');
    const plan = sniffCsv(looked, []);
    const kept = keptInNotebook(stepsOf(plan));
    // In these few rows nothing tells a day from a month, a percentage from nothing, or a comma from a point.
    const next =
      'Kampagnenbericht\n01.02.2026 - 02.02.2026\nTag;Kampagne;Währungscode;Kosten;Impressionen;Klicks;Conversions;Conv.-Wert;CTR\n01.02.2026;Marke;EUR;0,5;1;0;0,5;1,5; --\n02.02.2026;Marke;EUR;0,5;1;0;0,5;1,5; --\n';
    const later = await sample('next.csv', next);
    expect(sniffCsv(later, []).columns.at(-1)!.type).toBe('VARCHAR');
    const replayed = refinePlan(sniffCsv(later, []), kept, later);
    expect(readings(replayed)).toEqual(
      readings(plan).map((reading) =>
        expect.objectContaining({ ...reading, ...(Object.hasOwn(reading, 'strip') && { strip: expect.any(String) }) }),
      ),
    );
  });

  it('keep what the reader declined', async () => {
    const looked = await sample('shopify-orders.csv');
    const plan = sniffCsv(looked, []);
    expect(Object.keys(stepsOf(plan))).toEqual(['fill', 'readings']);
    const fill = plan.findings!.find(({ kind }) => kind === 'fill')!;
    const declined = refinePlan(plan, fill.decline!, looked);
    const kept = keptInNotebook(merged(stepsOf(declined), fill.decline));
    expect(kept.fill).toBe(false);
    expect(refinePlan(sniffCsv(looked, []), kept, looked).fill).toBe(false);
  });

  it('hold nothing where there was nothing to do', async () => {
    expect(stepsOf(sniffCsv(await sample('hubspot-contacts.csv'), []))).toEqual({});
  });

  it('keep the type that the reader chose for a column', async () => {
    const looked = await sample('search-console-dates.csv');
    const plan = sniffCsv(looked, []);
    const columns = plan.columns.map((column) =>
      column.name === 'clicks' ? { ...column, type: 'DOUBLE' as const } : column,
    );
    const change = changeBetween(plan, { ...plan, columns });
    expect(change).toEqual({ readings: { Clicks: { type: 'DOUBLE', chosen: true } } });
    expect(refinePlan(plan, keptInNotebook(change!), looked).columns[1]).toMatchObject({
      type: 'DOUBLE',
      chosen: true,
    });
  });

  it('cannot be made to say anything but a reading by a notebook that others wrote', async () => {
    const looked = await sample('search-console-dates.csv');
    const hostile = { readings: { Clicks: { type: 'BIGINT); DROP TABLE x; --' } }, fill: { by: 1 }, once: 'all' };
    const plan = sniffCsv(looked, [], hostile as unknown as PlanChange);
    expect(plan.columns[1]).toEqual({ name: 'clicks', source: 'Clicks', type: 'BIGINT' });
    expect([plan.fill, plan.once]).toEqual([undefined, undefined]);
    for (const nothing of ['', 0, false, null]) {
      const empty = { readings: { Clicks: nothing } } as unknown as PlanChange;
      expect(sniffCsv(looked, [], empty).columns[1]).toEqual({ name: 'clicks', source: 'Clicks', type: 'BIGINT' });
    }
  });
});
