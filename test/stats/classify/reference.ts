import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Predictor } from '../../../src/stats/regression/design';

const folder = resolve(import.meta.dirname, '../../../../shared/reference/customers');

export const isMissing = !existsSync(folder);

/** A published case: `11_logistic_telco`. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(`${folder}/out/${name}.json`, 'utf8')) as T;
}

/** A file of numbers, by column. */
export function input(name: string): Record<string, Float64Array> {
  const [header, ...rows] = readFileSync(`${folder}/in/${name}.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return Object.fromEntries(header!.map((title, j) => [title, Float64Array.from(rows, (row) => Number(row[j]))]));
}

/** The customers of a telephone company, by the split of the reference: 4,929 to fit to, 2,114 to judge by. */
export function telco(): Record<'train' | 'test', { y: Float64Array; predictors: Predictor[] }> {
  const { churn, test, ...columns } = input('telco_design');
  const side = (held: number) => {
    const rows = Uint32Array.from(test!.keys()).filter((i) => test![i] === held);
    const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (i) => values[i]!);
    const predictors = Object.entries(columns).map(([name, values]) => ({ name, values: pick(values) }));
    return { y: pick(churn!), predictors };
  };
  return { train: side(0), test: side(1) };
}

/** How far apart two numbers are, beside the known one. */
export function relative(ours: number, known: number): number {
  return known === 0 ? Math.abs(ours) : Math.abs(ours / known - 1);
}
