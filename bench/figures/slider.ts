import { fence, notebook, openApp, openNotebook, runAll } from '../app-page';
import type { Bench } from '../figure';
import { openEngine } from '../harness-page';
import { median, ms } from '../measure';

const REACH = 40;
const MOVES = 40;
const EVENTS = `SELECT i AS id, DATE '2023-01-01' + (i % 365)::INTEGER AS day, hash(i) % 1000 / 10.0 AS value FROM range(1000000) t(i)`;
const DAILY = (level: string): string =>
  `SELECT day, sum(value) AS total, count(*) AS n FROM events WHERE value < ${level} GROUP BY day ORDER BY day`;

/** A slider moved, an SQL aggregate over a million rows, a chart: until the new chart stands, beside the query alone. */
export const slider: Bench = async ({ dist, harness }) => {
  const app = await openApp(dist);
  const engine = await openEngine(harness);
  try {
    await openNotebook(
      app.page,
      notebook(
        fence('sql', 'events', EVENTS, 'events'),
        fence('ts', 'level', 'const level = input.slider([1, 100], { label: "Below", step: 0.5 })'),
        fence('sql', 'daily', DAILY('${level}'), 'daily'),
        fence('ts', 'chart', 'Plot.plot({ marks: [Plot.lineY(daily, { x: "day", y: "total", tip: true })] })'),
      ),
    );
    await runAll(app.page, ['chart']);
    await engine.run(`CREATE TABLE events AS ${EVENTS}`);
    const [whole, bare]: number[][] = [[], []];
    for (let move = 0; move < MOVES; move++) {
      const level = 5 + ((move * 37) % 90);
      whole!.push(await app.page.evaluate(moveSlider, level));
      bare!.push((await engine.query(DAILY('$1'), [level])).milliseconds);
    }
    const [ours, query] = [median(whole!.slice(5)), median(bare!.slice(5))];
    return [
      {
        what: 'slider moved to chart redrawn, SQL over 1 M rows between',
        ours: `${ms(ours)} (query + ${ms(ours - query)})`,
        rival: `the bare query: ${ms(query)}`,
        reach: `query + ${REACH} ms`,
        met: ours - query <= REACH,
      },
    ];
  } finally {
    await app.close();
    await engine.close();
  }
};

/** Runs in the page: moves the slider and waits until the chart's line is another one. */
function moveSlider(level: number): Promise<number> {
  const chart = document.getElementById('chart')!;
  const control = document.querySelector<HTMLInputElement>('#level input[type=range]')!;
  const line = (): string => chart.querySelector('g[aria-label=line] path')?.getAttribute('d') ?? '';
  const before = line();
  const begun = performance.now();
  const done = new Promise<number>((resolve, reject) => {
    const observer = new MutationObserver(() => {
      const now = line();
      if (now === '' || now === before) return;
      observer.disconnect();
      resolve(performance.now() - begun);
    });
    setTimeout(() => reject(new Error('The chart was not redrawn within 20 seconds.')), 20_000);
    observer.observe(chart, { subtree: true, childList: true, attributes: true });
  });
  control.valueAsNumber = level;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  return done;
}
