import { adaptPlan } from '../../src/engine/csv/adapt';
import { Batches } from '../../src/engine/csv/batch';
import { Ledger } from '../../src/engine/csv/ledger';
import { pass } from '../../src/engine/csv/pass';
import type { CsvPlan } from '../../src/engine/engine';

/** Reads a file by a plan, and by the plans that the whole of it asks for, without a database. */
export const readAll = async (file: File, plan: CsvPlan): Promise<Ledger> => (await readBy(file, plan)).ledger;

/** As above, with the plan that it was read by at last. */
export async function readBy(file: File, first: CsvPlan): Promise<{ ledger: Ledger; plan: CsvPlan }> {
  let plan = first;
  for (;;) {
    const ledger = new Ledger();
    const batches = new Batches(plan, ledger);
    const { source } = await pass(file, plan, ledger, batches, {
      signal: new AbortController().signal,
      onBytes: () => {},
      afterChunk: () => {
        batches.settle();
        return true;
      },
    });
    batches.finish();
    const adapted = adaptPlan(plan, { ledger, checks: batches.checks, source });
    if (!adapted) return { ledger, plan };
    plan = adapted;
  }
}
