import { expect, test } from '@playwright/test';
import { servePage } from '../tools/serve';
import { startBrowser } from './browser';
import { notebookText, openNotebook, outputs, runButton, settled } from './hostile';
import { startListeners } from './listeners';
import { codeNotebook, drawingNotebook, proseNotebook, sqlNotebook } from './notebooks';

test('opening a notebook runs nothing until Run is pressed, and says what it can and cannot do', async () => {
  const listeners = await startListeners();
  const served = await servePage();
  const { ports } = listeners;
  const browser = await startBrowser(listeners);
  const page = await browser.context.newPage();
  await openNotebook(
    page,
    served.url,
    notebookText([
      { kind: 'ts', source: `const choice = input.select(['a', 'b'], { label: 'Choice' });` },
      { kind: 'sql', source: 'SELECT ${choice} AS chosen', name: 'chosen', view: true },
      { kind: 'csv', source: 'a,b\n1,2', name: 'inline' },
      { kind: 'md', source: 'Value: {{ 40 + 2 }}' },
      { kind: 'md', source: '{{ chosen.at(0).chosen }}' },
      ...codeNotebook(ports, served.url).slice(0, 20),
      ...drawingNotebook(ports, served.url),
      ...sqlNotebook(ports, served.url).slice(0, 20),
      ...proseNotebook(ports, served.url).slice(0, 20),
    ]),
  );

  // Not by time, by selecting, by a data file that arrives, by editing or by coming back.
  await page.waitForTimeout(1_000);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.setInputFiles('input[type=file]', {
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a\n1\n'),
  });
  await expect(page.getByText('orders').first()).toBeVisible();
  await page.waitForTimeout(1_000);
  expect(await page.locator('.cell:is(.ok, .running, .queued)').count()).toBe(0);
  // What a cell is refused for can be read before it runs; what it would show cannot.
  expect(await outputs(page)).not.toMatch(/tried|made|forged|written|Choice/);
  expect(await page.locator('iframe').count(), 'the kernel has not even been started').toBe(0);
  await expect(page.locator('.prose').first()).not.toContainText('42');

  const trust = page.getByRole('region', { name: 'Nothing has run yet.' });
  await expect(trust).toContainText('It cannot send anything anywhere.');
  await trust.getByText('What it can and cannot do').click();
  await expect(trust.getByText('It cannot reach the network')).toBeVisible();
  await expect(trust.getByText('It can compute with the data files')).toBeVisible();
  await expect(trust.getByText('It cannot see your other notebooks')).toBeVisible();

  // The same page runs it when asked: the silence before was not a page that cannot run.
  await runButton(page).click();
  await settled(page);
  await expect(page.locator('.prose').first()).toContainText('42');
  const logged = await browser.close();
  expect([...listeners.heard.keys(), ...logged]).toEqual([]);
  await served.close();
  await listeners.close();
});
