import {
  expect,
  test as base,
  type BrowserContext,
  type Download,
  type Locator,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { missingRows } from './missing-rows';
import { servePage, type Served } from './serve';

interface OfTest {
  /** A page of its own: for a test that needs the browser's storage empty or its settings as they were, or changes them. */
  fresh: boolean;
}

interface OfWorker {
  /** The built page on a server of its own; `site.url` is its address. */
  site: Served;
  /** The page that goes from test to test. */
  kept: { page?: Page };
}

/**
 * Tests of the built page. `page` is one for all of them, one after the other, as a reader has who goes from notebook to
 * notebook: its start takes longer than most of what is done on it. `fresh` asks for another.
 */
export const test = base.extend<OfTest, OfWorker>({
  // Playwright reads the fixtures a fixture wants from this pattern; these want none.
  site: [
    async ({}, use) => {
      const site = await servePage();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  kept: [async ({}, use) => use({}), { scope: 'worker' }],
  fresh: [false, { option: true }],
  page: async ({ browser, kept, fresh }, use, info) => {
    const open = async (): Promise<Page> => {
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      return context.newPage();
    };
    const page = fresh ? await open() : (kept.page ??= await open());
    await use(page);
    await tellWhatWasShown(page, info);
    if (fresh) return page.context().close();
    page.removeAllListeners();
    await page.unrouteAll();
    // Behind another tab the page would be drawn once a second, for every test that follows.
    const others = page.context().pages();
    await Promise.all(others.filter((other) => other !== page).map((other) => other.close()));
    await page.bringToFront();
    await page.emulateMedia({ media: null, colorScheme: null });
    await page.setViewportSize(info.project.use.viewport!);
  },
});

/**
 * After a failed test, writes what the page showed, and says it: tests that share a page have no snapshot of their own, and
 * of a run elsewhere only its words may be left.
 */
export async function tellWhatWasShown(page: Page, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  const shown = await page.locator('body').ariaSnapshot();
  const at = await page.evaluate(() => `scrolled to ${scrollY} of ${document.documentElement.scrollHeight}`);
  await writeFile(info.outputPath('page.txt'), shown);
  console.log(`What the page showed, ${at}:\n${shown.slice(0, 6_000)}`);
}

/** What went wrong on a page without anyone looking: console errors, uncaught errors, CSP violations, failed requests. */
export function listenForTrouble(target: Page | BrowserContext): string[] {
  const heard: string[] = [];
  const listen = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error') heard.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      // Aborted is what the page itself gave up: it was left while it loaded, or the address of a worker's blob went.
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') heard.push(`failed: ${request.url()} ${why}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
    });
  };
  if ('pages' in target) target.on('page', listen);
  else listen(target);
  return heard;
}

export type FileToGive = { name: string; mimeType: string; buffer: Buffer };

export function csvFile(name: string, text: string | Buffer): FileToGive {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text as string) };
}

interface WrittenCell {
  readonly kind: 'sql' | 'ts' | 'csv' | 'md' | 'check';
  readonly id: string;
  readonly source: string;
}

export const sql = (id: string, source: string): WrittenCell => ({ kind: 'sql', id, source });
export const ts = (id: string, source: string): WrittenCell => ({ kind: 'ts', id, source });
export const csv = (id: string, source: string): WrittenCell => ({ kind: 'csv', id, source });
export const md = (source: string): WrittenCell => ({ kind: 'md', id: '', source });

/** A notebook's text. SQL and CSV cells are named as their id; the id is the element's id on the page too. */
export function notebookText(title: string, cells: readonly WrittenCell[], front = ''): string {
  const fence = '```';
  const parts = cells.map(({ kind, id, source }) =>
    kind === 'md' ? source : `${fence}${kind} id=${id}${kind === 'ts' ? '' : ` name=${id}`}\n${source}\n${fence}`,
  );
  return `---\nnotebook: 1\ntitle: ${title}\n${front}---\n${parts.join('\n\n')}\n`;
}

/** As long as anything here takes on a machine with much else to do. */
const MOST_MILLISECONDS = 240_000;

/** The page as a reader meets it: cells by id, files by drop or choice, and the whole of what it says. */
export class NotebookPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The page at its first view: from the notebook that is open, else by its address. */
  async visit(url: string): Promise<void> {
    const menu = this.page.getByRole('button', { name: 'Notebook', exact: true });
    const dialogs = this.page.locator('dialog[open]');
    if (this.page.url().startsWith(url) && (await menu.isVisible()) && (await dialogs.count()) === 0) {
      return this.goHome();
    }
    await this.goto(url);
  }

  /** Opens the page at its first view by its address, whatever it shows. */
  async goto(url: string): Promise<void> {
    // From a notebook's address to this one is no journey: only the part behind the # differs.
    if (this.page.url().startsWith(url)) await this.page.goto('about:blank');
    await this.page.goto(url);
    await expect(this.page.getByRole('heading', { name: 'Drop a CSV file here' })).toBeVisible();
  }

  cell(id: string): Locator {
    return this.page.locator(`section.cell#${id}`);
  }

  /** Text cells, which have no name, by what they say. */
  prose(text: string | RegExp): Locator {
    return this.page.locator('section.cell.md').filter({ hasText: text });
  }

  output(id: string): Locator {
    return this.cell(id).locator('.output');
  }

  problem(id: string): Locator {
    return this.cell(id).getByRole('group', { name: 'Problem' });
  }

  async expectState(id: string, state: 'ok' | 'error' | 'stale' | 'blocked' | 'running' | 'queued' | 'cancelled') {
    await expect(this.cell(id), id).toHaveClass(new RegExp(`\\b${state}\\b`), { timeout: MOST_MILLISECONDS });
  }

  /** Waits until a cell's output has followed a control. What takes long to follow waits to be asked for, and is. */
  async expectFollowed(id: string, text: string | RegExp, { gone = false } = {}): Promise<void> {
    const within = this.output(id);
    await expect(async () => {
      if (/\bstale\b/.test((await this.cell(id).getAttribute('class'))!)) {
        await this.cell(id).getByRole('button', { name: 'Run cell' }).click();
      }
      await (gone ? expect(within).not : expect(within)).toContainText(text, { timeout: 5_000 });
      await expect(this.cell(id)).toHaveClass(/\bok\b/, { timeout: 5_000 });
    }).toPass({ timeout: MOST_MILLISECONDS });
  }

  /** Gives files through the file field, as the file dialog does. */
  async choose(...files: (FileToGive | string)[]): Promise<void> {
    await this.page
      .locator('input[type=file]')
      .last()
      .setInputFiles(files as FileToGive[] | string[]);
  }

  /** Drops files on the page: the browser's own DataTransfer and events. */
  async drop(...files: FileToGive[]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (given) => {
        const made = new DataTransfer();
        for (const { name, mimeType, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          made.items.add(new File([bytes], name, { type: mimeType }));
        }
        return made;
      },
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })),
    );
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.page.dispatchEvent('body', type, { dataTransfer: transfer });
    }
  }

  /** Opens a notebook from its text, as a file; nothing of it runs. */
  async open(text: string, name = 'opened.nb.md'): Promise<void> {
    await this.choose({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) });
    await expect(this.runNotebook).toBeVisible();
  }

  get runNotebook(): Locator {
    return this.page.getByRole('button', { name: 'Run notebook' });
  }

  /** Opens a notebook and runs it; resolves when nothing runs any more. */
  async openAndRun(text: string): Promise<void> {
    await this.open(text);
    await this.runNotebook.click();
    await this.rest();
  }

  async runAll(): Promise<void> {
    await this.page.getByRole('button', { name: 'Run all' }).click();
    await this.rest();
  }

  /** Waits until nothing runs. */
  async rest(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Run all' })).toBeVisible({ timeout: 60_000 });
    await expect(this.page.locator('section.cell:is(.running, .queued)')).toHaveCount(0);
  }

  /** Writes a cell's source anew, by keyboard in its editor. */
  async write(id: string, source: string): Promise<void> {
    await this.edit(id);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(source);
  }

  /** Puts the caret at the end of a cell's source. */
  async edit(id: string): Promise<void> {
    await this.cell(id)
      .getByRole('textbox', { name: /^Source of cell/ })
      .click();
    await expect(this.editor(id)).toBeFocused();
  }

  editor(id: string): Locator {
    return this.cell(id).locator('.cm-content');
  }

  /** Writes a cell anew and runs it. */
  async rewrite(id: string, source: string): Promise<void> {
    await this.write(id, source);
    await this.page.keyboard.press('ControlOrMeta+Enter');
  }

  /** The texts of a grid's cells, row by row, as far as they are shown. */
  async rows(id: string): Promise<string[][]> {
    await expect(this.output(id).getByRole('gridcell').first()).toBeVisible();
    await expect(this.output(id).locator('.waiting')).toHaveCount(0);
    await this.filled(this.output(id));
    return this.output(id)
      .getByRole('row')
      .evaluateAll((all) =>
        all
          .slice(1)
          .map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent?.trim() ?? '')),
      );
  }

  /** Waits until the grids show all of the rows that are in sight: they are drawn a few at a time. */
  async filled(within: Locator | Page = this.page): Promise<void> {
    await expect.poll(() => within.locator('[role=grid]').evaluateAll(missingRows)).toBe(0);
  }

  async expectRows(id: string, rows: readonly (readonly string[])[]): Promise<void> {
    await expect.poll(() => this.rows(id)).toEqual(rows);
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Messages' }).getByText(text);
  }

  /** Does something that hands out a file, and gives its name and bytes. */
  async download(work: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
    const waiting = this.page.waitForEvent('download');
    await work();
    const download: Download = await waiting;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  async menu(button: string | RegExp, item: string | RegExp, within: Locator | Page = this.page): Promise<void> {
    const choice = this.page.getByRole('menuitem', { name: item });
    // A result that comes anew meanwhile takes its menu along: then it is opened again.
    await expect(async () => {
      if (!(await choice.isVisible())) await within.getByRole('button', { name: button, exact: true }).click();
      await choice.click({ timeout: 5_000 });
    }).toPass();
  }

  /** Opens a template from the first page, where each stands with the question that it answers. */
  async openTemplate(title: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${title} .*\\?$`) }).click();
  }

  /** Back to the list of notebooks. */
  async goHome(): Promise<void> {
    await this.menu('Notebook', 'All notebooks');
    await expect(this.page.getByRole('heading', { name: 'Drop a CSV file here' })).toBeVisible();
  }
}
