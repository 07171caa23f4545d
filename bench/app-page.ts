import type { Page } from 'playwright';
import { openBrowser, type Browser } from './browser';
import { serve } from './site';

/** The built page, as a reader has it, in a fresh browser. */
export interface AppPage {
  readonly page: Page;
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function openApp(dist: string): Promise<AppPage> {
  const site = await serve(dist);
  const browser = await openBrowser();
  const page = await browser.context.newPage();
  page.on('pageerror', (error) => console.error(`  the page: ${error.message}`));
  await page.goto(site.url);
  await page.locator('.empty').waitFor();
  return {
    page,
    browser,
    close: async () => {
      await browser.close();
      site.close();
    },
  };
}

/** Waits until the page is kept for use without a network, which takes processor time on a first visit. */
export async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Opens a notebook's text as a dropped file, and leaves it as it stands: nothing has run. */
export async function openNotebook(page: Page, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'bench.nb.md', mimeType: 'text/markdown', buffer });
  await page.locator('section.cell').first().waitFor({ timeout: 60_000 });
}

/** Runs every cell, and waits until those named have ended well. */
export async function runAll(page: Page, ids: readonly string[]): Promise<void> {
  await page.locator('.trust button.primary').click();
  for (const id of ids) await page.locator(`#${id}.ok`).waitFor({ timeout: 180_000 });
}

/** A notebook of the given fences. */
export function notebook(...fences: string[]): string {
  return `---\nnotebook: 1\ntitle: Bench\n---\n${fences.join('\n\n')}\n`;
}

export const fence = (kind: string, id: string, source: string, name = ''): string =>
  `\`\`\`${kind} id=${id}${name && ` name=${name}`}\n${source}\n\`\`\``;
