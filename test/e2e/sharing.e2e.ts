import { expect, type Page } from '@playwright/test';
import { fingerprint, newAuthorKey, sign } from '../../src/share/sign';
import { csvFile, listenForTrouble, md, notebookText, NotebookPage, sql, test, ts } from '../tools/notebook-page';
import { axeFindings, WIDE_LOOKS } from '../tools/axe';

const DATA = 'day,channel,revenue\n2026-01-01,search,10\n2026-01-02,social,32\n';
const ORDERS = csvFile('orders.csv', DATA);
const NOTEBOOK = notebookText('Weekly sales', [
  md('# Weekly sales\n\nIn all: **{{ total.at(0).revenue }}**'),
  sql('total', 'SELECT sum(revenue) AS revenue FROM orders'),
  ts('chart', 'Plot.barY(total, { y: "revenue" }).plot()'),
]);

/** A page with the notebook above, run over its data. */
async function shown(page: Page, url: string): Promise<NotebookPage> {
  const notebook = new NotebookPage(page);
  await notebook.visit(url);
  await notebook.open(NOTEBOOK);
  await notebook.choose(ORDERS);
  await expect(notebook.toast(/orders: 2 rows/).or(page.getByText('2 rows').first())).toBeVisible();
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectState('chart', 'ok');
  await expect(notebook.output('chart').locator('svg rect')).toHaveCount(1);
  return notebook;
}

/** What was opened has its cells and its data, and nothing of it has run. */
async function expectOpened(notebook: NotebookPage): Promise<void> {
  await expect(notebook.runNotebook).toBeVisible();
  await expect(notebook.cell('total')).toBeVisible();
  expect(await notebook.page.locator('.cell:is(.ok, .running, .queued)').count(), 'nothing has run').toBe(0);
  expect(await notebook.page.locator('iframe').count(), 'the kernel has not been started').toBe(0);
}

test('an archive carries the notebook, its data and results; dropped, it opens and runs nothing until asked', async ({
  page,
  site,
}) => {
  const trouble = listenForTrouble(page);
  const notebook = await shown(page, site.url);
  const { name, bytes } = await notebook.download(() => notebook.menu('Share', /Save with data/));
  expect(name).toBe('Weekly sales.zip');
  for (const entry of ['Weekly sales.nb.md', 'data/orders.csv', 'results/report.html', 'results/total.csv']) {
    expect(bytes.includes(entry), entry).toBe(true);
  }
  await notebook.goHome();
  await notebook.drop({ name, mimeType: 'application/zip', buffer: bytes });
  await expectOpened(notebook);
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectRows('total', [['42']]);
  expect(trouble).toEqual([]);
});

test('a viewer gets the results without a row of the data, and cannot run them', async ({ page, site, browser }) => {
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  const channels = ['search', 'social'];
  const rows = Array.from(
    { length: 40 },
    (_, i) => `2026-01-${10 + (i % 9)},${channels[i % 2]},${i + 0.25},secret-${i}@example.com,Secret${i}`,
  );
  await notebook.open(
    notebookText('For a viewer', [
      md('# For a viewer\n\nIn all: **{{ total.at(0).revenue }}**'),
      sql('all_rows', 'SELECT * FROM orders'),
      sql('total', 'SELECT sum(revenue) AS revenue FROM orders'),
      sql('by_channel', 'SELECT channel, sum(revenue) AS revenue FROM orders GROUP BY channel ORDER BY channel'),
      sql('dear', 'SELECT email::DATE AS day FROM orders'),
      sql('best', 'SELECT email AS e, sum(revenue) AS revenue FROM orders GROUP BY 1 HAVING sum(revenue) > 37'),
      sql('renamed', 'SELECT first_name AS who, channel, revenue FROM orders'),
      sql('few', 'SELECT channel, sum(revenue) AS revenue FROM small GROUP BY 1'),
      sql('small', "SELECT ['search', 'social'][1 + range % 2] AS channel, range AS revenue FROM range(12)"),
      { kind: 'check', id: 'held', source: 'small.revenue is at least 0\norders.revenue is at least 0' },
      ts('inspected', 'display(all_rows.slice(0, 3)); display(all_rows.map((row) => row.email).join(" "))'),
      ts('addressed', 'levain.md`Best: ${all_rows[0].email}, not ${all_rows[1].day}`'),
      ts('picked', 'input.select(all_rows.slice(0, 3).map((row) => row.email), { label: "Who" })'),
      ts('drawn', 'Plot.barX(best, { x: "revenue", y: "e", marginLeft: 160 }).plot()'),
      md('And {{ best.at(0).e }}, {{ best.length }} of them. Questions to boss@bakery.test.'),
      ts('chart', 'Plot.barY(by_channel, { x: "channel", y: "revenue" }).plot()'),
      { kind: 'csv', id: 'typed', source: 'who\nsecret-typed@example.com' },
    ]),
  );
  await notebook.choose(csvFile('orders.csv', `day,channel,revenue,email,first_name\n${rows.join('\n')}\n`));
  await expect(page.getByText('40 rows').first()).toBeVisible();
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectState('chart', 'ok');
  await notebook.menu('Share', 'Share with …');
  const dialog = page.getByRole('dialog', { name: 'What may your colleague do?' });
  await expect(dialog.getByRole('checkbox', { name: /by_channel/ })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /all_rows/ })).not.toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /best.*Holds personal data: e\./ })).not.toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /renamed.*Holds personal data: who\./ })).not.toBeChecked();
  // Of 40 orders it would be a summary; it is of 12, and that a check before it reads 40 makes it none.
  await expect(dialog.getByRole('checkbox', { name: /few/ })).not.toBeChecked();
  await expect(dialog.getByRole('status')).toHaveText(
    /^E-mail addresses are written in the text of .*, which goes along/,
  );
  expect(await axeFindings(page)).toEqual([]);
  const { name, bytes } = await notebook.download(() =>
    dialog.getByRole('button', { name: 'Save for a viewer' }).click(),
  );
  expect(name).toBe('For a viewer results.html');
  const text = bytes.toString();
  expect(text).toContain('For a viewer');
  for (const raw of ['secret', 'example.com', '17.25', 'SELECT', '2026-01-10', '<script']) {
    expect(text.includes(raw), raw).toBe(false);
  }
  const context = await browser.newContext({ offline: true });
  const viewed = await context.newPage();
  await viewed.setContent(text);
  await expect(viewed.locator('td', { hasText: 'search' })).toBeVisible();
  await expect(viewed.locator('svg rect').first()).toBeVisible();
  await expect(viewed.getByText('nothing in it can be run')).toBeVisible();
  await context.close();
  await notebook.drop({ name, mimeType: 'text/html', buffer: bytes });
  await expect(notebook.toast(/is a report: it holds results to read/)).toBeVisible();

  // The other two roles, by keyboard.
  await notebook.menu('Share', 'Share with …');
  await dialog.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const editors = await notebook.download(() => page.keyboard.press('Enter'));
  expect(editors.name).toBe('For a viewer.nb.md');
  expect(editors.bytes.toString()).toContain('SELECT * FROM orders');
  expect(editors.bytes.toString()).not.toContain('secret-1@');
});

test('an archive of a notebook whose data are not here says what it lacks', async ({ page, site }) => {
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.open(notebookText('Empty', [sql('total', 'SELECT 1 AS a')], 'files:\n  orders.csv: {}\n'));
  const { bytes } = await notebook.download(() => notebook.menu('Share', /Save with data/));
  expect(bytes.includes('data/')).toBe(false);
  await expect(notebook.toast('Not in the file, because not here: orders.csv.')).toBeVisible();
});

test('an encrypted file asks for its passphrase, again where it does not fit', async ({ page, site }) => {
  const notebook = await shown(page, site.url);
  await notebook.menu('Share', 'Save encrypted …');
  const dialog = page.getByRole('dialog', { name: 'Save encrypted' });
  const action = dialog.getByRole('button', { name: 'Save encrypted' });
  await dialog.getByLabel('Passphrase').fill('password1');
  await expect(dialog.getByText(/^Weak/)).toBeVisible();
  await expect(action).toBeDisabled();
  await dialog.getByLabel('Passphrase').fill('velvet tractor nine monsoon');
  await expect(dialog.getByText(/^Good/)).toBeVisible();
  const { name, bytes } = await notebook.download(() => action.click());
  expect(name).toBe('Weekly sales.levain');
  expect(bytes.includes('Weekly') || bytes.includes('orders')).toBe(false);

  await notebook.goHome();
  await notebook.choose({ name, mimeType: '', buffer: bytes });
  const ask = page.getByRole('dialog', { name: /is encrypted/ });
  await ask.getByLabel('Passphrase').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(ask.getByRole('alert')).toContainText('does not fit');
  await ask.getByLabel('Passphrase').fill('velvet tractor nine monsoon');
  await page.keyboard.press('Enter');
  await expectOpened(notebook);
});

test('a link holds the notebook and its data; opened, it runs nothing', async ({ page, site }) => {
  const notebook = await shown(page, site.url);
  await notebook.menu('Share', /Copy a link/);
  await expect(notebook.toast(/Link copied. The notebook and its data/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(8192);

  const other = await page.context().newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  await other.goto(link);
  const opened = new NotebookPage(other);
  await expectOpened(opened);
  expect(
    asked.filter((url) => url.includes('share=')),
    'the fragment is not sent',
  ).toEqual([]);
  await opened.runNotebook.click();
  await opened.rest();
  await opened.expectRows('total', [['42']]);
  // Put into the address of a page that is open, it asks: another site could put one there again and again.
  const heading = other.getByRole('heading', { name: 'Weekly sales' });
  await expect(heading).toBeVisible();
  const address = other.url();
  await other.goto(`${link.slice(0, -40)}`);
  await expect(opened.toast(/The address of this page holds another notebook/)).toBeVisible();
  await expect(heading).toBeVisible();
  await other.getByRole('button', { name: 'Open it' }).click();
  await expect(opened.toast(/The link is damaged/)).toBeVisible();
  await other.goto(link);
  await other.getByRole('button', { name: 'Open it' }).click();
  // One link is one notebook, however often it is followed.
  await expect.poll(() => other.url()).toBe(address);
  await expect(opened.toast(/as you left it/i)).toBeVisible();
});

test('a signed notebook says who signed it, and that it was changed since', async ({ page, site }) => {
  const notebook = await shown(page, site.url);
  await notebook.menu('Share', 'Sign …');
  await page.getByLabel('Your name').fill('Ada Baker');
  await page.keyboard.press('Enter');
  const signature = page.locator('.signature');
  await expect(signature).toContainText(
    /Signed by Ada Baker on \d{4}-\d\d-\d\d, text and data unchanged\.\s+With the key of this browser\./,
  );
  await notebook.expectState('chart', 'ok');
  await notebook.menu('Share', 'Share with …');
  await page.getByRole('radio', { name: /Work on the notebook/ }).check();
  const text = (await notebook.download(() => page.keyboard.press('Enter'))).bytes.toString();
  await notebook.write('total', 'SELECT 1 AS revenue');
  await expect(signature).toContainText('it was changed since');

  // As a colleague gets it: with the data that were signed, and with others of their shape.
  for (const [data, says] of [
    [DATA, 'text and data unchanged'],
    [DATA.replace('32', '41'), 'text unchanged.  But orders.csv is not the file that was signed'],
  ] as const) {
    await notebook.goHome();
    await notebook.open(text);
    await expect(signature).toContainText('text unchanged.  orders.csv will be looked at once it is here.');
    await notebook.choose(csvFile('orders.csv', data));
    await expect(signature).toContainText(says);
  }
});

test('a signer whose key is new is asked about; once known, another key of that name is warned of', async ({
  page,
  site,
}) => {
  const [ada, other] = await Promise.all([newAuthorKey(), newAuthorKey()]);
  const signed = (key: CryptoKeyPair) => sign(NOTEBOOK, 'Ada Baker', key, '2026-03-01');
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  const signature = page.locator('.signature');
  await notebook.open(await signed(ada));
  await expect(signature).toContainText(`Key ${await fingerprint(ada.publicKey)}, new to you`);
  await signature.getByRole('button', { name: 'It is theirs' }).click();
  await expect(signature).toContainText('With the key you know as Ada Baker’s.');

  await notebook.goHome();
  await notebook.open(await signed(other));
  await expect(signature).toContainText('You know Ada Baker by another key.');
  await notebook.goHome();
  await notebook.open((await signed(ada)).replace('sum(revenue)', 'max(revenue)'));
  await expect(signature).toContainText('it was changed since');
  await expect(signature.getByRole('button')).toHaveCount(0);
});

test('a report is one file without a script, with text, table and chart, and says the same', async ({ page, site }) => {
  const notebook = await shown(page, site.url);
  await notebook.menu('Share', /Save a report/);
  const { name, bytes } = await notebook.download(() => page.getByRole('button', { name: 'Save the report' }).click());
  expect(name).toBe('Weekly sales report.html');
  const html = bytes.toString();
  expect(html).not.toMatch(/<script|SELECT sum/);
  const report = await page.context().newPage();
  const trouble = listenForTrouble(report);
  const asked: string[] = [];
  report.on('request', (request) => asked.push(request.url()));
  await report.route('**/*', (route) => route.fulfill({ body: html, contentType: 'text/html' }), { times: 1 });
  await report.goto('http://report.example/');
  await expect(report.getByRole('heading', { name: 'Weekly sales' })).toBeVisible();
  await expect(report.getByText('In all: 42')).toBeVisible();
  await expect(report.getByRole('columnheader', { name: 'revenue' })).toBeVisible();
  await expect(report.getByRole('cell', { name: '42', exact: true })).toBeVisible();
  await expect(report.locator('figure svg rect')).toHaveCount(1);
  expect(asked).toEqual(['http://report.example/']);
  expect(trouble).toEqual([]);
  await report.close();

  // Addresses among the rows on show are told of before they go out.
  await notebook.rewrite('total', "SELECT 42 AS revenue, 'ann@example.org' AS contact, 7.5::DOUBLE AS email_revenue");
  await notebook.expectRows('total', [['42', 'ann@example.org', '7.5']]);
  await notebook.menu('Share', /Save a report/);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('personal data: total.contact.');
  await dialog.getByLabel('Rows of each table').selectOption('0');
  await expect(dialog.getByRole('status')).toHaveCount(0);
  await page.keyboard.press('Escape');

  // Within longer texts, too, and in what stands besides tables.
  await notebook.rewrite('total', "SELECT 42 AS revenue, 'Ann <ann@example.org>; Bo <bo@example.org>' AS who");
  await notebook.rewrite('chart', 'levain.md`Write to ann@example.org`');
  await notebook.expectState('chart', 'ok');
  await notebook.menu('Share', /Save a report/);
  await expect(dialog.getByRole('status').first()).toContainText('personal data: total.who.');
  await expect(dialog.getByRole('status').last()).toContainText(
    'E-mail addresses stand in the text, charts or controls of',
  );
  await dialog.getByLabel('Rows of each table').selectOption('0');
  await expect(dialog.getByRole('status')).toHaveCount(1);
  await page.keyboard.press('Escape');
  // Before it is saved, not after.
  await notebook.menu('Share', /Excel workbook/);
  const warned = page.getByRole('dialog', { name: 'Weekly sales.xlsx holds personal data' });
  await expect(warned).toContainText('In total.who. Whoever gets the file can read them');
  await expect(warned.getByRole('button', { name: 'Cancel' })).toBeFocused();
  const workbook = await notebook.download(() => warned.getByRole('button', { name: 'Save it' }).click());
  expect(workbook.name).toBe('Weekly sales.xlsx');
  await expect(warned).toHaveCount(0);
});

test('personal data go out with the data only once the reader has seen where they are', async ({ page, site }) => {
  const notebook = await shown(page, site.url);
  await notebook.choose(
    csvFile('people.csv', 'who,wrote_to,mobile\nAnn,ann@example.org,0470 12\nBo,bo@example.org,0471 34\n'),
  );
  await expect(notebook.toast(/people: 2 rows/).or(page.getByText('people').first())).toBeVisible();
  await notebook.menu('Share', /Save with data/);
  const asked = page.getByRole('dialog', { name: 'Weekly sales.zip holds personal data' });
  await expect(asked).toContainText(
    'In people.wrote_to, people.mobile. Whoever gets the file can read them: save it encrypted',
  );
  const { bytes } = await notebook.download(() => asked.getByRole('button', { name: 'Save it' }).click());
  expect(bytes.includes('data/people.csv')).toBe(true);
  await notebook.menu('Share', /Copy a link/);
  const link = page.getByRole('dialog', { name: 'The link holds personal data' });
  await link.getByRole('button', { name: 'Cancel' }).click();
  await expect(link).toHaveCount(0);
  await expect(notebook.toast(/Link copied/)).toHaveCount(0);
  await notebook.menu('Share', /Copy a link/);
  await link.getByRole('button', { name: 'Copy it' }).click();
  await expect(notebook.toast(/Link copied. The notebook and its data/)).toBeVisible();
});

test('a Jupyter notebook goes out with results and comes back in', async ({ page, site }) => {
  const notebook = await shown(page, site.url);
  const { name, bytes } = await notebook.download(() => notebook.menu('Share', /Jupyter/));
  expect(name).toBe('Weekly sales.ipynb');
  const { cells, nbformat_minor } = JSON.parse(bytes.toString()) as {
    nbformat_minor: number;
    cells: { id: string; source: string[]; outputs?: object[] }[];
  };
  expect(nbformat_minor).toBe(5);
  expect(cells[0]!.source.join('')).toBe('# Weekly sales\n\nIn all: **42**');
  expect(cells.map(({ id }) => id)).toEqual(['top', 'total', 'chart']);
  expect(JSON.stringify(cells[1]!.outputs)).toContain('42');
  expect(JSON.stringify(cells[2]!.outputs)).toContain('image/svg+xml');
  await notebook.goHome();
  await notebook.choose({ name, mimeType: '', buffer: bytes });
  await expectOpened(notebook);
  // With the expression, not the value that Jupyter showed.
  await expect(notebook.prose('In all:')).toContainText('…');
});

test('a bomb, a torn archive and a page that is no notebook are refused with a message, and nothing opens', async ({
  page,
  site,
}) => {
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  const { packArchive } = await import('../../src/share/archive');
  const zeros = new File([new Uint8Array(64 << 20)], 'zeros.csv');
  const bomb = Buffer.from(await (await packArchive('x', { text: '# x\n', data: [zeros], results: [] })).arrayBuffer());
  expect(bomb.length).toBeLessThan(70_000);
  for (const [name, buffer, message] of [
    ['bomb.zip', bomb, /made to fill a computer/],
    ['torn.zip', bomb.subarray(0, 3000), /damaged, was changed, or was cut short/],
    ['page.html', Buffer.from('<!doctype html><p>Hi'), /holds no notebook/],
    ['x.ipynb', Buffer.from('{'), /no JSON/],
  ] as const) {
    await notebook.choose({ name, mimeType: '', buffer });
    await expect(notebook.toast(message)).toBeVisible();
  }
  await expect(page.getByRole('heading', { name: 'Drop a CSV file here' })).toBeVisible();
});

test('a notebook opened without its data takes a file under other names, asks which column is which, and remembers it', async ({
  page,
  site,
}) => {
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  const files = 'files:\n  orders.csv: {columns: {day: DATE, channel: VARCHAR, revenue: DOUBLE}}\n';
  await notebook.open(notebookText('Relinked', [sql('total', 'SELECT sum(revenue) AS revenue FROM orders')], files));
  const renamed = csvFile(
    'Bestellungen 2026.csv',
    'Datum;channel;Umsatz\n2026-01-01;search;10,5\n2026-01-02;social;31,5\n',
  );
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose the file …' }).click();
  await (await chooser).setFiles(renamed);
  const dialog = page.getByRole('dialog', { name: 'orders.csv has other columns' });
  await expect(dialog.getByLabel('day')).toHaveValue('datum');
  await expect(dialog.getByLabel('revenue')).toHaveValue('umsatz');
  await expect(dialog.getByRole('combobox'), 'what has its name is not asked for').toHaveCount(2);
  await dialog.getByRole('button', { name: 'Read it so' }).click();
  await notebook.runNotebook.click();
  await notebook.rest();
  await notebook.expectRows('total', [['42']]);

  // The mapping is in the notebook: the next export needs no question.
  await notebook.choose(csvFile('orders.csv', 'Datum;channel;Umsatz\n2026-01-03;search;7,5\n2026-01-04;social;0,25\n'));
  await notebook.expectRows('total', [['7.75']]);
  await expect(dialog).toHaveCount(0);
});

test('every dialog is clear to axe in light and dark, opens with its field focused, and closes with Escape', async ({
  page,
  site,
}) => {
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  await notebook.open(NOTEBOOK);
  const found: string[] = [];
  for (const item of ['Save encrypted …', 'Sign …', 'Save a report (HTML) …']) {
    await notebook.menu('Share', item);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    expect(await dialog.evaluate((element) => element.contains(document.activeElement)), item).toBe(true);
    for (const line of await axeFindings(page, WIDE_LOOKS, 'dialog')) found.push(`${item}, ${line}`);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  expect(found).toEqual([]);
});

test('a report prints whole: nothing is cut off at the side, and links say where they lead', async ({ page, site }) => {
  const notebook = new NotebookPage(page);
  await notebook.visit(site.url);
  const wide = Array.from({ length: 30 }, (_, i) => `${i} AS column_${i}`).join(', ');
  await notebook.openAndRun(
    notebookText('Wide', [md('[a site](https://a.example/x)'), sql('wide', `SELECT ${wide} FROM range(300)`)]),
  );
  await notebook.menu('Share', /Save a report/);
  await page.getByLabel('Rows of each table').selectOption({ label: 'the first 1,000' });
  const { bytes } = await notebook.download(() => page.getByRole('button', { name: 'Save the report' }).click());
  await page.goto('about:blank');
  await page.setContent(bytes.toString());
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('a').evaluate((link) => getComputedStyle(link, '::after').content)).toContain('a.example');
  // A4 within its margins.
  await page.setViewportSize({ width: 673, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(673);
  await expect(page.locator('tbody tr')).toHaveCount(300);
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
  expect(pages).toBeGreaterThan(3);
});
