import { fence, notebook, openApp, openNotebook, runAll } from '../app-page';
import type { Bench } from '../figure';
import { median, ms } from '../measure';
import { runOnce } from '../page/run-once';

const REACH = 15;

/** A TypeScript cell that does next to nothing: from the press of its button to its new output in the state `ok`. */
export const cells: Bench = async ({ dist }) => {
  const app = await openApp(dist);
  try {
    await openNotebook(app.page, notebook(fence('ts', 'trivial', 'Math.random()')));
    await runAll(app.page, ['trivial']);
    const taken: number[] = [];
    for (let run = 0; run < 60; run++) taken.push(await app.page.evaluate(runOnce, 'trivial'));
    const settled = taken.slice(10);
    const worst = Math.max(...settled);
    return [
      {
        what: 'trivial TypeScript cell, pressed to shown',
        ours: `${ms(median(settled))} median of 50, worst ${ms(worst)}`,
        reach: `≤ ${REACH} ms median`,
        met: median(settled) <= REACH,
      },
    ];
  } finally {
    await app.close();
  }
};
