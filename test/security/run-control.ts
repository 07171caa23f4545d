import type { BrowserContext } from '@playwright/test';
import { codeChannels } from './code-channels';
import type { Control } from './control';
import { markupChannels, proseChannels } from './markup-channels';

/** Frames that load at once, and how long the last of them may take to be heard. */
const BATCH = 16;
const PATIENCE_MILLISECONDS = 3_000;

/** Runs TypeScript's and the markup's channels in pages without walls. */
export async function runControl(
  context: BrowserContext,
  { url }: Control,
  isHeard: (id: string) => boolean,
): Promise<void> {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate('ready');
  const framed = [
    ...codeChannels.flatMap(({ id, control }) => (control === 'tab' ? [] : [{ id, path: `${control}/${id}.html` }])),
    ...[...markupChannels, ...proseChannels].map(({ id }) => ({ id, path: `markup/${id}.html` })),
  ];
  for (let at = 0; at < framed.length; at += BATCH) {
    const batch = framed.slice(at, at + BATCH);
    await page.evaluate(
      (paths) => {
        document.body.replaceChildren();
        for (const path of paths) document.body.append(Object.assign(document.createElement('iframe'), { src: path }));
      },
      batch.map(({ path }) => path),
    );
    const end = Date.now() + PATIENCE_MILLISECONDS;
    while (Date.now() < end && !batch.every(({ id }) => isHeard(id))) await page.waitForTimeout(50);
  }
  for (const { id, control } of codeChannels) {
    if (control !== 'tab') continue;
    const tab = await context.newPage();
    await tab.goto(url);
    if (id === 'clipboard') await tab.evaluate('navigator.clipboard.writeText("secret")');
    await tab.goto(`${url}page/${id}.html`).catch(() => undefined);
    await tab.waitForTimeout(300);
  }
  await page.close();
}

/** Runs SQL's channels in a database without walls. */
export async function runSqlControl(context: BrowserContext, { url }: Control): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}sql`);
  await page.evaluate('ready');
  await page.close();
}
