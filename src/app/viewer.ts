import { cellName } from '../session/nodes';
import { rolesOf } from '../session/roles';
import type { CellView, Session } from '../session/session';
import { summarises } from '../session/summarises';
import type { CellResult, ResultOutput, Results } from '../share/results';
import type { Column } from '../table/decode';
import { strings } from '../ui/strings';
import { holdsAddress, personalColumns } from './personal-columns';
import { resultsOf } from './results';

/** A table that cells show, for the reader to say whether a viewer may see it. */
export interface ViewerTable {
  readonly cell: string;
  readonly name: string;
  readonly rows: number;
  /** Rows of the largest table that it was worked out from. */
  readonly of: number;
  /** It sums up rows of the data, many in each of its own, and none of its rows is of one person. */
  readonly summary: boolean;
  /** Its columns that hold what is personal. */
  readonly personal: readonly string[];
}

/** What stands for fewer rows than this on the average may tell of single ones. */
const ROWS_IN_ONE = 10;
/** A summary is short; longer tables are cut. */
const MOST_ROWS = 1_000;
/** Longer texts may be rows written out. */
const LONGEST_TEXT = 500;

/** The tables that the cells show now. */
export async function viewerTables(session: Session, views: readonly CellView[]): Promise<readonly ViewerTable[]> {
  const rowsOf = (node: string): number => {
    const view = views.find(({ cell }) => cell.id === node);
    const shown = view?.output?.outputs.flatMap((output) => (output.type === 'table' ? [output.rows] : [])) ?? [];
    return Math.max(0, session.data.entry(node)?.ingested?.relation.rows ?? 0, ...shown);
  };
  const personalOf = await personalColumns(session, views);
  const found: ViewerTable[] = [];
  for (const [at, { cell, definition, output }] of views.entries()) {
    const tables = (output?.outputs ?? []).filter((part) => part.type === 'table');
    if (tables.length === 0 || output?.problem) continue;
    const rows = Math.max(...tables.map((table) => table.rows));
    const of = Math.max(0, ...session.sources(cell.id).map(rowsOf));
    const name = cellName(cell, definition) ?? strings.page.cell(at + 1);
    const personal = personalOf.get(cell.id) ?? [];
    const ofOne = personal.length > 0 || tables.some(({ columns }) => tellsOfOne(columns));
    const summary = !ofOne && summarises(definition.body) && rows * ROWS_IN_ONE <= of && rows <= MOST_ROWS;
    found.push({ cell: cell.id, name, rows, of, summary, personal });
  }
  return found;
}

/** Whether a column names the customer or the order that a row is of. */
function tellsOfOne(columns: readonly Column[]): boolean {
  const roles = rolesOf(columns.map((column) => ({ ...column, source: column.name })));
  return roles.customer !== undefined || roles.order !== undefined;
}

/**
 * What a viewer gets to see of the cells: text, charts, numbers, controls, and the tables of the cells in `chosen`. What may
 * be rows of the data stays out: other tables, inspected values, long texts, small tables written in the notebook, what
 * problems quote, and texts, charts and controls that hold an e-mail address.
 */
export async function viewerResults(session: Session, chosen: ReadonlySet<string>): Promise<Results> {
  const results = new Map<string, CellResult>();
  for (const [id, { problem, outputs, ...result }] of await resultsOf(session, MOST_ROWS)) {
    const kept = outputs.filter((output) => mayBeSeen(output, chosen.has(id)));
    const left: ResultOutput[] = kept.length < outputs.length ? [{ type: 'text', text: strings.shareAs.leftOut }] : [];
    results.set(id, {
      ...result,
      outputs: [...kept, ...left],
      ...(result.values && { values: result.values.map((value) => (holdsAddress(value) ? '…' : value)) }),
      ...(problem && { problem: { code: problem.code, message: strings.shareAs.failed } }),
    });
  }
  return results;
}

function mayBeSeen(output: ResultOutput, chosen: boolean): boolean {
  switch (output.type) {
    case 'rows':
      return chosen;
    case 'value':
      return output.value.kind === 'scalar' && isShort(output.value.text);
    case 'text':
      return isShort(output.text);
    default:
      return !holdsAddress(output);
  }
}

const isShort = (text: string): boolean => text.length <= LONGEST_TEXT && !holdsAddress(text);
