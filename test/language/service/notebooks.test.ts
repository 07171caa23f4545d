import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TypingService } from '../../../src/language/ts/service/typing';
import type { TableShape } from '../../../src/language/ts/service/model';
import { parseNotebook } from '../../../src/notebook/parse';
import type { Notebook } from '../../../src/notebook/model';
import { declarations } from './notebook';

const folder = resolve(import.meta.dirname, '../../../notebooks');

/** Its tables, with the columns that it remembers of its files. */
function tablesOf({ files, cells }: Notebook): TableShape[] {
  const results = cells.flatMap(({ kind, name }) => (kind !== 'ts' && name !== undefined ? [{ name }] : []));
  const read = files.map(({ table, columns }) => ({
    name: table,
    ...(columns && { columns: Object.entries(columns).map(([name, type]) => ({ name, type })) }),
  }));
  return [...read, ...results];
}

describe('the TypeScript of the notebooks that come with the page', () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith('.nb.md')))('has nothing marked in %s', (file) => {
    const { notebook } = parseNotebook(readFileSync(join(folder, file), 'utf8'));
    const cells = notebook.cells.filter(({ kind }) => kind === 'ts').map(({ id, source }) => ({ id, text: source }));
    const service = new TypingService(declarations);
    service.update({ cells, tables: tablesOf(notebook) });
    const found = cells.flatMap((cell) =>
      service.check(cell).map(({ from, to, message }) => `${cell.id}, ${cell.text.slice(from, to)}: ${message}`),
    );
    expect(cells.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });
});
