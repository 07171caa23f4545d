import { expect } from '@playwright/test';
import { listenForTrouble, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';
import { shell } from '../../bench/figures/shell';
import { BUILT, servePage } from '../tools/serve';

test('what must arrive before the shell is shown stays below its limit', async () => {
  for await (const { what, ours, reach, met } of await shell({ dist: BUILT, harness: '' }))
    expect(met, `${what}: ${ours}, ${reach}`).toBe(true);
});

test('the page works under a sub-path, with no response header but the content type', async ({ browser }) => {
  const site = await servePage('/a/b/');
  const context = await browser.newContext();
  const page = await context.newPage();
  const trouble = listenForTrouble(page);
  const headers = new Set<string>();
  page.on('response', async (response) => {
    if (!response.url().startsWith(site.url)) return;
    for (const name of Object.keys(await response.allHeaders())) headers.add(name);
  });
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.openAndRun(notebookText('Sub-path', [sql('one', 'SELECT 42 AS n'), ts('two', 'one.at(0).n + 1')]));
  await notebook.expectRows('one', [['42']]);
  await expect(notebook.output('two')).toContainText('43');
  expect(trouble).toEqual([]);
  expect(site.requests.every((path) => path.startsWith('/a/b/'))).toBe(true);
  expect([...headers].sort()).toEqual(['connection', 'content-type', 'date', 'keep-alive', 'transfer-encoding']);
  await context.close();
  await site.close();
});

test('after one visit the page and its samples work without a network, before a reload and after', async ({
  browser,
}) => {
  const site = await servePage('/a/b/');
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  const said = listenForTrouble(page);
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  // The visit's own page is told to fetch by the service worker once that holds every file.
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  expect(site.requests.filter((path) => path.startsWith('/a/b/demo/')).length).toBeGreaterThanOrEqual(6);
  // It can be installed, but for the reason that this context keeps nothing.
  const browserOf = await context.newCDPSession(page);
  const { installabilityErrors } = await browserOf.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  expect(said).toEqual([]);
  await site.close();

  const trouble = listenForTrouble(page);
  await page.getByRole('button', { name: /^Try the sample bakery/ }).click();
  for (const id of ['weeks', 'picture', 'sure', 'stack']) await notebook.expectState(id, 'ok');
  expect(await notebook.output('stack').locator('svg rect').count()).toBeGreaterThan(100);
  await notebook.goHome();
  await page.reload();
  await notebook.openTemplate('Weekly performance');
  for (const id of ['trend', 'repeat', 'channels']) await notebook.expectState(id, 'ok');
  expect(trouble).toEqual([]);
  await context.close();
});
