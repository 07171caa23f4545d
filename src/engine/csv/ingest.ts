import { LevainError } from '../../base/problem';
import type { Database } from '../database';
import { describe } from '../describe';
import type { CsvPlan, Ingested } from '../engine';
import { identifier } from '../literal';
import type { IngestOptions } from './attempt';
import { tidyQuery } from './doctor/tidy';
import { readInPlace } from './in-place';
import type { Ledger } from './ledger';
import { dropLoaded, takeName } from './load';
import { readTable } from './read-table';
import type { SourceCounts } from './source';

/** A plan changes at most this often while the file is read: each change answers something the sample did not show. */
const ATTEMPTS = 8;

/**
 * Reads a file into the table `plan.table` (or makes it a view of the file, see `CsvPlan.inPlace`), replacing it only when
 * all went well. Every row of the file is in the table or rejected, with its line and the reason.
 */
export async function ingestCsv(
  database: Database,
  file: File,
  given: CsvPlan,
  options: IngestOptions,
): Promise<Ingested> {
  const begun = performance.now();
  const loaded = `levain_load_${given.table}`;
  const read = given.inPlace ? readInPlace : readTable;
  let plan = given;
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const result = await read(database, file, plan, loaded, options);
      if (result.kind === 'done') {
        await tidy(database, plan, loaded, options.signal);
        return await finish(database, plan, loaded, result, begun);
      }
      plan = result.plan;
    }
    throw new LevainError({
      code: 'csv-plan',
      message: `${file.name} could not be read: no plan fits it.`,
      subject: file.name,
    });
  } catch (error) {
    await dropLoaded(database, loaded);
    if (options.signal.aborted) throw new LevainError({ code: 'cancelled', message: 'The run was cancelled.' });
    throw error;
  }
}

/** Does to the rows, just read, what the plan says of orders and apostrophes. What is read in place stays as it stands. */
async function tidy(database: Database, plan: CsvPlan, loaded: string, signal: AbortSignal): Promise<void> {
  const query = plan.inPlace ? null : tidyQuery(plan, loaded);
  if (query === null) return;
  const tidied = `${loaded}_tidy`;
  await database.run(`CREATE OR REPLACE TABLE ${identifier(tidied)} AS ${query}`, signal);
  await takeName(database, tidied, loaded);
}

async function finish(
  database: Database,
  plan: CsvPlan,
  loaded: string,
  { ledger, source }: { ledger: Ledger; source: SourceCounts },
  begun: number,
): Promise<Ingested> {
  await takeName(database, loaded, plan.table);
  const columns = await describe(database, identifier(plan.table));
  const { rows, rejected, rejects } = ledger;
  return {
    relation: { name: plan.table, columns, rows },
    found: rows + rejected,
    rejected,
    rejects: rejects.toSorted((a, b) => a.line - b.line),
    plan: { ...plan, notes: [...plan.notes, ...findingNotes(ledger, source)] },
    milliseconds: performance.now() - begun,
  };
}

function findingNotes({ strays, trailing }: Ledger, source: SourceCounts): string[] {
  const rows = (count: number): string => `${count.toLocaleString('en')} row${count === 1 ? '' : 's'}`;
  return [
    ...(strays.count
      ? [
          `${rows(strays.count)} had quotes that were not doubled and were read as they stand (first: row ${strays.line.toLocaleString('en')}).`,
        ]
      : []),
    ...(trailing ? [`${rows(trailing)} ended in one delimiter too many, which was left out.`] : []),
    ...(source.nuls ? [`${source.nuls.toLocaleString('en')} NUL characters were taken out.`] : []),
  ];
}
