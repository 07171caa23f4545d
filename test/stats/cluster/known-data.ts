import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fromRows, type Matrix } from '../../../src/stats/linear/matrix';

/** Reference cases that lie beside the project; tests that replay them skip visibly where they are absent. */
const root = resolve(import.meta.dirname, '../../../../shared/reference/customers');
export const hasKnownData = existsSync(root);

export const knownCase = (name: string): unknown => JSON.parse(readFileSync(resolve(root, `out/${name}.json`), 'utf8'));

/** Columns of a CSV file without quotes inside its fields. */
export function knownColumns(name: string, from: number, to: number): number[][] {
  const [, ...lines] = readFileSync(resolve(root, `in/${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => line.split(',').slice(from, to).map(Number));
}

export const iris = (): Matrix => fromRows(knownColumns('iris', 0, 4));
export const species = (): number[] => knownColumns('iris', 4, 5).flat();
