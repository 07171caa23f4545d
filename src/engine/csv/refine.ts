import type { CsvPlan } from '../engine';
import type { Sample } from './sample';
import { sniffCsv, type Settled } from './sniff';

/**
 * The plan after the reader has changed how the file is read: what was chosen stays, columns are found anew, and
 * whatever hangs on it (a new encoding asks for the delimiter again, a delimiter for the header). The table keeps its name.
 */
export function refinePlan(plan: CsvPlan, change: Settled, sample: Sample): CsvPlan {
  const text = change.encoding !== undefined && change.encoding !== plan.encoding;
  const cut =
    text || (change.delimiter ?? plan.delimiter) !== plan.delimiter || (change.quote ?? plan.quote) !== plan.quote;
  const kept: Settled = {
    table: plan.table,
    encoding: plan.encoding,
    totals: plan.totals ?? 'set-aside',
    ...(!text && { delimiter: plan.delimiter, quote: plan.quote }),
    ...(!cut && { header: plan.header, preamble: plan.preamble }),
    ...(!cut && change.header === undefined && change.preamble === undefined && { headerRows: plan.headerRows ?? 1 }),
    ...(!cut && change.preamble === undefined && change.header === undefined && { decimal: plan.decimal }),
  };
  return sniffCsv(sample, [], { ...kept, ...change });
}
