import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { seededRandom } from '../../src/base/random';
import { chromiumPath, CHROMIUM_FLAGS } from '../tools/browser.mjs';
import { md, notebookText, NotebookPage, sql } from '../tools/notebook-page';
import { BUILT, serveFolder, type Served } from '../tools/serve';

/** A notebook of the reader's, as this side knows it: what was typed into its first cell, and when each part was. */
interface Written {
  readonly id: string;
  /** What the cell held when it was last seen. */
  base: string;
  typed: { readonly text: string; readonly at: number }[];
  killedAt: number | undefined;
}

let site: Served;
let profile: string;
let context: BrowserContext;

test.beforeAll(async () => {
  // Nothing is run here, and the database takes most of the time of a visit.
  site = await serveFolder(BUILT, '/', /\.wasm$/);
  profile = mkdtempSync(join(tmpdir(), 'levain-killed-'));
  context = await launch();
});
test.afterAll(async () => {
  await context.close().catch(() => undefined);
  await site.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

const launch = (): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: CHROMIUM_FLAGS,
    serviceWorkers: 'block',
  });

const source = (page: Page) => page.getByRole('textbox', { name: /^Source of cell/ }).first();

async function newTab(path = ''): Promise<NotebookPage> {
  const page = await context.newPage();
  await page.goto(site.url + path);
  return new NotebookPage(page);
}

async function killTab(page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  const at = Date.now();
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
  return at;
}

async function killBrowser(): Promise<number> {
  // Chromium names its own process in the lock of its profile: host-pid.
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  const closed = context.waitForEvent('close');
  const at = Date.now();
  process.kill(pid, 'SIGKILL');
  await closed;
  rmSync(join(profile, 'SingletonLock'), { force: true });
  context = await launch();
  return at;
}

/**
 * Opens a notebook as the reader does who comes back, and gives how many milliseconds of typing were lost: the time from
 * the first part that is not there to the kill. What is there must be what was typed, from its beginning, without a gap.
 */
async function comeBack(notebook: Written, tab: NotebookPage): Promise<number> {
  await expect(source(tab.page)).toBeVisible();
  const text = (await source(tab.page).textContent())!;
  const all = notebook.base + notebook.typed.map((part) => part.text).join('');
  expect(all.slice(0, text.length)).toBe(text);
  expect(text.length).toBeGreaterThanOrEqual(notebook.base.length);
  let length = notebook.base.length;
  const missing = notebook.typed.find((part) => (length += part.text.length) > text.length);
  const lost = missing && notebook.killedAt ? Math.max(0, notebook.killedAt - missing.at) : 0;
  notebook.base = text;
  notebook.typed = [];
  notebook.killedAt = undefined;
  return lost;
}

/** Types into the first cell until its time is up; each part is noted when the page has taken it. */
async function type(notebook: Written, { page }: NotebookPage, milliseconds: number): Promise<void> {
  await source(page).click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+End');
  const end = Date.now() + milliseconds;
  for (let n = 0; n === 0 || Date.now() < end; n++) {
    const text = `${n} `;
    await page.keyboard.insertText(text);
    notebook.typed.push({ text, at: Date.now() });
  }
}

const long = (paragraphs: number) =>
  md(Array.from({ length: paragraphs }, (_, n) => `Paragraph ${n}. `.repeat(60)).join('\n\n'));

/** `KILLS=100 npm run e2e -- killed` for the long run. */
const KILLS = Number(process.env.KILLS ?? 10);

test(`the tab or the browser is killed ${KILLS} times while the reader types: at most a second of typing is lost, and never a notebook`, async () => {
  test.setTimeout(KILLS * 20_000);
  const random = seededRandom(20);
  const notebooks: Written[] = [];
  const first = await newTab();
  for (const [title, paragraphs] of [
    ['Small', 0],
    ['Usual', 20],
    ['Large', 200],
  ] as const) {
    await first.open(notebookText(title, [sql('typed', 'SELECT 1 -- '), ...(paragraphs ? [long(paragraphs)] : [])]));
    await expect(first.page.getByText('Saved in this browser')).toBeVisible();
    notebooks.push({
      id: await first.page.evaluate(() => location.hash),
      base: 'SELECT 1 -- ',
      typed: [],
      killedAt: undefined,
    });
    await first.goHome();
  }
  await first.page.close();

  const lost: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    let notebook = notebooks[random.integer(notebooks.length)]!;
    let tab: NotebookPage;
    if (kill % 10 === 5) {
      tab = await newTab();
      await tab.page.getByRole('button', { name: 'Start empty' }).click();
      await expect(tab.page.getByText('Saved in this browser')).toBeVisible();
      notebook = { id: await tab.page.evaluate(() => location.hash), base: '', typed: [], killedAt: undefined };
      notebooks.push(notebook);
    } else {
      tab = await newTab(notebook.id);
      const killed = notebook.killedAt !== undefined;
      const milliseconds = await comeBack(notebook, tab);
      if (killed) lost.push(milliseconds);
    }
    await type(notebook, tab, random.integer(500));
    notebook.killedAt = kill % 10 === 9 ? await killBrowser() : await killTab(tab.page);
  }

  const last = await newTab();
  const recent = last.page
    .locator('section')
    .filter({ has: last.page.getByRole('heading', { name: 'Recent notebooks' }) });
  // Also those that are folded away.
  await expect(recent.locator('li')).toHaveCount(notebooks.length);
  await last.page.close();
  for (const notebook of notebooks.filter(({ killedAt }) => killedAt !== undefined)) {
    const tab = await newTab(notebook.id);
    lost.push(await comeBack(notebook, tab));
    await tab.page.close();
  }
  lost.sort((a, b) => a - b);
  console.log(`lost per kill: median ${lost[lost.length >> 1]} ms, most ${lost.at(-1)} ms, ${lost.length} checked`);
  expect(lost.length).toBe(KILLS);
  expect(lost.at(-1)).toBeLessThan(1000);
});
