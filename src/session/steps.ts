import type { FilePlan, PlanChange } from '../engine/engine';
import { isText } from '../table/plan';
import type { ColumnNames } from './relink';

/** What a notebook says of how a file is read: what was settled, and what columns are called. */
export type ReadingOptions = PlanChange & { readonly names?: ColumnNames };

/** One settlement upon another; of two readings of a column the later holds. */
export function merged(earlier: ReadingOptions | undefined, later: PlanChange | undefined): ReadingOptions {
  const readings = { ...earlier?.readings, ...later?.readings };
  return { ...earlier, ...later, ...(Object.keys(readings).length > 0 && { readings }) };
}

/**
 * What was done to a file beside cutting it into cells, as steps that can be done to the next export: each finding with
 * what the reader decided. What is done to every file unless the reader says otherwise is not written down.
 */
export function stepsOf(plan: FilePlan): PlanChange {
  // A newer file may have another table that is longest.
  if (plan.format === 'duckdb') return { part: plan.part! };
  if (!isText(plan)) return {};
  return (plan.findings ?? []).reduce<PlanChange>((steps, { kind, accepted, accept, decline }) => {
    if (accepted === undefined || (accepted && (kind === 'totals' || kind === 'missing'))) return steps;
    return merged(steps, accepted ? accept : decline);
  }, {});
}

const SETTLED = [
  'encoding',
  'delimiter',
  'quote',
  'header',
  'headerRows',
  'preamble',
  'decimal',
  'nulls',
  'totals',
  'fill',
  'once',
] as const;

/** What differs in how two plans read a file, or nothing. A column that differs was chosen by the reader. */
export function changeBetween(from: FilePlan, to: FilePlan): PlanChange | undefined {
  if (!isText(from) || !isText(to)) return partBetween(from, to);
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const changed = SETTLED.filter((key) => differs(from[key], to[key]));
  const readings = to.columns
    .filter((column, i) => differs(column, from.columns[i]))
    .map(({ name: _name, source, ...reading }) => [source, { ...reading, chosen: true }] as const);
  if (changed.length === 0 && readings.length === 0) return undefined;
  return {
    ...Object.fromEntries(changed.map((key) => [key, to[key]])),
    ...(readings.length > 0 && { readings: Object.fromEntries(readings) }),
  };
}

/** Another sheet has its own cells and names, other cells their own row of names: those are found anew. */
function partBetween(from: FilePlan, to: FilePlan): PlanChange | undefined {
  if (isText(from) || isText(to)) return undefined;
  if (to.part !== undefined && from.part !== to.part) {
    return { part: to.part, ...(to.format === 'xlsx' && { range: undefined, headerRow: undefined }) };
  }
  // What was found is not settled with it: the next export may have more rows, or another name for its sheet.
  if (from.range !== to.range) return { range: to.range, headerRow: undefined };
  return from.headerRow === to.headerRow ? undefined : { headerRow: to.headerRow };
}
