import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Random } from '../../../src/base/random';
import { interactionsOf, type Interactions } from '../../../src/stats/recommend/interactions';

/** Baskets written as words: `'bread butter'` is one with two products. Its name is its place, from 1. */
export function baskets(texts: readonly string[]): Interactions {
  const lines = texts.flatMap((text, i) => text.split(' ').map((item) => ({ row: i + 1, item })));
  return interactionsOf({ row: lines.map(({ row }) => row), item: lines.map(({ item }) => item) });
}

/** Baskets in which each of `items` products (a, b, …) lies with its own chance; none is empty. */
export function randomBaskets(rows: number, chances: readonly number[], random: Random): string[] {
  return Array.from({ length: rows }, () => {
    const basket = chances.flatMap((chance, i) => (random.uniform() < chance ? [String.fromCharCode(97 + i)] : []));
    return basket.length > 0 ? basket.join(' ') : 'a';
  });
}

/** A copy in another order. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

const shared = resolve(import.meta.dirname, '../../../../shared');
const groceriesFile = resolve(shared, 'data/groceries/groceries_long.csv');

/** The case's numbers, and the baskets behind them, where they are at hand. */
export const hasGroceries = existsSync(groceriesFile) && existsSync(resolve(shared, 'reference/customers/out'));

export function referenceCase<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(shared, 'reference/customers/out', `${name}.json`), 'utf8')) as T;
}

export function groceries(): Interactions {
  const lines = readFileSync(groceriesFile, 'utf8').trim().split('\n').slice(1);
  const cut = lines.map((line) => /^(\d+),"(.*)"$/.exec(line)!);
  return interactionsOf({ row: cut.map(([, row]) => Number(row)), item: cut.map(([, , item]) => item!) });
}
