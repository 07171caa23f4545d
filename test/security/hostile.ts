import { expect, type Page } from '@playwright/test';
import type { Cell } from '../../src/notebook/model';
import { printNotebook } from '../../src/notebook/print';

/** A notebook as text, of cells whose ids count up. */
export function notebookText(cells: readonly Pick<Cell, 'kind' | 'source' | 'name' | 'view'>[]): string {
  const numbered = cells.map((cell, at): Cell => ({ ...cell, id: `c${at + 1}` }));
  return printNotebook({ version: 1, title: 'From a stranger', files: [], cells: numbered });
}

/** Opens a notebook as a reader does who was sent it: as a file, by the page's own file input. */
export async function openNotebook(page: Page, url: string, text: string): Promise<void> {
  await page.goto(url);
  await giveNotebook(page, text);
}

/** Opens a notebook where another may be open. */
export async function giveNotebook(page: Page, text: string): Promise<void> {
  await page.setInputFiles('input[type=file]', {
    name: 'stranger.nb.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(text),
  });
  await expect(runButton(page)).toBeVisible();
}

/** The button beside the sentences on what a notebook can and cannot do. */
export const runButton = (page: Page) => page.getByRole('button', { name: 'Run notebook' });

/** Runs the open notebook and waits until nothing runs any more. */
export async function runNotebook(page: Page, timeout = 60_000): Promise<void> {
  await runButton(page).click();
  await settled(page, timeout);
}

/** Waits until every cell is whole, so that all it holds is on the page, and none runs or waits. */
export async function settled(page: Page, timeout = 60_000): Promise<void> {
  await expect(page.locator('section.cell:is(.running, .queued, .waiting)')).toHaveCount(0, { timeout });
}

/** What stands under the cells, piece of text by piece of text, in sight or not. */
export function outputs(page: Page): Promise<string> {
  return page.locator('.cell .output').evaluateAll((boxes) => {
    const texts: string[] = [];
    for (const box of boxes) {
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
    }
    return texts.join('\n');
  });
}
