import { fence, notebook, openApp, openNotebook, runAll } from '../app-page';
import { renderMemory } from '../browser';
import type { Bench } from '../figure';
import { median } from '../measure';

const ROWS = 10_000_000;
const SECONDS = 12;
const REACH = 55;
const TABLE = `SELECT i AS id, hash(i) % 100000 AS customer, TIMESTAMP '2023-01-01' + INTERVAL 9 SECONDS * i AS at,
  (hash(i) % 12000) / 100.0 AS revenue, 'order ' || i AS label, i % 7 = 0 AS repeat FROM range(${ROWS}) t(i)`;

/** Ten million rows scrolled from the first to the last, and stepwise by the wheel: frames a second, and memory. */
export const grid: Bench = async ({ dist }) => {
  const app = await openApp(dist);
  const { page } = app;
  try {
    await openNotebook(page, notebook(fence('sql', 'rows', TABLE, 'rows')));
    await runAll(page, ['rows']);
    await page.locator('#rows [role=gridcell]').first().waitFor();
    const control = await app.browser.context.newPage();
    const empty = fps(await control.evaluate(emptyFrames, 4));
    await control.close();
    await page.bringToFront();
    await page.evaluate(scrollThrough, 3);
    const heap = (): Promise<number> => page.evaluate(heapSize);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('HeapProfiler.collectGarbage');
    const [heapBefore, memoryBefore] = [await heap(), renderMemory(app.browser)];
    const through = await page.evaluate(scrollThrough, SECONDS);
    const wheel = await page.evaluate(wheelDown, SECONDS / 2);
    const peak = renderMemory(app.browser);
    await cdp.send('HeapProfiler.collectGarbage');
    const [heapAfter, memoryAfter] = [await heap(), renderMemory(app.browser)];
    await page.locator(`#rows [aria-rowindex="${ROWS + 1}"]`).waitFor();
    const flat = heapAfter - heapBefore < 10 && memoryAfter - memoryBefore < 60;
    const line = (what: string, gaps: number[]) => ({
      what,
      ours: `${fps(gaps).toFixed(0)} frames a second (median frame ${median(gaps).toFixed(1)} ms, worst ${Math.max(...gaps).toFixed(0)} ms)`,
      rival: `an empty page: ${empty.toFixed(0)}`,
      reach: `≥ ${REACH}`,
      met: fps(gaps) >= REACH,
    });
    return [
      line(`grid over 10 M rows, scrolled through from first to last in ${SECONDS} s`, through),
      line('the same, 3 rows a frame by small steps', wheel),
      {
        what: 'memory of that scrolling: JS heap, and resident memory of all rendering processes',
        ours: `${heapBefore.toFixed(0)} → ${heapAfter.toFixed(0)} MB, ${memoryBefore.toFixed(0)} → ${memoryAfter.toFixed(0)} MB (${peak.toFixed(0)} while scrolling)`,
        reach: 'flat',
        met: flat,
      },
    ];
  } finally {
    await app.close();
  }
};

const fps = (gaps: readonly number[]): number => (gaps.length * 1000) / gaps.reduce((sum, gap) => sum + gap, 0);

/** Runs in an empty page: the time of each frame, which is what this machine has to give just now. */
function emptyFrames(seconds: number): Promise<number[]> {
  const gaps: number[] = [];
  return new Promise((resolve) => {
    let begun = 0;
    let last = 0;
    const frame = (now: number): void => {
      if (begun === 0) begun = now;
      else gaps.push(now - last);
      last = now;
      if (now - begun < seconds * 1000) requestAnimationFrame(frame);
      else resolve(gaps);
    };
    requestAnimationFrame(frame);
  });
}

function heapSize(): number {
  return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6;
}

/** Runs in the page: scrolls a grid evenly from its first row to its last. Returns the time of each frame. */
function scrollThrough(seconds: number): Promise<number[]> {
  const scroller = document.querySelector<HTMLElement>('#rows .scroller')!;
  scroller.scrollTop = 0;
  const gaps: number[] = [];
  return new Promise((resolve) => {
    let begun = 0;
    let last = 0;
    const frame = (now: number): void => {
      if (begun === 0) begun = now;
      else gaps.push(now - last);
      last = now;
      const share = Math.min(1, (now - begun) / (seconds * 1000));
      scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
      if (share < 1) requestAnimationFrame(frame);
      else setTimeout(() => resolve(gaps), 300);
    };
    requestAnimationFrame(frame);
  });
}

/** Runs in the page: scrolls in steps of a wheel's size up from the end. Returns the time of each frame. */
function wheelDown(seconds: number): Promise<number[]> {
  const scroller = document.querySelector<HTMLElement>('#rows .scroller')!;
  const gaps: number[] = [];
  return new Promise((resolve) => {
    let begun = 0;
    let last = 0;
    const frame = (now: number): void => {
      if (begun === 0) begun = now;
      else gaps.push(now - last);
      last = now;
      scroller.scrollTop -= 84;
      if (now - begun < seconds * 1000) return void requestAnimationFrame(frame);
      scroller.scrollTop = scroller.scrollHeight;
      setTimeout(() => resolve(gaps), 300);
    };
    requestAnimationFrame(frame);
  });
}
