import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { interactionsOf } from '../../src/stats/recommend/interactions';
import { associationRules } from '../../src/stats/recommend/rules';
import { cpuSeconds } from '../cpu';
import type { Bench } from '../figure';

const FILE = resolve(import.meta.dirname, '../../../shared/data/groceries/groceries_long.csv');
const ROUNDS = 7;
const REACH = 0.5;

/** Association rules of the Groceries receipts (Hahsler et al. 2006) at a support of 0.001 and a confidence of 0.5. */
export const rules: Bench = () => {
  const what = 'association rules, Groceries, support 0.001, confidence 0.5';
  if (!existsSync(FILE)) return Promise.resolve([{ what, ours: `not measured: ${FILE} is absent` }]);
  const lines = readFileSync(FILE, 'utf8').trim().split(/\r?\n/).slice(1);
  const row = lines.map((line) => line.slice(0, line.indexOf(',')));
  const item = lines.map((line) => line.slice(line.indexOf(',') + 1));
  let found = 0;
  const run = (): void => {
    found = associationRules(interactionsOf({ row, item }), { minSupport: 0.001, minConfidence: 0.5 }).rules.length;
  };
  const begun = performance.now();
  run();
  const first = (performance.now() - begun) / 1000;
  const seconds = cpuSeconds(ROUNDS, run);
  return Promise.resolve([
    {
      what: `${what}: ${lines.length.toLocaleString('en')} purchases, ${found.toLocaleString('en')} rules`,
      ours: `${seconds.toFixed(2)} CPU s, the first time ${first.toFixed(2)} s on the clock`,
      reach: `≤ ${REACH} s`,
      met: Math.max(seconds, first) <= REACH,
    },
  ]);
};
