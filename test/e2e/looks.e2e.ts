import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { putOn, WIDE_LOOKS } from '../tools/axe';
import { csvFile, md, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';

/**
 * The main views in light and dark, beside pictures of how they are meant to look. Both are made four times smaller, so
 * that a letter drawn a little otherwise by another release of the browser is no difference, and a colour, a size or a
 * place is. `npx playwright test -c test/e2e/playwright.config.ts --update-snapshots=all looks` makes the pictures anew.
 */

// Of the first visit, and with a list of notebooks that holds nothing of other tests.
test.use({ fresh: true });

const SMALLER = 4;
const ADS = readFileSync(join(import.meta.dirname, '../fixtures/exports/google-ads-campaigns.csv'));

/** What is other each time: how long things took. */
const TIMES = 'section.cell .detail, .card .sum, .graph .word, .about dd:first-of-type';

const NOTEBOOK = notebookText('Bread and rolls', [
  md('# Bread and rolls\n\nRevenue by product, of orders of at least **the chosen sum**.'),
  sql(
    'orders',
    `SELECT ['bread', 'rolls', 'cake'][1 + range % 3] AS product, DATE '2026-01-01' + (range % 90)::INT AS day,
  round(5 + 20 * abs(sin(range)), 2) AS revenue FROM range(3000)`,
  ),
  ts('least', "const least = input.slider([0, 25], { label: 'At least', value: 10 });"),
  ts(
    'chart',
    `const found = await sql\`SELECT product, sum(revenue) AS revenue FROM orders WHERE revenue >= \${least} GROUP BY 1 ORDER BY 2 DESC\`;
levain.bars(found, { x: 'revenue', y: 'product', title: 'Revenue by product' })`,
  ),
]);
const WRONG = notebookText('Not well', [
  sql('orders', "SELECT 'bread' AS product, 12.5 AS revenue"),
  sql('total', 'SELECT sum(revenu) AS total FROM orders'),
  sql('share', 'SELECT 100 * total AS share FROM total'),
]);

test('the main views look as they are meant to, in light and dark', async ({ page, site, context }) => {
  const notebook = new NotebookPage(page);
  const scales = await context.newPage();
  const looked = (name: string) => expectLooks(page, scales, name);
  await notebook.goto(site.url);
  await looked('first-visit');

  await notebook.drop(csvFile('google-ads.csv', ADS));
  await expect(page.locator('section.cell').first().getByRole('gridcell').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'google-ads.csv' }).getByRole('rowheader').first()).toBeVisible();
  await page.mouse.wheel(0, -5_000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await looked('import');

  await notebook.goHome();
  await notebook.openAndRun(WRONG);
  await notebook.expectState('total', 'error');
  await looked('problem');

  await notebook.goHome();
  await notebook.openAndRun(NOTEBOOK);
  await expect(notebook.output('chart').getByRole('img')).toBeVisible();
  await looked('notebook');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await page.getByRole('tabpanel').locator('button.entry', { hasText: 'found' }).click();
  await looked('graph');

  const command = async (words: string): Promise<void> => {
    await notebook.cell('orders').focus();
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(words);
  };
  await command('cell');
  await looked('palette');
  await page.keyboard.press('Escape');
  await command('Explore orders');
  await page.keyboard.press('Enter');
  const explorer = page.getByRole('dialog', { name: 'Explore orders' });
  await expect(explorer.getByRole('status').first()).toHaveText('3,000 rows');
  await expect(explorer.getByText('Working it out …')).toHaveCount(0);
  await looked('explorer');
  await page.keyboard.press('Escape');
  await command('Settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await looked('settings');
  await page.keyboard.press('Escape');

  await command('Show as an app');
  await page.keyboard.press('Enter');
  await expect(notebook.output('chart').getByRole('img')).toBeVisible();
  await expect(notebook.output('orders').getByRole('gridcell').first()).toBeVisible();
  await looked('app');
  await page.keyboard.press('Escape');
  await command('Present as slides');
  await page.keyboard.press('Enter');
  await looked('slides');
  await page.keyboard.press('Escape');

  await test.step('a view that looks otherwise is told', async () => {
    // A run that writes pictures would write this one.
    if (!['missing', 'none'].includes(test.info().config.updateSnapshots)) return;
    await page.addStyleTag({ content: ':root { --crust: #1a6fb4 !important } h1 { margin-top: 2rem !important }' });
    await expect(expectLooks(page, scales, 'notebook')).rejects.toThrow();
  });
});

async function expectLooks(page: Page, scales: Page, name: string): Promise<void> {
  for (const look of WIDE_LOOKS) {
    await putOn(page, look);
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await new NotebookPage(page).filled();
    const style = `${TIMES} { visibility: hidden !important }`;
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide', style });
    expect(await smaller(scales, picture)).toMatchSnapshot(`${name}-${look[1]}.png`, {
      threshold: 0.05,
      maxDiffPixelRatio: 0.002,
    });
  }
}

/** A picture scaled down, each pixel the mean of those it takes the place of. */
async function smaller(page: Page, png: Buffer): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([text, by]) => {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const [width, height] = [bitmap.width / by, bitmap.height / by].map(Math.floor) as [number, number];
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const drawn = canvas.getContext('2d')!;
      drawn.drawImage(bitmap, 0, 0);
      const { data } = drawn.getImageData(0, 0, bitmap.width, bitmap.height);
      // In a function of its own, which the browser compiles: within this one it takes fifty times as long.
      const meansOf = (data: Uint8ClampedArray, across: number, into: Uint8ClampedArray): void => {
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            for (let channel = 0; channel < 4; channel++) {
              let sum = 0;
              for (let dy = 0; dy < by; dy++)
                for (let dx = 0; dx < by; dx++) sum += data[((y * by + dy) * across + x * by + dx) * 4 + channel]!;
              into[(y * width + x) * 4 + channel] = sum / (by * by);
            }
          }
        }
      };
      const small = new ImageData(width, height);
      meansOf(data, bitmap.width, small.data);
      const result = new OffscreenCanvas(width, height);
      result.getContext('2d')!.putImageData(small, 0, 0);
      const blob = await result.convertToBlob({ type: 'image/png' });
      const reader = new FileReader();
      return new Promise<string>((done) => {
        reader.onload = () => done((reader.result as string).split(',')[1]!);
        reader.readAsDataURL(blob);
      });
    },
    [png.toString('base64'), SMALLER] as const,
  );
  return Buffer.from(base64, 'base64');
}
