import type { Page } from 'playwright';
import { openBrowser, type Browser } from './browser';
import type { EngineBench } from './harness/engine';
import { serve } from './site';

declare const bench: EngineBench;

/** The engine alone, in a page of its own in a fresh browser. */
export interface EnginePage {
  readonly page: Page;
  readonly browser: Browser;
  load(path: string, table: string, options?: { inPlace?: boolean }): ReturnType<EngineBench['load']>;
  run(text: string): Promise<void>;
  query(text: string, parameters?: readonly number[]): ReturnType<EngineBench['query']>;
  close(): Promise<void>;
}

export async function openEngine(harness: string): Promise<EnginePage> {
  const site = await serve(harness);
  const browser = await openBrowser();
  const page = await browser.context.newPage();
  await page.goto(`${site.url}engine.html`);
  await page.evaluate(() => bench.open());
  return {
    page,
    browser,
    load: async (path, table, options = {}) => {
      await page.setInputFiles('input', path);
      return page.evaluate(([name, given]) => bench.load(name, given), [table, options] as const);
    },
    run: (text) => page.evaluate((sql) => bench.run(sql), text),
    query: (text, parameters = []) =>
      page.evaluate(([sql, values]) => bench.query(sql, values), [text, parameters] as const),
    close: async () => {
      await browser.close();
      site.close();
    },
  };
}
