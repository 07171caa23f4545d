import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Predictor } from '../../../src/stats/regression/design';

const folder = resolve(import.meta.dirname, '../../../../shared/reference/mix');

export const isMissing = !existsSync(folder);

export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as T;
}

/** The columns of a file of numbers, by name. */
export function columnsOf(name: string): Predictor[] {
  const [header, ...rows] = readFileSync(`${folder}/${name}.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const numbers = rows.map((row) => row.map(Number));
  return header!.map((title, j) => ({
    name: title.replaceAll('"', ''),
    values: Float64Array.from(numbers, (row) => row[j]!),
  }));
}

/** How far apart two numbers are, beside the known one. */
export function relative(ours: number, known: number): number {
  return known === 0 ? Math.abs(ours) : Math.abs(ours / known - 1);
}
