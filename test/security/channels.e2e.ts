import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { BUILT, servePage, type Served } from '../tools/serve';
import { startBrowser } from './browser';
import { codeChannels } from './code-channels';
import { startControl } from './control';
import { runBehindFirstWall } from './first-wall';
import { notebookText, openNotebook, outputs, runNotebook } from './hostile';
import { startListeners, type Listeners } from './listeners';
import { markupChannels, proseChannels } from './markup-channels';
import { codeNotebook, drawingNotebook, proseNotebook, sqlNotebook, tried } from './notebooks';
import { runControl, runSqlControl } from './run-control';
import { sqlChannels } from './sql-channels';

const all = [...codeChannels, ...markupChannels, ...proseChannels, ...sqlChannels].map(({ id }) => id);

/** Channels that this Chromium, without walls, was heard to have. Only these count. */
let available: ReadonlySet<string>;
let listeners: Listeners;
let served: Served;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  listeners = await startListeners();
  served = await servePage();
});

test.afterAll(async () => {
  await served.close();
  await listeners.close();
});

test('every channel is heard where there are no walls', async () => {
  const control = await startControl(listeners.ports);
  const heard = await listening(async (context) => {
    const isHeard = (id: string): boolean => listeners.heard.has(id) || control.heard.has(id);
    await Promise.all([runControl(context, control, isHeard), runSqlControl(context, control)]);
  });
  await control.close();
  available = new Set(all.filter((id) => heard.has(id) || control.heard.has(id)));
  const silent = all.filter((id) => !available.has(id));
  test.info().annotations.push({ type: 'not available here', description: silent.join(', ') });
  console.log(
    `${available.size} channels were heard without walls${listeners.resolver ? ', with a DNS listener' : ' (no DNS listener: that needs root; the network log stands in)'}.` +
      (silent.length > 0 ? ` Not available here: ${silent.join(', ')}.` : ''),
  );
  const count = (channels: readonly { id: string }[]): number => channels.filter(({ id }) => available.has(id)).length;
  expect(count(codeChannels), 'from TypeScript').toBeGreaterThanOrEqual(40);
  expect(count(sqlChannels), 'from SQL').toBeGreaterThanOrEqual(12);
  expect(count([...markupChannels, ...proseChannels]), 'from what is shown').toBeGreaterThanOrEqual(40);
});

test('nothing that TypeScript tries is heard, and nothing of the page is read', async () => {
  let shown = '';
  const heard = await listening(async (context) => {
    const page = await context.newPage();
    const told = await keepSecrets(page);
    await openNotebook(page, served.url, notebookText(codeNotebook(listeners.ports, served.url)));
    await runNotebook(page);
    shown = await outputs(page);
    expect(await told()).toEqual([]);
  });
  expect([...heard], 'heard by a listener').toEqual([]);
  expect(shown).not.toMatch(/reached:|^\s*reached\s*$/m);
  for (const { id } of codeChannels) expect(shown, 'the channel was tried').toContain(tried(id));
  expectOwnFilesOnly();
});

test('nothing is heard from code that has won every native back: the policy alone holds', async () => {
  let told: readonly string[] = [];
  const heard = await listening(async (context) => {
    const page = await context.newPage();
    await keepSecrets(page);
    await openNotebook(page, served.url, notebookText([{ kind: 'ts', source: '1 + 1' }]));
    await runNotebook(page);
    told = await runBehindFirstWall(page, listeners.ports, served.url);
  });
  expect([...heard], 'heard by a listener').toEqual([]);
  // Errors are told to the frame, which is their place; nothing that was read is among what was told.
  expect(told.filter((text) => !text.startsWith('{"type":"failed"'))).toEqual(['started']);
  expectOwnFilesOnly();
});

test('nothing that a drawing holds is loaded, however it was made', async () => {
  const heard = await listening(async (context) => {
    const page = await context.newPage();
    await openNotebook(page, served.url, notebookText(drawingNotebook(listeners.ports, served.url)));
    await runNotebook(page);
    for (const word of ['made', 'forged', 'written']) await expect.poll(() => outputs(page)).toContain(word);
    await clickLinks(page, '.cell .output');
  });
  expect([...heard], 'heard by a listener').toEqual([]);
  expectOwnFilesOnly();
});

test('nothing that Markdown holds is loaded, before it is run or after', async () => {
  const heard = await listening(async (context) => {
    const page = await context.newPage();
    await openNotebook(page, served.url, notebookText(proseNotebook(listeners.ports, served.url)));
    await page.mouse.wheel(0, 20_000);
    await page.waitForTimeout(500);
    await runNotebook(page);
    await clickLinks(page, '.prose');
  });
  expect([...heard], 'heard by a listener').toEqual([]);
  expectOwnFilesOnly();
});

test('nothing that SQL tries is heard, and no other file is read', async () => {
  let shown = '';
  const heard = await listening(async (context) => {
    const page = await context.newPage();
    await page.goto(served.url);
    // Another notebook of the same reader, with a file of its own.
    await page.setInputFiles('input[type=file]', {
      name: 'secret.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('a\nreached\n'),
    });
    await expect(page.getByText('secret').first()).toBeVisible();
    await openNotebook(page, served.url, notebookText(sqlNotebook(listeners.ports, served.url)));
    await runNotebook(page);
    shown = await outputs(page);
  });
  expect([...heard], 'heard by a listener').toEqual([]);
  expect(shown).not.toMatch(/reached:|^\s*reached\s*$/m);
  for (const { id } of sqlChannels) expect(shown, 'the channel was tried').toContain(tried(id));
  expectOwnFilesOnly();
});

/** Uses a browser that is listened to, until `act` has ended; returns the channels heard, each with how. */
async function listening(act: (context: BrowserContext) => Promise<void>): Promise<ReadonlyMap<string, string>> {
  listeners.forget();
  const browser = await startBrowser(listeners);
  let logged: ReadonlySet<string>;
  try {
    await act(browser.context);
  } finally {
    logged = await browser.close();
  }
  const heard = new Map([...listeners.heard].map(([id, ways]) => [id, ways.join(' and ')]));
  for (const id of logged) if (!heard.has(id)) heard.set(id, "the browser's network log");
  return heard;
}

/** Puts a secret in every store of the page's origin; returns what the page was told by messages. */
async function keepSecrets(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.goto(served.url);
  await page.evaluate(async () => {
    localStorage.setItem('secret', 'secret');
    document.cookie = 'secret=secret';
    const folder = await navigator.storage.getDirectory();
    await folder.getFileHandle('secret', { create: true });
    await caches.open('secret');
  });
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    const hear = ({ data }: MessageEvent): void => void (String(data).startsWith('reached') && told.push(String(data)));
    addEventListener('message', hear);
    new BroadcastChannel('levain-security').onmessage = hear;
  });
  return () => page.evaluate('told');
}

/** Clicks whatever is left of links, without following what asks first. */
async function clickLinks(page: Page, within: string): Promise<void> {
  await page.evaluate((within) => {
    const links = document.querySelectorAll(`:is(${within}) :is(a, summary, [data-address])`);
    for (const link of links) link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }, within);
  await page.waitForTimeout(300);
}

/** The page's own host heard nothing but requests for files of the build. */
function expectOwnFilesOnly(): void {
  const files = new Set(readdirSync(BUILT, { recursive: true, encoding: 'utf8' }).map((file) => `/${file}`));
  const strange = served.requests.filter((path) => path !== '/' && !files.has(path));
  served.requests.length = 0;
  expect(strange, 'asked of the page’s own host').toEqual([]);
}
