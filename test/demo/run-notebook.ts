import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { Plot } from '../../src/kernel/worker/plot';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import * as aq from 'arquero';
import { createInput } from '../../src/kernel/worker/input';
import { levainOf } from '../../src/kernel/worker/levain';
import { surfaceDocument } from '../../src/kernel/worker/dom/document';
import { Rows } from '../../src/kernel/worker/rows';
import { define } from '../../src/language/define';
import type { Definition } from '../../src/language/definition';
import type { Cell } from '../../src/notebook/model';
import { parseNotebook } from '../../src/notebook/parse';
import type { InputValue } from '../../src/output/output';

export interface Ran {
  readonly cell: Cell;
  /** What a TypeScript cell ends in, the rows of SQL, the text of Markdown. */
  readonly value: unknown;
  /** What it showed on the way. */
  readonly shown: readonly unknown[];
}

/**
 * Runs a notebook in Node, each cell once the names it reads are there: compiled as in the page, SQL by native DuckDB,
 * TypeScript with the kernel's own scope and drawing surface.
 */
export async function runNotebook(
  file: string,
  db: DuckDBConnection,
  controls: Record<string, InputValue> = {},
): Promise<Ran[]> {
  const { notebook, problems } = parseNotebook(readFileSync(file, 'utf8'));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  // As the kernel does: Plot asks for `window.document` when it is not given one.
  Object.assign(globalThis, { window: { document: surfaceDocument } });
  const scope = new Map<string, unknown>();
  let shown: unknown[] = [];
  const display = (value: unknown): void => void shown.push(value);
  const base = {
    Plot,
    aq,
    levain: levainOf({ display, progress: undefined }),
    display,
    sql: async (parts: TemplateStringsArray, ...values: DuckDBValue[]) =>
      decode(
        await db.runAndReadAll(
          parts.reduce((text, part, i) => `${text}$${i}${part}`),
          values,
        ),
      ),
    input: createInput({
      controls,
      show: () => {},
      warn: (text) => {
        throw new Error(text);
      },
    }),
  };
  const cells = notebook.cells.map((cell) => ({ cell, definition: define(cell) }));
  const names = [
    ...Object.values(notebook.files ?? {}).flatMap(({ table }) => table ?? []),
    ...cells.flatMap(({ definition }) => definition.outputs),
  ];
  const twice = names.find((name, at) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < at);
  if (twice !== undefined) throw new Error(`The name ${twice} is given twice`);
  const defined = new Set(cells.flatMap(({ definition }) => definition.outputs));
  const ran: Ran[] = [];
  let waiting = cells;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ definition }) =>
      definition.inputs.every((name) => !defined.has(name) || scope.has(name)),
    );
    if (ready.length === 0) throw new Error(`Nothing can run of ${waiting.map(({ cell }) => cell.id).join(', ')}`);
    for (const { cell, definition } of ready) {
      if (definition.problems.length > 0) throw new Error(`${cell.id}: ${definition.problems[0]!.message}`);
      shown = [];
      const value = await runCell(definition, db, scope, base);
      ran.push({ cell, value, shown });
    }
    waiting = waiting.filter((item) => !ready.includes(item));
  }
  return ran.toSorted((a, b) => notebook.cells.indexOf(a.cell) - notebook.cells.indexOf(b.cell));
}

async function runCell(
  { body, outputs }: Definition,
  db: DuckDBConnection,
  scope: Map<string, unknown>,
  base: object,
): Promise<unknown> {
  const names = { ...base, ...Object.fromEntries(scope) };
  const evaluate = (expression: string): unknown =>
    new Function(...Object.keys(names), `return (${expression});`)(...Object.values(names));
  switch (body.type) {
    case 'sql': {
      const [statement] = body.statements;
      const values = statement!.parameters.map(({ expression }) => evaluate(expression) as DuckDBValue);
      const rows = decode(await db.runAndReadAll(statement!.text, values));
      await db.run(`CREATE OR REPLACE TABLE "${outputs[0]}" AS ${statement!.text}`, values);
      scope.set(outputs[0]!, rows);
      return rows;
    }
    case 'ts': {
      const AsyncFunction = (async () => {}).constructor as new (
        ...parts: string[]
      ) => (...values: unknown[]) => Promise<unknown>;
      let read = (): Record<string, unknown> => ({});
      const code = `let levain$value; levain$read(() => ({${outputs.join(', ')}})); ${body.code}\nreturn levain$value;`;
      const run = new AsyncFunction('levain$read', ...Object.keys(names), code);
      const value = await run((reader: typeof read) => (read = reader), ...Object.values(names));
      for (const [name, given] of Object.entries(read())) scope.set(name, given);
      return value;
    }
    case 'md':
      return body.parts.map((part) => (typeof part === 'string' ? part : String(evaluate(part.expression)))).join('');
    case 'csv': {
      const folder = mkdtempSync(join(tmpdir(), 'cell-'));
      writeFileSync(join(folder, 'cell.csv'), body.text);
      await db.run(`CREATE OR REPLACE TABLE "${outputs[0]}" AS FROM read_csv('${join(folder, 'cell.csv')}')`);
      rmSync(folder, { recursive: true });
      const rows = decode(await db.runAndReadAll(`FROM "${outputs[0]}"`));
      scope.set(outputs[0]!, rows);
      return rows;
    }
  }
}

/** A native result as the kernel would receive it: counts as numbers, dates as dates. */
function decode(result: Awaited<ReturnType<DuckDBConnection['runAndReadAll']>>): Rows {
  const columns = result.getColumnsObjectJS();
  const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
  const arrays = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.map(plain)]));
  return Rows.decode(tableToIPC(tableFromArrays(arrays), { format: 'stream' }) as Uint8Array);
}
