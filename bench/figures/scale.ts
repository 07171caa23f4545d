import { fence, notebook, openApp, openNotebook } from '../app-page';
import { ordersCsv, wideCsv } from '../data';
import type { Bench, Figure } from '../figure';
import { openEngine } from '../harness-page';
import { median, ms, seconds } from '../measure';
import { runOnce } from '../page/run-once';

const ROWS = [100_000, 1_000_000, 10_000_000];
const COLUMNS = [5, 50, 500];
const CELLS = [10, 100, 1000];

/** How cost grows with rows, with columns and with cells. Nothing to reach; a bend in a line is a fault to look for. */
export const scale: Bench = async function* ({ dist, harness }) {
  for (const rows of ROWS) {
    const what = `${rows.toLocaleString('en')} rows, 10 columns`;
    yield await loaded(harness, ordersCsv(rows), what, 'SELECT channel, sum(revenue) FROM t GROUP BY channel');
  }
  for (const columns of COLUMNS) {
    const sql = 'SELECT column_4, sum(column_1) FROM t GROUP BY column_4';
    yield await loaded(harness, wideCsv(20_000, columns), `20,000 rows, ${columns} columns`, sql);
  }
  for (const cells of CELLS) yield await notebookOf(dist, cells);
};

async function loaded(harness: string, path: string, what: string, sql: string): Promise<Figure> {
  const engine = await openEngine(harness);
  try {
    const { total } = await engine.load(path, 't');
    const queries: number[] = [];
    for (let i = 0; i < 5; i++) queries.push((await engine.query(sql)).milliseconds);
    return { what, ours: `load ${seconds(total)}, group-by ${ms(median(queries))}` };
  } finally {
    await engine.close();
  }
}

/** Opens a notebook of SQL, TypeScript and text cells, runs its last TypeScript cell, and types into it. */
async function notebookOf(dist: string, cells: number): Promise<Figure> {
  const app = await openApp(dist);
  const { page } = app;
  try {
    const fences = Array.from({ length: cells - 1 }, (_, i) =>
      i % 3 === 0
        ? fence('sql', `c${i}`, `SELECT ${i} AS n, sum(i) AS total FROM range(100) t(i)`, `q${i}`)
        : i % 3 === 1
          ? fence('ts', `c${i}`, `const v${i} = q${i - 1}.at(0)?.n ?? ${i}`)
          : `Step ${i}: the value is {{ v${i - 1} }}, of {{ q${i - 2}.numRows }}.`,
    );
    const begun = performance.now();
    await openNotebook(page, notebook(...fences, fence('ts', 'last', 'Math.random()')));
    await page.locator('#last').waitFor();
    const opened = performance.now() - begun;
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    const longest = await page.evaluate(() => Math.max(0, ...benchTasks.long));
    await page.locator('#last button.run').click();
    await page.locator('#last.ok').waitFor();
    const runs: number[] = [];
    for (let i = 0; i < 12; i++) runs.push(await page.evaluate(runOnce, 'last'));
    const typed = await typing(page);
    return {
      what: `${cells} cells`,
      ours: `opened in ${ms(opened)} (longest task ${ms(longest)}), one cell run ${ms(median(runs))}, one letter typed ${ms(typed)}`,
    };
  } finally {
    await app.close();
  }
}

/** The median time from a key pressed in the last cell to the page at rest. */
async function typing(page: Awaited<ReturnType<typeof openApp>>['page']): Promise<number> {
  await page.locator('#last .source').click();
  await page.locator('#last .cm-content').waitFor();
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(globalThis, { typed: taken });
    // Tasks run in order: a timer set while the key is handled fires when what it caused on this thread is done.
    addEventListener(
      'keydown',
      () => {
        const begun = performance.now();
        requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - begun)));
      },
      true,
    );
  });
  for (let i = 0; i < 15; i++) {
    await page.keyboard.press('a');
    await page.waitForTimeout(120);
  }
  return median(await page.evaluate(() => (globalThis as unknown as { typed: number[] }).typed));
}
