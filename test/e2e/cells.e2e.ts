import { expect, type Page } from '@playwright/test';
import { csv, csvFile, md, notebookText, NotebookPage, sql, tellWhatWasShown, test, ts } from '../tools/notebook-page';

let page: Page;
let notebook: NotebookPage;

test.beforeAll(async ({ browser, site }) => {
  page = await browser.newPage();
  notebook = new NotebookPage(page);
  await notebook.visit(site.url);
});
test.afterEach(({ browserName: _ }, info) => tellWhatWasShown(page, info));
test.afterAll(() => page.close());

test('SQL feeds TypeScript feeds SQL feeds text, and an edit upstream runs what reads it', async () => {
  await notebook.openAndRun(
    notebookText('Chain', [
      sql('base', 'SELECT range AS n FROM range(1, 5)'),
      ts('doubled', 'const doubled = base.map((row) => ({ n: row.n, twice: row.n * 2 }));\ndoubled.length'),
      sql('total', 'SELECT sum(twice)::INTEGER AS total FROM doubled'),
      md('The total is **{{ total.at(0).total }}** of {{ doubled.length }} rows.'),
    ]),
  );
  for (const id of ['base', 'doubled', 'total']) await notebook.expectState(id, 'ok');
  await expect(notebook.prose('The total is')).toContainText('The total is 20 of 4 rows.');
  await notebook.expectRows('total', [['20']]);

  await notebook.rewrite('base', 'SELECT range AS n FROM range(1, 11)');
  await expect(notebook.prose('The total is')).toContainText('The total is 110 of 10 rows.');
  await notebook.expectRows('total', [['110']]);
});

test('what is edited and not run is stale, and so is what reads it, each with its reason', async () => {
  await notebook.openAndRun(
    notebookText('Stale', [
      sql('base', 'SELECT 1 AS n'),
      sql('after', 'SELECT n + 1 AS m FROM base'),
      sql('apart', 'SELECT 7 AS x'),
    ]),
  );
  await notebook.write('base', 'SELECT 2 AS n');
  await notebook.expectState('base', 'stale');
  await expect(notebook.cell('base')).toHaveAccessibleName('SQL cell base, stale: edited');
  await notebook.expectState('after', 'stale');
  await expect(notebook.cell('after')).toHaveAccessibleName('SQL cell after, stale: base changed');
  await notebook.expectState('apart', 'ok');

  // Where no state stands beside a cell, its result says itself that it is of before: on paper, and to an audience.
  const old = page.getByText('Worked out before the last change, and not since.');
  const seen = async (): Promise<number> => (await old.filter({ visible: true }).all()).length;
  expect(await seen()).toBe(0);
  await page.emulateMedia({ media: 'print' });
  expect(await seen()).toBe(2);
  await page.emulateMedia({ media: 'screen' });
  await notebook.cell('base').focus();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('Show as an app');
  await page.keyboard.press('Enter');
  await expect.poll(seen).toBe(2);
  await page.getByRole('button', { name: 'Back to the notebook' }).click();
  await expect.poll(seen).toBe(0);

  await notebook.cell('after').getByRole('button', { name: 'Run cell' }).click();
  await notebook.expectState('base', 'ok');
  await notebook.expectState('after', 'ok');
  await notebook.expectRows('after', [['3']]);

  await notebook.cell('base').focus();
  await page.keyboard.type('dd');
  const gone = 'SQL cell after, stale: nothing is called base any more';
  await expect(notebook.cell('after')).toHaveAccessibleName(gone);
});

test('a misspelt column is an error with its line and the nearest name, which a button puts in', async () => {
  await notebook.openAndRun(
    notebookText('Misspelt', [
      csv('sales', 'town,revenue\nGent,10\nBrugge,5'),
      sql('total', 'SELECT\n  town,\n  sum(revenu) AS total\nFROM sales\nGROUP BY town\nORDER BY town'),
      sql('after', 'SELECT max(total) AS most FROM total'),
    ]),
  );
  await notebook.expectState('total', 'error');
  await notebook.expectState('after', 'blocked');
  await expect(notebook.cell('after')).toHaveAccessibleName(/blocked: waits for total/);
  await expect(notebook.problem('total')).toContainText('revenu');
  await expect(notebook.problem('total').locator('pre')).toContainText('sum(revenu) AS total');
  await expect(notebook.problem('total').locator('pre .line').first()).toHaveText('3');
  await notebook.problem('total').getByRole('button', { name: 'Use revenue' }).click();
  await expect(notebook.cell('total').getByRole('textbox', { name: /^Source/ })).toContainText('sum(revenue) AS total');
  await notebook.runAll();
  await notebook.expectRows('total', [
    ['Brugge', '5'],
    ['Gent', '10'],
  ]);
  await notebook.expectRows('after', [['10']]);
});

test('an error in TypeScript names the line of the cell and its cause', async () => {
  await notebook.openAndRun(
    notebookText('Wrong', [
      ts(
        'runs',
        'const list: number[] = [1, 2];\nconst none: { deep?: { value: number } } = {};\nnone.deep!.value + list.length',
      ),
      ts('parses', 'const a = 1;\nconst b = (a + ;\n'),
      ts('unknown', 'const c = 1;\nunheardOf + c'),
    ]),
  );
  await expect(notebook.problem('runs').locator('pre .line').first()).toHaveText('3');
  await expect(notebook.problem('runs')).toContainText(/undefined/);
  await expect(notebook.problem('parses').locator('pre .line').first()).toHaveText('2');
  await expect(notebook.problem('unknown')).toContainText('unheardOf');
});

test('duplicate, circular and missing names are clear errors, and the rest runs', async () => {
  await notebook.openAndRun(
    notebookText('Names', [
      sql('twice', 'SELECT 1 AS x'),
      ts('other', 'const twice = 2;'),
      sql('chicken', 'SELECT * FROM egg'),
      sql('egg', 'SELECT * FROM chicken'),
      sql('lost', 'SELECT * FROM nowhere'),
      sql('fine', 'SELECT 42 AS answer'),
    ]),
  );
  await expect(notebook.problem('twice')).toContainText(/twice/);
  await expect(notebook.problem('other')).toContainText(/twice/);
  await expect(notebook.problem('chicken')).toContainText(/chicken.*egg|egg.*chicken/);
  await expect(notebook.problem('egg')).toContainText(/chicken.*egg|egg.*chicken/);
  await expect(notebook.problem('lost')).toContainText('nowhere');
  for (const id of ['twice', 'other', 'chicken', 'egg', 'lost']) await notebook.expectState(id, 'error');
  await notebook.expectState('fine', 'ok');
  await notebook.expectRows('fine', [['42']]);

  await notebook.rewrite('egg', 'SELECT 3 AS x');
  await notebook.expectState('egg', 'ok');
  await notebook.runAll();
  await notebook.expectRows('chicken', [['3']]);
});

test('after an error the last good output stays, dimmed', async () => {
  await notebook.openAndRun(notebookText('Dimmed', [sql('one', 'SELECT 11 AS n')]));
  await expect(notebook.output('one').locator('.dimmed')).toHaveCount(0);
  await notebook.rewrite('one', "SELECT 'eleven'::INTEGER AS n");
  await notebook.expectState('one', 'error');
  await expect(notebook.output('one').locator('.dimmed')).toContainText('11');
  await expect(notebook.output('one')).toContainText(/eleven[\s\S]*Result of the last good run/);
  await expect(notebook.problem('one').locator('xpath=ancestor::*[contains(@class, "dimmed")]')).toHaveCount(0);
  await notebook.expectRows('one', [['11']]);
  await expect(notebook.problem('one')).toContainText('eleven');
});

test('a value that fails late in a result is an error, not a short table', async () => {
  await notebook.openAndRun(
    notebookText('Late', [
      sql('late', "SELECT CASE WHEN range = 900000 THEN 'x' ELSE range::VARCHAR END::INTEGER AS n FROM range(1000000)"),
      sql('whole', 'SELECT range::VARCHAR::INTEGER AS n FROM range(1000000)'),
    ]),
  );
  await notebook.expectState('late', 'error');
  await expect(notebook.problem('late')).toContainText(/'x'/);
  await expect(notebook.output('late').getByRole('grid')).toHaveCount(0);
  await expect(notebook.output('whole')).toContainText('1,000,000 rows');
});

/** A query of minutes; the sum keeps the planner from answering it without work. */
const SLOW = 'SELECT sum(sin(a.range + b.range)) AS s FROM range(1000000) a, range(100000) b';

test('a running query is stopped, and the work goes on', async () => {
  await notebook.openAndRun(notebookText('Slow', [sql('quick', 'SELECT 5 AS n'), sql('slow', 'SELECT n FROM quick')]));
  await notebook.rewrite('slow', SLOW);
  await notebook.expectState('slow', 'running');
  const began = Date.now();
  await notebook.cell('slow').getByRole('button', { name: 'Stop cell' }).click();
  await notebook.expectState('slow', 'cancelled');
  const stopped = Date.now() - began;
  await notebook.rewrite('slow', 'SELECT n * 2 AS n FROM quick');
  await notebook.expectState('slow', 'ok');
  const answered = Date.now() - began;
  console.log(`a query was stopped in ${stopped} ms, and the next one answered ${answered} ms after the press`);
  // The next statement answered, so the engine was free: the stopped one would have held it for minutes.
  await notebook.expectRows('slow', [['10']]);
});

test('a double click on “Run all” runs all, and stops nothing', async () => {
  await notebook.openAndRun(
    notebookText('Twice', [sql('many', 'SELECT count(DISTINCT i % 1000003) AS n FROM range(6000000) t(i)')]),
  );
  await page.getByRole('button', { name: 'Run all' }).dblclick();
  await expect(notebook.cell('many')).toHaveClass(/\b(running|queued)\b/);
  await notebook.rest();
  await notebook.expectState('many', 'ok');
});

test('a value between texts that is no number is written there, and the others beside it', async () => {
  await notebook.openAndRun(
    notebookText('Rates', [
      sql('ads', 'SELECT 250 AS orders, 0 AS revenue, 0 AS spend, 0.0042 AS p'),
      md('{{ ads.at(0).orders }} orders, ROAS {{ ads.at(0).revenue / ads.at(0).spend }}, p = {{ ads.at(0).p }}'),
      md('{{ ads.at(0).orders + 1 }} orders, {{ ads.at(7).orders }} more'),
    ]),
  );
  await expect(notebook.prose('250 orders, ROAS NaN, p = 0.0042')).toBeVisible();
  const failed = notebook.prose('251 orders, ⚠ more');
  await expect(failed.getByRole('group', { name: 'Problem' })).toContainText(
    'What stands before .orders is undefined.',
  );
});

test('a long query says how far it has come and how much longer it takes', async () => {
  const counts = Array.from({ length: 12 }, (_, i) => `count(DISTINCT i % ${1_000_003 + i}) AS n${i}`);
  await notebook.openAndRun(
    notebookText('Long', [
      sql('many', 'SELECT range AS i FROM range(6000000)'),
      sql('one', 'SELECT 1 AS n FROM many LIMIT 1'),
    ]),
  );
  await notebook.rewrite('one', `SELECT ${counts.join(', ')} FROM many`);
  await expect(notebook.cell('one')).toContainText(/running.*\d s · \d+ %.*about \d+ s left/s, { timeout: 60_000 });
  await notebook.cell('one').getByRole('button', { name: 'Stop cell' }).click();
  await notebook.expectState('one', 'cancelled');
  await expect(notebook.cell('one')).not.toContainText(/about \d+ s left/);
});

test('an endless loop is stopped, and the work goes on', async () => {
  await notebook.openAndRun(
    notebookText('Endless', [
      sql('quick', 'SELECT 5 AS n'),
      ts('kept', 'const kept = 6;'),
      ts('loop', 'const looped = kept + 1;\nlooped'),
    ]),
  );
  await notebook.rewrite('loop', 'while (true) {}');
  await notebook.expectState('loop', 'running');
  // The page answers while the loop runs.
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  await expect(notebook.cell('kept')).toHaveAttribute('aria-current', 'true');
  const began = Date.now();
  await notebook.cell('loop').getByRole('button', { name: 'Stop cell' }).click();
  await notebook.expectState('loop', 'cancelled');
  const stopped = Date.now() - began;
  console.log(`an endless loop was stopped in ${stopped} ms`);
  // Pressed again and left alone, the loop is pointed out after a while, with a button that the keyboard reaches.
  await notebook.cell('loop').getByRole('button', { name: 'Run cell' }).click();
  await expect(notebook.cell('loop').getByRole('status')).toContainText('running for more than 5 seconds');
  await notebook.cell('loop').getByRole('button', { name: 'Stop it' }).focus();
  await page.keyboard.press('Enter');
  await notebook.expectState('loop', 'cancelled');
  await expect(notebook.cell('loop')).toBeFocused();
  await expect(notebook.cell('loop').getByRole('status')).toHaveCount(0);
  await notebook.rewrite('loop', 'const looped = kept * 7;\nlooped');
  await expect(notebook.output('loop')).toContainText('42');
  await notebook.expectState('quick', 'ok');
});

test('a slider and a select run what reads them', async () => {
  await notebook.openAndRun(
    notebookText('Controls', [
      ts(
        'controls',
        "const least = input.slider([0, 10], { label: 'At least', value: 3, step: 1 });\nconst town = input.select(['Gent', 'Brugge'], { label: 'Town' });",
      ),
      csv('sales', 'town,n\nGent,1\nGent,5\nBrugge,4\nBrugge,9'),
      sql('chosen', 'SELECT * FROM sales WHERE town = ${town} AND n >= ${least} ORDER BY n'),
      md('{{ chosen.numRows ?? chosen.length }} rows of {{ town }}'),
    ]),
  );
  await notebook.expectRows('chosen', [['Gent', '5']]);
  await notebook.output('controls').getByLabel('Town').selectOption('Brugge');
  await expect(notebook.output('chosen')).toContainText('2 rows');
  await notebook.output('controls').getByLabel('At least').focus();
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  await expect(notebook.output('chosen')).toContainText('1 row');
  await notebook.expectRows('chosen', [['Brugge', '9']]);
  await expect(notebook.prose('rows of')).toContainText('rows of Brugge');
  // Where controls stand is the reader's own: who sends the notebook on is told.
  await notebook.download(() => notebook.menu('Share', /Save with data/));
  await expect(notebook.toast(/finds its controls as the cells set them/)).toBeVisible();
});

test('what takes too long to follow controls by itself is told in one message, which runs all of it', async () => {
  const slow = (name: string, reads: string): string =>
    `await new Promise((done) => setTimeout(done, 2_100));\nconst ${name} = ${reads} * 2;\n${name}`;
  await notebook.openAndRun(
    notebookText('Slow', [
      ts('first', "const a = input.number({ label: 'A', value: 1 });"),
      ts('second', "const b = input.number({ label: 'B', value: 1 });"),
      ts('slowa', slow('doubleA', 'a')),
      ts('slowb', slow('doubleB', 'b')),
    ]),
  );
  await notebook.expectState('slowb', 'ok');
  await notebook.output('first').getByLabel('A').fill('4');
  await expect(notebook.toast(/^One cell waits for what you changed: last they took 2\.\d s/)).toBeVisible();
  await notebook.output('second').getByLabel('B').fill('5');
  await expect(notebook.toast(/^2 cells wait for what you changed: last they took 4\.\d s/)).toBeVisible();
  await expect(notebook.toast(/for what you changed/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Run them' }).click();
  await expect(notebook.output('slowa')).toContainText('8');
  await expect(notebook.output('slowb')).toContainText('10');
  await expect(notebook.toast(/for what you changed/)).toHaveCount(0);
});

test('every other kind of input gives its value', async () => {
  await notebook.openAndRun(
    notebookText('Inputs', [
      csv('people', 'name,age\nAnn,30\nBo,40\nCy,50'),
      ts(
        'given',
        `const count = input.number({ label: 'Count', value: 2 });
const word = input.text({ label: 'Word', value: 'rye' });
const on = input.checkbox({ label: 'On', value: false });
const days = input.dateRange({ label: 'Days', value: ['2024-01-01', '2024-01-31'] });
const some = input.table(people, { label: 'People' });`,
      ),
      ts('said', 'JSON.stringify({ count, word, on, some: some.length, run: Math.random() })'),
    ]),
  );
  await expect(notebook.output('said')).toContainText('"count":2,"word":"rye","on":false');
  const given = notebook.output('given');
  await given.getByLabel('Count').fill('8');
  await expect(notebook.output('said')).toContainText('"count":8');
  await given.getByLabel('Word').fill('spelt');
  await expect(notebook.output('said')).toContainText('"word":"spelt"');
  // Leaving the field gives nothing that was not given, so nothing runs for it.
  const said = await notebook.output('said').textContent();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.waitForTimeout(400);
  await notebook.expectState('said', 'ok');
  expect(await notebook.output('said').textContent()).toBe(said);
  await given.getByLabel('On').check();
  await expect(notebook.output('said')).toContainText('"on":true');
});

test('a small table written into a cell is a table like any other', async () => {
  await notebook.openAndRun(
    notebookText('Small', [
      csv('targets', 'channel,target\nsearch,100\nsocial,50'),
      sql('sum', 'SELECT sum(target)::INTEGER AS t FROM targets'),
    ]),
  );
  await notebook.expectRows('targets', [
    ['search', '100'],
    ['social', '50'],
  ]);
  await notebook.expectRows('sum', [['150']]);
});

test('a cell may have the name of a function, and a macro of one cell is called in another', async () => {
  await notebook.openAndRun(
    notebookText('Functions', [
      sql('numbers', 'SELECT sum(range)::INTEGER AS n FROM range(4)'),
      sql('sum', 'SELECT sum(n)::INTEGER AS n FROM numbers'),
      sql('makes', 'CREATE OR REPLACE MACRO twice(x) AS x * 2;\nSELECT twice(1) AS two'),
      sql('calls', 'SELECT twice(21) AS answer'),
    ]),
  );
  await notebook.expectRows('sum', [['6']]);
  await notebook.expectRows('calls', [['42']]);
});

test('a cell shows several things, a value of every kind, and how far it is', async () => {
  await notebook.openAndRun(
    notebookText('Show', [
      sql('rows', 'SELECT range AS n FROM range(3)'),
      ts(
        'several',
        "display('first');\ndisplay(1234.5);\ndisplay(rows);\ndisplay(aq.table({ a: [1, 2] }));\ndisplay([{ b: 1 }, { b: 2 }]);\ndisplay(Plot.dot([[1, 2]]).plot());\ndisplay(levain.md`some **bold** words`);\n({ last: { deep: true } })",
      ),
      ts(
        'slow',
        "for (let done = 0; done <= 4; done++) {\n  progress(done / 4, 'Baking');\n  await new Promise((next) => setTimeout(next, 250));\n}\n'baked'",
      ),
    ]),
  );
  const several = notebook.output('several');
  await expect(several.getByText('first')).toBeVisible();
  await expect(several.getByText('1,234.5')).toBeVisible();
  await expect(several.getByRole('grid')).toHaveCount(3);
  await expect(several.locator('svg circle')).toHaveCount(1);
  await expect(several.getByText('bold')).toHaveCSS('font-weight', /[67]00/);
  await expect(several).toContainText('deep');
  await expect(notebook.output('slow')).toContainText('baked');

  await notebook.cell('slow').hover();
  await notebook.cell('slow').getByRole('button', { name: 'Run cell' }).click();
  const bar = notebook.output('slow').getByRole('progressbar', { name: 'Baking' });
  await expect(bar).toBeVisible();
  await expect(bar).toHaveAttribute('aria-valuenow', /^(25|50|75)$/);
  await notebook.rest();
});

test('SQL without extensions says what is missing and what to write instead', async () => {
  await notebook.openAndRun(
    notebookText('Missing', [
      sql('today', 'SELECT current_date AS day'),
      sql('json', "SELECT json_extract('{\"a\": 1}', '$.a') AS a"),
      sql('file', "COPY (SELECT 1) TO 'https://example.com/x.csv'"),
    ]),
  );
  await notebook.expectState('today', 'ok');
  await notebook.expectState('json', 'error');
  await expect(notebook.problem('json')).toContainText(/json/i);
  await notebook.expectState('file', 'error');
  await notebook.drop(csvFile('after.csv', 'a\n1\n'));
  await expect(page.getByRole('region', { name: 'after.csv', exact: true })).toContainText('1 row');
});

test('a range of times that ends with a day says what it leaves out of that day', async () => {
  const rows = '2024-12-30 09:00:00,10\n2024-12-31 08:30:00,20\n2024-12-31 23:30:00,40\n2025-01-01 00:00:00,80';
  await notebook.openAndRun(
    notebookText('Days', [
      csv('shop', `ordered_at,revenue\n${rows}`),
      ts('days', "const [from, to] = input.dateRange({ value: ['2024-12-01', '2024-12-31'] })"),
      sql('short', 'SELECT sum(revenue) AS total\nFROM shop\nWHERE ordered_at BETWEEN ${from} AND ${to}'),
      sql('whole', 'SELECT sum(revenue) AS total FROM shop WHERE ordered_at::DATE BETWEEN ${from} AND ${to}'),
    ]),
  );
  await notebook.expectRows('short', [['10']]);
  await expect(notebook.output('short')).toContainText(
    'Line 3: ordered_at BETWEEN … AND 2024-12-31 is over as that day begins, so that up to 2 rows of later that day are left out. Write ordered_at::DATE BETWEEN ….',
  );
  await notebook.expectRows('whole', [['70']]);
  await expect(notebook.output('whole')).not.toContainText('left out');
});
