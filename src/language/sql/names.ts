import { lex } from './lex';
import { split } from './split';
import { readStatement } from './statement';
import { tree } from './tree';

/** The names that a text of SQL reads (with `${…}` for its holes), less those it creates before: tables, and calls that may be macros. */
export function sqlNames(text: string): { tables: string[]; calls: string[] } {
  const tables: string[] = [];
  const calls: string[] = [];
  const created = new Set<string>();
  for (const tokens of split(lex(text))) {
    const reading = readStatement(tree(tokens));
    const madeElsewhere = (name: string): boolean => !created.has(name.toLowerCase());
    tables.push(...reading.names.tables.filter(madeElsewhere));
    calls.push(...reading.names.calls.filter(madeElsewhere));
    for (const name of reading.creates) created.add(name.toLowerCase());
  }
  return { tables, calls };
}
