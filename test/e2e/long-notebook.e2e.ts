import { expect, type Page } from '@playwright/test';
import { md, notebookText, NotebookPage, sql, tellWhatWasShown, test, ts } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

/** Cells in turn of the three kinds that people write most. */
const LONG = notebookText(
  'Long',
  Array.from({ length: 300 }, (_, i) =>
    i % 3 === 0
      ? sql(`q${i}`, `SELECT ${i} AS n`)
      : i % 3 === 1
        ? ts(`v${i}`, `const value${i} = ${i}`)
        : md(`Step ${i} of the way.`),
  ).flatMap((cell, i, all) => (i === all.length - 1 ? [ts('end', 'const needle = 6 * 7\nneedle')] : [cell])),
);
const waiting = () => page.locator('section.cell.waiting');

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  notebook = new NotebookPage(page);
});
test.beforeEach(async ({ site }) => {
  await notebook.visit(site.url);
  // Idle moments never come unless the test says so: what is needed must be there without them.
  await page.evaluate(() => {
    const held: (() => void)[] = [];
    window.requestIdleCallback = (work) => held.push(() => work({ didTimeout: true, timeRemaining: () => 0 }));
    window.cancelIdleCallback = () => undefined;
    Object.assign(window, { idle: () => held.splice(0).forEach((work) => work()) });
  });
  await notebook.open(LONG);
});
test.afterEach(({ browserName: _ }, info) => tellWhatWasShown(page, info));
test.afterAll(() => page.close());

/** Gives the page idle moments, one a frame, until it shows such an element. */
const idleUntil = (selector: string): Promise<void> =>
  page.evaluate(async (wanted) => {
    while (!document.querySelector(wanted)) {
      (window as unknown as { idle: () => void }).idle();
      await new Promise(requestAnimationFrame);
    }
  }, selector);

test('a long notebook opens with its first cells, and all of its text is there to be read and found', async () => {
  await expect(page.locator('section.cell')).toHaveCount(300);
  expect(await waiting().count()).toBeGreaterThan(250);
  await expect(page.locator('#q0').getByRole('button', { name: 'Run cell' })).toBeVisible();
  await expect(waiting().last()).toHaveAccessibleName('TypeScript cell needle, stale: not run yet');
  await expect(waiting().last()).toHaveText(/6 \* 7/);

  await idleUntil('body:not(:has(.cell.waiting))');
  await expect(waiting()).toHaveCount(0);
  await expect(page.locator('section.cell')).toHaveCount(300);
});

test('a cell that is gone to, found or wanted on paper is whole at once', async () => {
  await page.keyboard.press('ControlOrMeta+F');
  await page.getByRole('search').getByRole('textbox').first().fill('needle =');
  const end = notebook.cell('end');
  await expect(end).toHaveAttribute('aria-current', 'true');
  await expect(end).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(notebook.editor('end')).toBeFocused();
  await page.keyboard.press('Escape');

  await page.keyboard.press('K');
  await expect(page.locator('section.cell[aria-current=true]')).toHaveAccessibleName(/^TypeScript cell value298/);
  expect(await waiting().count()).toBeGreaterThan(250);

  // What comes near the window goes before the rest.
  await idleUntil('#q297:not(.waiting)');
  expect(await waiting().count()).toBeGreaterThan(0);

  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(waiting()).toHaveCount(0);
});
