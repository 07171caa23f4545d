import { collectDeclarations } from '../../src/kernel/typings/collect';
import type { TableShape } from '../../src/language/ts/service/model';
import { TypingService } from '../../src/language/ts/service/typing';
import { median, ms } from '../measure';
import type { Bench } from '../figure';

const CELLS = 50;
const REACH = 30;

/** What is typed, letter by letter, each letter a question for completion, in the last cell of a notebook. */
const TYPED = [
  'const best = table_3[0].col',
  'const top = weekly_7.filter((row) => row.col',
  'levain.mix.fi',
  'Plot.plot({ marks: [Plot.lineY(table_1, { x: "column_1", str',
  'const sum = made_12 + mad',
  'aq.from(table_2).groupby("column_1").roll',
];

/**
 * The service itself, without the page: a notebook of 50 TypeScript cells and 12 tables of 20 columns, one of them asked
 * after each letter. The first question (reading all declarations) is told apart.
 */
export const completion: Bench = () => {
  const service = new TypingService(collectDeclarations());
  const cells = Array.from({ length: CELLS }, (_, i) => ({ id: `c${i}`, text: source(i) }));
  const tables = Array.from({ length: 12 }, (_, i) => table(i < 6 ? `table_${i}` : `weekly_${i}`));
  service.update({ cells, tables });
  const ask = (text: string, at = text.length): number => {
    const before = process.cpuUsage();
    const begun = performance.now();
    const found = service.complete({ id: 'c49', text }, at);
    const wall = performance.now() - begun;
    const { user, system } = process.cpuUsage(before);
    if (!found?.offers.length && TYPED.includes(text)) throw new Error(`Nothing is offered after ${text}`);
    walls.push(wall);
    return (user + system) / 1000;
  };
  const walls: number[] = [];
  const cold = ask('table_1[0].');
  const coldWall = walls.pop()!;
  for (const text of TYPED) ask(text);
  walls.length = 0;
  const asked = Array.from({ length: 3 }, () => TYPED.flatMap((text) => letters(text).map((part) => ask(part)))).flat();
  const p95 = asked.toSorted((a, b) => a - b)[Math.floor(asked.length * 0.95)]!;
  return Promise.resolve([
    {
      what: `completion after each of ${asked.length} letters, ${CELLS} cells and 12 tables, warm (processor time)`,
      ours: `${ms(median(asked))} median, ${ms(p95)} in 19 of 20, worst ${ms(Math.max(...asked))}; on the clock ${ms(median(walls))}`,
      reach: `≤ ${REACH} ms`,
      met: median(asked) <= REACH,
    },
    {
      what: 'the first question, all declarations read',
      ours: `${ms(cold)} of processor time; on the clock ${ms(coldWall)}`,
    },
  ]);
};

/** Each beginning of a text that ends in a letter or a dot. */
function letters(text: string): string[] {
  return Array.from(text, (_, i) => text.slice(0, i + 1)).filter((part) => /[\w.]$/.test(part));
}

function source(i: number): string {
  return [
    `const made_${i} = ${i === 0 ? '1' : `made_${i - 1} + table_${i % 6}.length`}`,
    `const rows_${i} = table_${i % 6}.map((row) => ({ a: row.column_1, b: row.column_2, i: ${i} }))`,
    `function grow_${i}(value: number) { return value * rows_${i}.length }`,
    `Plot.plot({ marks: [Plot.dot(rows_${i}, { x: "a", y: "b" })] })`,
  ].join('\n');
}

function table(name: string): TableShape {
  const types = ['DATE', 'VARCHAR', 'DOUBLE', 'BIGINT'];
  return { name, columns: Array.from({ length: 20 }, (_, i) => ({ name: `column_${i}`, type: types[i % 4]! })) };
}
