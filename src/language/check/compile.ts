import type { Problem } from '../../base/problem';
import type { CheckStatement, Definition } from '../definition';
import { compileSql } from '../sql/compile';
import { uniqueIgnoringCase } from '../unique';
import { readCheck } from './statements';

/**
 * A check cell: one plain statement a line of what must hold (see docs/format.md), each as a query for the rows that break
 * it. Lines that begin with `#` or `--` say nothing. It reads tables and defines nothing.
 */
export function compileCheck(source: string): Definition {
  const statements: CheckStatement[] = [];
  const problems: Problem[] = [];
  const tables: string[] = [];
  const calls: string[] = [];
  source.split('\n').forEach((text, at) => {
    if (/^\s*(?:$|#|--)/.test(text)) return;
    const read = readCheck(text);
    if (typeof read !== 'object') {
      problems.push(read === undefined ? unknown(text, at + 1) : { ...unknown(text, at + 1), message: read });
      return;
    }
    const compiled = compileSql(read.sql);
    const [problem] = compiled.problems;
    if (problem) problems.push({ ...problem, line: at + 1, column: 1 });
    tables.push(...compiled.inputs);
    calls.push(...(compiled.calls ?? []));
    statements.push({ text: text.trim().replace(/^-\s+/, ''), line: at + 1, ...read });
  });
  const inputs = uniqueIgnoringCase(tables);
  return {
    inputs,
    outputs: [],
    calls: uniqueIgnoringCase(calls),
    body: { type: 'check', statements, tables: inputs },
    problems,
  };
}

const unknown = (text: string, line: number): Problem => ({
  code: 'syntax',
  message: `“${text.trim()}” is no check that is known here.`,
  hint: 'Write for example: orders.order_id is unique, orders.revenue is between 0 and 10000, orders.day is fresh within 7 days, or orders: price > 0 for every row.',
  line,
  column: 1,
});
