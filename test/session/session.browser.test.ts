import { afterEach, describe, expect, it } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse';
import { openSession } from '../../src/session/open';
import type { Session } from '../../src/session/session';

let session: Session;
afterEach(() => session.close());

async function opened(source: string): Promise<string> {
  session = await openSession(parseNotebook(`---\nnotebook: 1\n---\n${source}\n`).notebook);
  await session.addFiles([new File(['day,revenue\n2026-01-01,10\n2026-01-02,32\n'], 'orders.csv')]);
  return session.data.entries[0]!.node;
}

const cell = (id: string, text: string): string => `\`\`\`sql id=${id} name=${id}\n${text}\n\`\`\`\n`;
const problemOf = (id: string): string | undefined => {
  const state = session.state(id);
  return state?.status === 'error' ? state.problem.message : undefined;
};

/** As large as it says, and a megabyte in memory. */
function largeFile(): File {
  const line = '2026-01-01,10\n';
  const megabyte = new Blob([line.repeat(2 ** 16)]);
  return new File(['day,revenue\n', ...Array<Blob>(1_500).fill(megabyte)], 'large.csv');
}

describe('a file of more than fits into a table', () => {
  it('is not read before the reader has said how', async () => {
    session = await openSession(
      parseNotebook(`---\nnotebook: 1\n---\n${cell('first', 'FROM large LIMIT 2')}`).notebook,
    );
    await session.addFiles([largeFile()]);
    const { node } = session.data.entries[0]!;
    await session.runAll();
    expect(session.data.entry(node)).toMatchObject({ status: 'waiting', large: true });
    expect(session.state('first')).toEqual({ status: 'blocked', by: node });
  });
});

describe('what waited for a cell in error', () => {
  it('runs once the error is mended, since it was asked for', async () => {
    await opened(
      cell('kept', 'SELECT * FROM orders WHERE revenu > 5') + cell('days', 'SELECT count(*) AS n FROM kept'),
    );
    await session.runAll();
    expect(session.state('days')).toEqual({ status: 'blocked', by: 'kept' });
    session.edit({ type: 'setSource', id: 'kept', source: 'SELECT * FROM orders WHERE revenue > 5' });
    expect(session.state('days')).toMatchObject({ status: 'stale' });
    await session.run(['kept']);
    expect(session.state('days')).toMatchObject({ status: 'ok' });
  });

  it('waits to be asked for where it was stopped', async () => {
    await opened(
      cell('kept', 'FROM orders') +
        cell('long', 'SELECT count(*) AS n FROM kept, range(100_000) a, range(100_000_000) b'),
    );
    const all = session.runAll();
    await expect.poll(() => session.state('long')?.status).toBe('running');
    session.cancel('long');
    await all;
    session.edit({ type: 'setSource', id: 'kept', source: 'FROM orders LIMIT 1' });
    await session.run(['kept']);
    expect(session.state('kept')).toMatchObject({ status: 'ok' });
    expect(session.state('long')).toMatchObject({ status: 'stale' });
  });
});

describe('a deleted cell that undo brings back', () => {
  it('shows its result again, and so does what reads it', async () => {
    await opened(cell('kept', 'FROM orders WHERE revenue > 20') + cell('days', 'SELECT count(*) AS n FROM kept'));
    await session.runAll();
    session.edit({ type: 'remove', id: 'kept' });
    await expect.poll(() => session.state('days')?.status).not.toBe('ok');
    session.undo();
    await expect.poll(() => session.state('days')?.status).toBe('ok');
    expect(session.state('kept')).toMatchObject({ status: 'ok' });
  });

  it('runs nothing where nothing was asked to run', async () => {
    await opened(cell('kept', 'FROM orders') + cell('days', 'SELECT count(*) AS n FROM kept'));
    session.edit({ type: 'remove', id: 'kept' });
    session.undo();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(session.state('kept')).toMatchObject({ status: 'stale', reason: { because: 'never-run' } });
  });
});

describe('how a file is read', () => {
  it('is taken back and done again with what was made of it', async () => {
    const node = await opened(cell('days', 'SELECT count(*) AS n FROM orders'));
    await session.runAll();
    const rows = (): number | null | undefined => session.data.entry(node)?.ingested?.relation.rows;
    const options = (): unknown => session.notebook.files[0]?.options;
    expect(rows()).toBe(2);
    const before = options();

    await session.files.settle(node, { header: false });
    expect(rows()).toBe(3);
    expect(options()).toMatchObject({ header: false });
    session.undo();
    await session.files.settled;
    expect(rows()).toBe(2);
    expect(options()).toEqual(before);
    expect(session.state('days')).toMatchObject({ status: 'ok' });
    session.redo();
    await session.files.settled;
    expect(rows()).toBe(3);
    expect(options()).toMatchObject({ header: false });
  });

  it('keeps the table’s later name, and steps in between, when it is taken back', async () => {
    const node = await opened(cell('days', 'SELECT count(*) AS n FROM sales'));
    await session.files.settle(node, { header: false });
    await session.files.rename(node, 'sales');
    for (let i = 0; i < 2; i++) session.undo();
    await session.files.settled;
    expect(session.data.entry(node)).toMatchObject({ table: 'orders', status: 'ready' });
    expect(session.data.entry(node)?.ingested?.relation).toMatchObject({ name: 'orders', rows: 2 });
  });
});

describe('what the page is told while cells run', () => {
  it('is at once what waits its turn', async () => {
    await opened(['one', 'two'].map((id) => cell(id, 'SELECT 1 AS n')).join('\n'));
    const told: (string | undefined)[][] = [];
    session.subscribe(() => told.push(['one', 'two'].map((id) => session.state(id)?.status)));
    const run = session.runAll();
    expect(told).toEqual([['running', 'queued']]);
    await run;
  });

  it('is gathered, and the end is told at once', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `c${i}`);
    await opened(ids.map((id) => cell(id, `SELECT ${id.slice(1)} AS n`)).join('\n'));
    await session.runAll();
    const told: boolean[] = [];
    session.subscribe(() => told.push(session.running));
    const begun = performance.now();
    await session.runAll();
    // Each cell is queued, runs and has run: 180 steps.
    expect(told.length).toBeLessThan((performance.now() - begun) / 30 + 10);
    expect(told[0]).toBe(true);
    expect(told.at(-1)).toBe(false);
  });
});

describe('a cell under a new name', () => {
  it('is no longer read under the former one, whichever runs first', async () => {
    await opened([cell('step', 'SELECT 3 AS v'), cell('use', 'SELECT v * 2 AS w FROM step')].join('\n'));
    await session.runAll();
    const { id } = session.notebook.cells.find(({ name }) => name === 'step')!;
    session.edit({ type: 'setName', id, name: 'basis' });
    await session.runAll();
    expect(session.state(id)).toMatchObject({ status: 'ok' });
    expect(problemOf('use')).toMatch(/There is no table step/);
    expect(session.relations().map(({ name }) => name)).not.toContain('step');
  });
});

describe('a cell that is removed and brought back', () => {
  it('has its controls where they stood', async () => {
    await opened('```ts id=days\nconst days = input.slider([0, 100], {label: "Days", value: 20});\n```\n');
    await session.runAll();
    session.setControl('days', 'Days', 55);
    await session.atRest();
    session.edit({ type: 'remove', id: 'days' });
    expect(session.controls).toEqual({});
    session.undo();
    expect(session.controls).toEqual({ days: { Days: 55 } });
    await session.runAll();
    const { output } = session.view(session.notebook.cells[0]!);
    expect(output?.outputs[0]).toMatchObject({ type: 'input', key: 'Days', value: 55 });
  });
});

describe('what is asked to run while files change', () => {
  it('runs on a table under its new name', async () => {
    const node = await opened(cell('total', 'SELECT sum(revenue) AS total FROM sales'));
    const renamed = session.files.rename(node, 'sales');
    await session.runAll();
    expect(problemOf('total')).toBeUndefined();
    expect(session.state('total')).toMatchObject({ status: 'ok' });
    expect(await renamed).toBe('sales');
  });

  it('runs on a file as it is read from then on', async () => {
    const node = await opened(cell('total', 'SELECT column_1 FROM orders'));
    const settled = session.files.settle(node, { header: false });
    await session.runAll();
    expect(problemOf('total')).toBeUndefined();
    expect(session.state('total')).toMatchObject({ status: 'ok' });
    await settled;
  });

  it('says that a table which is being removed is not there', async () => {
    const node = await opened(cell('total', 'SELECT sum(revenue) AS total FROM orders'));
    await session.runAll();
    const removed = session.files.remove(node);
    await session.runAll();
    expect(problemOf('total')).toMatch(/orders/);
    await removed;
    session.undo();
    await session.files.settled;
    expect(session.state('total')).toMatchObject({ status: 'ok' });
  });

  it('waits no longer than for a change that cannot be made', async () => {
    const node = await opened(cell('sales', 'SELECT sum(revenue) AS total FROM orders'));
    await expect(session.files.rename(node, 'sales')).rejects.toThrow('There is already something called sales.');
    await session.runAll();
    expect(session.state('sales')).toMatchObject({ status: 'ok' });
  });
});
