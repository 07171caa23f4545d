import { describe, expect, it } from 'vitest';
import { LevainError } from '../../src/base/problem';
import { define } from '../../src/language/define';
import type { Engine } from '../../src/engine/engine';
import type { Kernel } from '../../src/kernel/kernel';
import type { Cell, CellKind } from '../../src/notebook/model';
import { explain } from '../../src/session/explain';
import { runCell } from '../../src/session/run-cell';

/** A kernel in which no name has a value, as the real one says it. */
const kernel = {
  evaluate: ({ expressions }: { expressions: readonly string[] }) =>
    Promise.resolve(
      expressions.map((expression) => ({
        ok: false,
        problem: {
          code: 'cell-error',
          message: `ReferenceError: ${expression.trim()} is not defined`,
          line: 1,
          column: 1,
        },
      })),
    ),
} as unknown as Kernel;

async function problemOfRun(kind: CellKind, source: string) {
  const cell: Cell = { id: 'a', kind, source };
  const { body, outputs } = define(cell);
  const run = {
    cell,
    body,
    outputs,
    version: 1,
    run: 'r',
    inputs: [],
    reads: [],
    tables: [],
    controls: {},
    signal: new AbortController().signal,
  };
  const error = await runCell({} as Engine, kernel, run).catch((thrown: unknown) => thrown);
  return explain(error, cell, [], ['limit', 'orders']);
}

describe('an expression without a value', () => {
  it('is told at its own place in SQL, with a way to define it', async () => {
    expect(await problemOfRun('sql', 'SELECT *\nFROM orders WHERE a > ${ min }')).toMatchObject({
      code: 'unknown-name',
      message: 'min is not defined.',
      hint: 'Define it in a TypeScript cell: const min = …',
      line: 2,
      column: 26,
    });
  });

  it('is told at its own place in prose, with the nearest name', async () => {
    expect(await problemOfRun('md', '# Sales\n\nAt most {{ limt }}.')).toMatchObject({
      message: 'limt is not defined.',
      hint: 'Did you mean limit?',
      line: 3,
      column: 12,
    });
  });
});

describe('an error of a query that stands in TypeScript, or behind a check', () => {
  const orders = { name: 'orders', columns: [{ name: 'total', type: 'DOUBLE' }], rows: 1 };
  it.each<[string, CellKind]>([
    ['const t = await sql`SELECT totl FROM orders`', 'ts'],
    ['totl > 0 in orders', 'check'],
  ])('is told in plain words, at the cell’s own place: %s', (source, kind) => {
    const error = new LevainError({
      code: 'binder',
      message: 'Referenced column "totl" not found in FROM clause!\nCandidate bindings: "total"',
      line: 1,
      column: 17,
    });
    expect(explain(error, { id: 'a', kind, source }, [orders], [])).toEqual({
      code: 'unknown-column',
      message: 'There is no column totl.',
      hint: 'Did you mean total?',
      subject: 'totl',
      line: 1,
      column: 17,
    });
  });
});

it('what the kernel knows to be meant stands before what could be guessed', () => {
  const cell: Cell = { id: 'a', kind: 'ts', source: 'Plot.barYY(rows)' };
  const thrown = { code: 'cell-error', message: 'TypeError: Plot.barYY is not a function' };
  expect(explain(new LevainError({ ...thrown, hint: 'Did you mean Plot.barY?' }), cell, [], ['barZ'])).toMatchObject({
    code: 'not-a-function',
    hint: 'Did you mean Plot.barY?',
  });
  expect(explain(new LevainError(thrown), cell, [], [])).toMatchObject({
    hint: expect.stringContaining('spelling') as string,
  });
});
