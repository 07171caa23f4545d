import type { ByKey, CsvPlan } from '../../engine';
import { identifier } from '../../literal';

/**
 * The query that does to a table, just read, what a plan says beside reading it: apostrophes off, cells filled from the
 * first line of their order, amounts of an order kept on its first line. Null where nothing is to be done. The rows stay
 * as many and in their order.
 */
export function tidyQuery(plan: CsvPlan, table: string): string | null {
  const name = (source: string): string | undefined => plan.columns.find((column) => column.source === source)?.name;
  const expressions = new Map<string, string>();
  const change = (column: string, by: (cell: string) => string): void =>
    void expressions.set(column, by(expressions.get(column) ?? identifier(column)));
  const ofOrder = (step: ByKey | false | undefined, by: (cell: string, order: string) => string): void => {
    const key = step && name(step.by);
    if (!key) return;
    const order = `PARTITION BY ${identifier(key)} ORDER BY rowid`;
    for (const column of step.columns.flatMap((source) => name(source) ?? []))
      change(column, (cell) => by(cell, order));
  };
  for (const { name: column, type, apostrophe } of plan.columns) {
    if (!apostrophe || type !== 'VARCHAR') continue;
    change(column, (cell) => `CASE WHEN regexp_matches(${cell}, '^''[+0-9]') THEN ${cell}[2:] ELSE ${cell} END`);
  }
  ofOrder(plan.fill, (cell, order) => `first_value(${cell} IGNORE NULLS) OVER (${order} ROWS UNBOUNDED PRECEDING)`);
  ofOrder(plan.once, (cell, order) => `CASE WHEN row_number() OVER (${order}) = 1 THEN ${cell} END`);
  if (expressions.size === 0) return null;
  const replaced = [...expressions].map(([column, expression]) => `${expression} AS ${identifier(column)}`);
  return `SELECT * REPLACE (${replaced.join(', ')}) FROM ${identifier(table)} ORDER BY rowid`;
}
