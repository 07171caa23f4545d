import { expect } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { csvFile, listenForTrouble, NotebookPage, notebookText, sql, test, ts } from '../tools/notebook-page';
import { onePage } from '../tools/one-page';

const NOTEBOOK = notebookText('Weekly sales', [
  sql('total', 'SELECT channel, sum(revenue) AS revenue FROM orders GROUP BY channel ORDER BY channel'),
  ts('chart', 'Plot.barX(total, {x: "revenue", y: "channel"}).plot()'),
]);
const DATA = 'day,channel,revenue\n2026-01-01,search,10.5\n2026-01-02,social,31.5\n';

let folder: string;
test.beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'levain-page-'))));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lays a page on the disk; gives its address. */
function laid(name: string, html: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, html);
  return pathToFileURL(path).href;
}

test('a page saved with app, notebook and data opens from the disk without a network, runs, keeps what is edited, and saves itself again', async ({
  page,
  site,
  browser,
}) => {
  const served = new NotebookPage(page);
  await served.visit(site.url);
  await served.open(NOTEBOOK);
  await served.choose(csvFile('orders.csv', DATA));
  await expect(page.getByText('2 rows').first()).toBeVisible();
  const { name, bytes } = await served.download(() => served.menu('Share', /page that opens by itself/));
  expect(name).toBe('Weekly sales with data.html');

  const context = await browser.newContext({ offline: true });
  const file = await context.newPage();
  const trouble = listenForTrouble(file);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const notebook = new NotebookPage(file);
  await file.goto(laid(name, bytes));
  await expect(notebook.runNotebook).toBeVisible();
  await expect(file.getByText('2 rows').first()).toBeVisible();
  await notebook.expectState('total', 'stale');
  await expect(file.locator('section.cell .output :is([role=grid], svg)')).toHaveCount(0);
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectRows('total', [
    ['search', '10.5'],
    ['social', '31.5'],
  ]);
  await expect(notebook.output('chart').locator('svg rect')).toHaveCount(2);

  // What was written is there when the file is opened again, over its own data.
  await notebook.rewrite(
    'total',
    'SELECT channel, sum(revenue) * 2 AS revenue FROM orders GROUP BY channel ORDER BY 1',
  );
  await notebook.expectRows('total', [
    ['search', '21'],
    ['social', '63'],
  ]);
  await expect(file.getByText('Saved in this browser')).toBeVisible();
  await file.goto('about:blank');
  await file.goto(pathToFileURL(join(folder, name)).href);
  await expect(notebook.toast(/as you left it/)).toBeVisible();
  await expect(notebook.cell('total')).toContainText('* 2');
  await notebook.runAll();
  await notebook.expectRows('total', [
    ['search', '21'],
    ['social', '63'],
  ]);

  // From the file another file, which has what was written.
  const again = await notebook.download(() => notebook.menu('Share', /page that opens by itself/));
  await file.goto(laid('again.html', again.bytes));
  await expect(notebook.runNotebook).toBeVisible();
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectRows('total', [
    ['search', '21'],
    ['social', '63'],
  ]);
  await notebook.menu('Notebook', 'All notebooks');
  await expect(file.getByRole('button', { name: /Start empty/ })).toBeVisible();
  await expect(file.getByText('sample bakery'), 'its files are not in the page').toHaveCount(0);
  expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
  expect(trouble).toEqual([]);
  await context.close();
});

test('a hostile notebook in such a page reaches nothing that a plain file reaches', async ({ browser }) => {
  const heard = new Set<string>();
  const server = createServer((request, response) => {
    heard.add(request.url!.slice(1));
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/csv' }).end('a\n1\n');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  const tries = (who: string): string =>
    `const done = [];
     try { done.push(fetch("${at(`${who}-fetch`)}", { mode: "no-cors" }).catch(() => 0)); } catch {}
     try { new Worker(URL.createObjectURL(new Blob(['fetch("${at(`${who}-worker`)}", { mode: "no-cors" })']))); } catch {}`;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(laid('plain.html', `<script>${tries('plain')} new Image().src = "${at('plain-image')}"</script>`));
  await expect.poll(() => [...heard].sort()).toEqual(['plain-fetch', 'plain-image', 'plain-worker']);

  const cells = [
    ts('code', `${tries('code')}\nawait Promise.all(done);\nconst tried = 1;`),
    sql('query', `SELECT * FROM read_csv('${at('sql')}')`),
    ts('after', 'tried + 1'),
  ];
  const image = `![x](${at('markdown-image')})`;
  await page.goto(laid('hostile.html', await onePage(`${notebookText('Hostile', cells)}\n${image}\n`)));
  const notebook = new NotebookPage(page);
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectState('query', 'error');
  await expect(notebook.cell('code')).toHaveClass(/\b(ok|error)\b/);
  // The walls of the page itself: even its own script, in the page and in a worker, gets nothing out.
  const own = await page.evaluate(async (code) => {
    const url = URL.createObjectURL(new Blob([`${code}; export default 1;`], { type: 'text/javascript' }));
    await import(url);
    return document.querySelectorAll('script[src], link[rel=modulepreload]').length;
  }, tries('own'));
  expect(own).toBe(0);
  // Whatever was sent before this is heard before it is.
  await page.goto(laid('last.html', `<script>fetch("${at('last')}", { mode: "no-cors" })</script>`));
  await expect.poll(() => heard.has('last')).toBe(true);
  expect([...heard].sort()).toEqual(['last', 'plain-fetch', 'plain-image', 'plain-worker']);
  await context.close();
  server.close();
});

test('a page that was cut short or changed on its way says so, and opens nothing', async ({ browser }) => {
  const html = await onePage(notebookText('Torn', [sql('one', 'SELECT 1 AS a')]));
  const changed = (at: number): string => `${html.slice(0, at)}${html[at] === 'A' ? 'B' : 'A'}${html.slice(at + 1)}`;
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  for (const [name, text] of [
    ['cut.html', html.slice(0, html.length - 5_000)],
    ['changed.html', changed(html.indexOf('data-name="mount-') + 5_000)],
    ['database.html', changed(html.indexOf('data-kind="wasm"') + 5_000_000)],
  ] as const) {
    await page.goto(laid(name, text));
    await expect(page.getByText('This page is not whole'), name).toBeVisible();
    await expect(page.getByRole('button'), name).toHaveCount(0);
  }
  await context.close();
});
