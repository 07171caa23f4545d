/**
 * Measures Levain and a rival in one run and prints the ratios: `npm run bench`, or `npm run bench -- load start` for
 * some figures only. `--dist <folder>` measures a page that is built already.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { bgnbd } from './figures/bgnbd';
import { alive, big } from './figures/big';
import { boosting } from './figures/boosting';
import { budget } from './figures/budget';
import { candidates } from './figures/candidates';
import { cells } from './figures/cells';
import { chains } from './figures/chains';
import { completion } from './figures/completion';
import { grid } from './figures/grid';
import { kmeans } from './figures/kmeans';
import { load } from './figures/load';
import { logistic } from './figures/logistic';
import { mix } from './figures/mix';
import { rfm } from './figures/rfm';
import { rules } from './figures/rules';
import { sbc } from './figures/sbc';
import { scale } from './figures/scale';
import { shell } from './figures/shell';
import { slider } from './figures/slider';
import { start } from './figures/start';
import { tasks } from './figures/tasks';
import type { Bench, Figure } from './figure';
import { DATA } from './data';
import { machine, loadNow } from './machine';
import { buildHarness } from './site';

const FIGURES: Record<string, Bench> = {
  shell,
  start,
  cells,
  slider,
  grid,
  load,
  tasks,
  big,
  alive,
  scale,
  budget,
  candidates,
  mix,
  chains,
  sbc,
  completion,
  kmeans,
  bgnbd,
  rfm,
  rules,
  logistic,
  boosting,
};

const args = process.argv.slice(2);
const given = args.indexOf('--dist');
const dist = resolve(given < 0 ? join(import.meta.dirname, '../dist') : args.splice(given, 2)[1]!);
const unknown = args.find((name) => !(name in FIGURES));
if (unknown) throw new Error(`There is no figure ${unknown}; there are ${Object.keys(FIGURES).join(', ')}.`);
if (given < 0) execFileSync('npx', ['vite', 'build'], { cwd: join(import.meta.dirname, '..'), stdio: 'ignore' });

mkdirSync(DATA, { recursive: true });
const harness = await buildHarness();
console.log(machine());
const all: Figure[] = [];
const kept = join(DATA, `figures-${Date.now()}.json`);
for (const name of args.length > 0 ? args : Object.keys(FIGURES)) {
  const before = loadNow();
  console.log(`\n${name} (load ${before})`);
  try {
    for await (const figure of await FIGURES[name]!({ dist, harness })) {
      all.push({ ...figure, load: before });
      print(figure);
      writeFileSync(kept, JSON.stringify({ machine: machine(), figures: all }, null, 1));
    }
  } catch (error) {
    console.error(`  failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}

function print({ what, ours, rival, reach, met }: Figure): void {
  const verdict = met === undefined ? '' : met ? ' · met' : ' · NOT met';
  console.log(`  ${what}: ${ours}${rival ? ` · rival ${rival}` : ''}${reach ? ` · reach ${reach}` : ''}${verdict}`);
}
