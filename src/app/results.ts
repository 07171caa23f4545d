import type { TableOutput } from '../output/output';
import { cellName } from '../session/nodes';
import type { CellView, Session } from '../session/session';
import type { PackedFile } from '../share/archive';
import type { CellResult, ResultOutput, Results, ResultTable } from '../share/results';
import { decodeTable } from '../table/decode';
import { columnFormat, SAMPLE } from '../ui/grid/format';
import { strings } from '../ui/strings';

/** Larger tables go into no archive: they are the data over again. */
const MOST_ROWS = 100_000;

/** What the cells show now, with the first `rows` rows of each table, for a file that is read without the page. */
export async function resultsOf(session: Session, rows: number): Promise<Results> {
  const results = new Map<string, CellResult>();
  for (const cell of session.notebook.cells) {
    const { output, values, definition, earlier, state } = session.view(cell);
    const parts = definition.body?.type === 'md' ? definition.body.parts : undefined;
    // After a run that failed, what still stands is of an earlier one: it is not passed on as the result.
    const shown = output?.problem && earlier ? [] : (output?.outputs ?? []);
    const outputs = await Promise.all(
      shown.map(async (part): Promise<ResultOutput> => (part.type === 'table' ? firstRows(session, part, rows) : part)),
    );
    results.set(cell.id, {
      outputs,
      ...(state && state.status !== 'ok' && shown.length > 0 && { outdated: true }),
      ...(output?.problem && { problem: output.problem }),
      ...(parts && { parts }),
      ...(values && { values }),
    });
  }
  return results;
}

async function firstRows(session: Session, table: TableOutput, limit: number): Promise<ResultTable> {
  // Decimals are set by as many rows as in the grid, so that a value is written alike.
  const read = Math.max(limit, SAMPLE);
  const page = limit > 0 ? decodeTable(await session.page(table.relation, { offset: 0, limit: read })) : undefined;
  const measured = page?.toArray() ?? [];
  const rows = measured.slice(0, limit);
  const names = page?.names ?? [];
  const formats = table.columns.map(({ name, type }, i) =>
    columnFormat(
      name,
      type,
      measured.map((row) => row[names[i]!]),
    ),
  );
  return {
    type: 'rows',
    columns: table.columns.map(({ name }, i) => ({ name, right: formats[i]!.right })),
    rows: rows.map((row) =>
      formats.map((format, i) => {
        const value: unknown = row[names[i]!];
        return value === null || value === undefined ? null : format.text(value);
      }),
    ),
    total: table.rows,
  };
}

/** The tables that cells show as CSV files, named after the cells. */
export async function tableFiles(session: Session, views: readonly CellView[]): Promise<PackedFile[]> {
  const files: PackedFile[] = [];
  const taken = new Set<string>();
  for (const [i, { cell, definition, output }] of views.entries()) {
    for (const part of output?.outputs ?? []) {
      if (part.type !== 'table' || part.rows > MOST_ROWS || output?.problem) continue;
      const stem = cellName(cell, definition) ?? strings.page.cellAt(cell.kind, i + 1);
      let path = `${stem}.csv`;
      for (let n = 2; taken.has(path.toLowerCase()); n++) path = `${stem} ${n}.csv`;
      taken.add(path.toLowerCase());
      files.push({ path, content: await session.export([{ relation: part.relation }], { format: 'csv' }) });
    }
  }
  return files;
}
