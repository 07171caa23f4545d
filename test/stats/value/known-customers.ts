import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../../shared');
const summary = resolve(root, 'data/cdnow/cdnow_customers_summary_with_transactions.csv');

/** Customer reference cases and the CDNOW data lie beside the project; tests of them are skipped where they do not. */
export const hasReference = existsSync(resolve(root, 'reference/customers')) && existsSync(summary);

export const referenceFile = (name: string): string => resolve(root, 'reference/customers', name);

export function referenceCase<T>(name: string): T {
  return JSON.parse(readFileSync(referenceFile(`out/${name}.json`), 'utf8')) as T;
}

/** CDNOW's 2,357 customers, in weeks to 1997-09-30. */
export function cdnowSample() {
  const rows = rowsOf(readFileSync(summary, 'utf8')).slice(1);
  const column = (at: number): number[] => rows.map((row) => Number(row[at]));
  return { id: column(0), frequency: column(1), recency: column(2), age: column(3), spend: column(4) };
}

/** All of CDNOW's 23,570 customers: days with an order until 1997-09-30 in weeks, and those after. */
export function cdnowMaster() {
  const orders = new Map<string, Set<number>>();
  for (const [customer, date] of rowsOf(readFileSync(referenceFile('in/cdnow_master.csv'), 'utf8')).slice(1)) {
    const day = Date.parse(date!) / 86_400_000;
    orders.set(customer!, (orders.get(customer!) ?? new Set()).add(day));
  }
  const end = Date.parse('1997-09-30') / 86_400_000;
  const all = [...orders.values()].map((days) => [...days].sort((a, b) => a - b));
  const before = all.map((days) => days.filter((day) => day <= end));
  return {
    frequency: before.map((days) => days.length - 1),
    recency: before.map((days) => (days.at(-1)! - days[0]!) / 7),
    age: before.map((days) => (end - days[0]!) / 7),
    later: all.map((days, i) => days.length - before[i]!.length),
  };
}

const rowsOf = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
