import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { seededRandom } from '../../src/base/random';
import { chromiumPath, CHROMIUM_FLAGS } from '../tools/browser.mjs';
import type { Harness } from './storage-harness';
import { serveHarness } from './storage-site';

declare const harness: Harness;

let site: Awaited<ReturnType<typeof serveHarness>>;
let profile: string;
let context: BrowserContext;

test.beforeAll(async () => {
  site = await serveHarness();
});
test.afterAll(() => site.close());

test.beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'levain-profile-'));
  context = await launch();
});
test.afterEach(async () => {
  await context.close().catch(() => {});
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

const launch = (): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args: CHROMIUM_FLAGS });

async function openPage(path = '/'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url + path);
  return page;
}

const create = (page: Page, text: string): Promise<string> =>
  page.evaluate(async (content) => (await harness.store.create(content)).row.id, text);

const status = (page: Page, id: string) => page.evaluate((name) => harness.store.status(name), id);

/** Opens a notebook in a fresh tab as the reader would: its text, and when that was typed. */
async function reopen(id: string, length: number) {
  const page = await openPage();
  const found = await page.evaluate(
    async ([name, filling]) => {
      const opened = await harness.store.open(name);
      const notebooks = (await harness.store.list()).map((row) => row.id);
      return {
        hold: opened.status.hold,
        typedAt: harness.typedAt(opened.text, filling),
        problem: opened.status.problem,
        notebooks,
      };
    },
    [id, length] as const,
  );
  return { page, ...found };
}

async function crash(page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  const at = Date.now();
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
  return at;
}

// killed.e2e.ts kills the page itself; here the store alone, with texts that come faster and are longer than anyone types.
test('a tab killed at a random moment 5 times loses at most a second of typing, and never a notebook', async () => {
  const random = seededRandom(20);
  const first = await openPage();
  const notebooks = [
    { id: await create(first, 'small 0  0'), length: 2_000 },
    { id: await create(first, 'usual 0  0'), length: 20_000 },
    { id: await create(first, 'large 0  0'), length: 300_000 },
  ];
  await first.close();
  const made = notebooks.map(({ id }) => id);
  const killed = new Map<string, { readonly begun: number; readonly at: number }>();
  const lost: number[] = [];

  for (let kill = 0; kill < 5; kill++) {
    const { id, length } = notebooks[random.integer(3)]!;
    const { page, ...found } = await reopen(id, length);
    expect(found.hold).toBe('writing');
    expect(found.problem).toBeUndefined();
    expect(found.notebooks).toEqual(expect.arrayContaining(made));
    const former = killed.get(id);
    if (former) {
      expect(found.typedAt).toBeDefined();
      // Killed before anything was typed was saved, it lost what was typed since it was opened.
      lost.push(Math.max(0, former.at - Math.max(former.begun, found.typedAt!)));
    }
    if (kill % 4 === 0) made.push(await create(page, `new${kill} 0  0`));
    const begun = Date.now();
    await page.evaluate(([name, filling]) => harness.typeForEver(name, 'typing', filling, true), [id, length] as const);
    await page.waitForTimeout(100 + random.integer(400));
    killed.set(id, { begun, at: await crash(page) });
  }
  lost.sort((a, b) => a - b);
  console.log(`lost per kill: median ${lost[lost.length >> 1]} ms, most ${lost.at(-1)} ms, ${lost.length} checked`);
  expect(lost.length).toBeGreaterThan(1);
  expect(lost.at(-1)).toBeLessThan(1000);
});

test('the killed tab really had no time to save: what is only saved on leaving is lost', async () => {
  const page = await openPage();
  const id = await create(page, 'control 0  0');
  await page.evaluate((name) => harness.typeForEver(name, 'control', 0, false), id);
  await page.waitForTimeout(1500);
  await crash(page);
  expect((await reopen(id, 0)).typedAt).toBe(0);
});

test('a tab closed right after the last keystroke keeps it', async () => {
  let id = await create(await openPage(), 'closing 0  0');
  for (let n = 1; n <= 5; n++) {
    const page = await openPage();
    const before = await page.evaluate(async (name) => {
      await harness.store.takeOver(name);
      for (let typed = 0; typed < 30; typed++) {
        harness.store.save(name, `closing ${typed}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      harness.store.save(name, 'closing last');
      return harness.store.status(name)!.save;
    }, id);
    expect(before).toBe('saving');
    await page.close({ runBeforeUnload: true });
    const next = await openPage();
    const text = await next.evaluate(async (name) => (await harness.store.open(name)).text, id);
    expect(text).toBe('closing last');
    id = await create(next, 'closing 0  0');
    await next.close();
  }
});

test('a second tab reads, is told of saves, and takes over even from a tab that hangs', async () => {
  const [first, second] = [await openPage(), await openPage()];
  const id = await create(first, 'shared 1');
  const read = await second.evaluate(async (name) => (await harness.store.open(name)).status, id);
  expect(read).toMatchObject({ hold: 'reading', problem: { code: 'open-elsewhere' } });

  const hangs = first.evaluate((name) => {
    harness.store.save(name, 'shared pending');
    setTimeout(() => {
      const end = Date.now() + 4000;
      while (Date.now() < end);
    });
  }, id);
  await hangs;
  const taken = await second.evaluate(async (name) => {
    const opened = await harness.store.takeOver(name);
    harness.store.save(name, 'shared second');
    await harness.store.flush();
    return { hold: opened.status.hold, save: harness.store.status(name)!.save };
  }, id);
  expect(taken).toEqual({ hold: 'writing', save: 'saved' });
  await expect.poll(async () => (await status(first, id))?.hold).toBe('lost');
  await first.evaluate(async (name) => {
    harness.store.save(name, 'shared stale');
    await harness.store.flush();
  }, id);
  await second.close();
  expect(await first.evaluate(async (name) => (await harness.store.open(name)).text, id)).toBe('shared second');
});

test('full storage is told, the work goes on in memory, and is saved once there is room', async () => {
  const page = await openPage();
  const session = await context.newCDPSession(page);
  // Chromium looks at the quota when it first opens the database, and lets one write overshoot.
  await session.send('Storage.overrideQuotaForOrigin', { origin: site.url, quotaSize: 200_000 });
  const length = 3_000_000;
  const id = await create(page, 'quota 0  0');
  const full = await page.evaluate(
    async ([name, filling]) => {
      for (let n = 0; n < 3; n++) {
        harness.store.save(name, harness.typed('quota', filling));
        await harness.store.flush();
      }
      const file = new File([new Uint8Array(2_000_000)], 'ads.csv');
      const refused = await harness.files.keep(name, file).catch((error) => error.problem);
      const opened = await harness.store.open(name);
      return { status: harness.store.status(name), refused, at: harness.typedAt(opened.text, filling) };
    },
    [id, length] as const,
  );
  expect(full).toMatchObject({
    status: { save: 'unsaved', hold: 'writing', problem: { code: 'storage-full' } },
    refused: { code: 'storage-full', subject: 'ads.csv' },
  });
  const before = await reopen(id, length);
  expect(before.typedAt).toBeLessThan(full.at!);
  await session.send('Storage.overrideQuotaForOrigin', { origin: site.url });
  await expect.poll(async () => (await status(page, id))?.save).toBe('saved');
  expect((await status(page, id))?.problem).toBeUndefined();
  expect((await reopen(id, length)).typedAt).toBe(full.at);
});

test('a page that may store nothing works in memory and says so', async () => {
  const page = await openPage('/sandboxed');
  const frame = page.frames()[1]!;
  await frame.waitForFunction(() => 'harness' in globalThis);
  const seen = await frame.evaluate(async () => {
    const denied = await harness.store.start();
    const { row, status } = await harness.store.create('memory 1');
    harness.store.save(row.id, 'memory 2');
    await harness.store.flush();
    harness.settings.set('theme', 'dark');
    return {
      denied,
      status,
      text: (await harness.store.open(row.id)).text,
      listed: (await harness.store.list()).map(({ title }) => title),
      kept: await harness.files.keep(row.id, new File(['a'], 'a.csv')).catch((error) => error.problem.code),
      theme: harness.settings.get('theme'),
    };
  });
  expect(seen).toMatchObject({
    denied: { code: 'storage-denied' },
    status: { save: 'unsaved', hold: 'writing', problem: { code: 'storage-denied' } },
    text: 'memory 2',
    kept: 'storage-denied',
    theme: 'dark',
  });
  expect(seen.listed).toHaveLength(1);
});

test('cleared storage is told: the open notebook is saved again, one that is gone is said to be missing', async () => {
  const page = await openPage();
  const session = await context.newCDPSession(page);
  const gone = await create(page, 'gone 1');
  await page.evaluate((name) => harness.store.close(name), gone);
  const open = await create(page, 'open 1');
  await session.send('Storage.clearDataForOrigin', { origin: site.url, storageTypes: 'all' });
  await expect.poll(async () => (await status(page, open))?.problem?.code).toBe('storage-cleared');
  await expect.poll(async () => (await status(page, open))?.save).toBe('saved');
  await page.close();
  const next = await openPage();
  const found = await next.evaluate(
    async ([kept, lost]) => ({
      text: (await harness.store.open(kept)).text,
      missing: await harness.store.open(lost).catch((error) => error.problem.code),
    }),
    [open, gone] as const,
  );
  expect(found).toEqual({ text: 'open 1', missing: 'notebook-missing' });
});

test('a kept data file is there after the browser was closed, byte for byte, and can be forgotten', async () => {
  const bytes = Buffer.alloc(30_000_000);
  const random = seededRandom(22);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.floor(random.uniform() * 2 ** 32), at);
  const expected = createHash('sha256').update(bytes).digest('hex');
  let page = await openPage();
  const id = await create(page, 'files 1');
  // From the disk: the browser takes it from there, where bytes would go through the driver.
  const path = join(profile, 'orders.csv');
  writeFileSync(path, bytes);
  await page.setInputFiles('input', path);
  const sha256 = await page.evaluate(async (name) => {
    const file = document.querySelector('input')!.files![0]!;
    const hash = await harness.sha256OfFile(file);
    await harness.files.keep(name, file, { name: 'renamed.csv', sha256: hash });
    return hash;
  }, id);
  expect(sha256).toBe(expected);
  await context.close();
  context = await launch();
  page = await openPage();
  const back = await page.evaluate(async (name) => {
    const file = (await harness.files.fileFor(name, 'renamed.csv'))!;
    const kept = await harness.files.kept(name);
    const hash = await harness.sha256OfFile(file);
    await harness.files.forget(name);
    return {
      name: file.name,
      hash,
      kept,
      after: await harness.files.kept(name),
      absent: await harness.files.fileFor(name, 'renamed.csv'),
    };
  }, id);
  expect(back).toMatchObject({
    name: 'renamed.csv',
    hash: expected,
    kept: [{ name: 'renamed.csv', size: 30_000_000, sha256: expected }],
    after: [],
  });
  expect(back.absent).toBeUndefined();
});

test('a version whose bytes are gone from the disk is told, and the one before is opened', async () => {
  const page = await openPage();
  const length = 300_000;
  const id = await create(page, 'damaged 0  0');
  const saved = await page.evaluate(
    async ([name, filling]) => {
      for (let n = 0; n < 3; n++) {
        harness.store.save(name, harness.typed('damaged', filling));
        await harness.store.flush();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const [row] = await harness.store.list();
      return row!.history.map((version) => version.saved);
    },
    [id, length] as const,
  );
  await context.close();
  // Chromium keeps large values in files of their own, numbered as they came.
  const folder = join(profile, 'Default', 'IndexedDB');
  const values = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes('.blob'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  expect(values.length).toBe(3);
  rmSync(values.at(-1)!);
  context = await launch();
  const found = await reopen(id, length);
  expect(found.problem?.code).toBe('damaged-version');
  expect(Math.abs(found.typedAt! - saved[1]!)).toBeLessThan(20);
});

test('a notebook is downloaded and opened again, also without the pickers', async () => {
  const page = await openPage();
  const text = '# Été\n\n```sql id=a\r\nSELECT 1\n```';
  const downloading = page.waitForEvent('download');
  const how = await page.evaluate(
    (content) => harness.saveToDisk(content, 'Été: 1/2', undefined, { pickers: {} }),
    text,
  );
  const downloaded = await downloading;
  expect(how).toEqual({ how: 'downloaded' });
  expect(downloaded.suggestedFilename()).toBe('Été 1 2.nb.md');
  const path = await downloaded.path();
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a notebook is written to the file it came from', async () => {
  const page = await openPage();
  const seen = await page.evaluate(async () => {
    // A file of the origin's own: the same handle as a picker gives, without its dialog.
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('mine.nb.md', { create: true });
    const pickers = { showSaveFilePicker: async () => handle, showOpenFilePicker: async () => [handle] };
    const first = await harness.saveToDisk('one, long', 'mine', undefined, { pickers });
    await harness.saveToDisk('two', 'mine', 'handle' in first ? first.handle : undefined, { pickers: {} });
    const [opened] = await harness.openFromDisk(pickers);
    const text = await opened!.file.text();
    const closed = { showSaveFilePicker: () => Promise.reject(new DOMException('closed', 'AbortError')) };
    return { text, closed: await harness.saveToDisk('three', 'mine', undefined, { pickers: closed }) };
  });
  expect(seen).toEqual({ text: 'two', closed: { how: 'cancelled' } });
});
