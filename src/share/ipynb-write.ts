import { printFrontMatter } from '../notebook/front-matter-print';
import type { Cell, Notebook } from '../notebook/model';
import { outputHtml, treeHtml } from './html';
import { proseMarkdown } from './ipynb-prose';
import type { CellResult, ResultOutput, Results } from './results';
import { outputText } from './text';

/** The cell attribute that keeps an id of a Jupyter notebook which is none of ours. */
export const FOREIGN_ID = 'jupyter-id';

/**
 * A notebook as a Jupyter notebook (nbformat 4.5), with its results where they are given. Prose becomes Markdown cells;
 * with its values in their places; TypeScript and SQL become code cells, SQL under a `%%sql` line; inline CSV becomes raw
 * cells. What Jupyter has no place for stands in `metadata.levain`, so that `readIpynb` gives the same notebook again.
 */
export function writeIpynb(notebook: Notebook, results: Results = new Map()): string {
  const ids = new Set<string>();
  const document = {
    cells: notebook.cells.map((cell) => cellOf(cell, idOf(cell, ids), results.get(cell.id))),
    metadata: {
      language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript' },
      levain: { frontMatter: printFrontMatter(notebook) },
      ...(notebook.title !== '' && { title: notebook.title }),
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** 1 to 64 letters, digits, `-` and `_`, each once; the id that the cell came with from Jupyter where it has one. */
function idOf(cell: Cell, taken: Set<string>): string {
  const foreign = cell.unknown?.find(([key]) => key === FOREIGN_ID)?.[1];
  const wanted = typeof foreign === 'string' && /^[\w-]{1,64}$/.test(foreign) ? foreign : cell.id.slice(0, 64);
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted.slice(0, 56)}-${n}`;
  taken.add(id);
  return id;
}

function cellOf(cell: Cell, id: string, result: CellResult | undefined): object {
  const { kind, name, view, folded, foldedOutput, unknown } = cell;
  const metadata = {
    levain: { id: cell.id, kind, name, view, unknown },
    ...((folded || foldedOutput) && {
      jupyter: { ...(folded && { source_hidden: true }), ...(foldedOutput && { outputs_hidden: true }) },
    }),
    ...(kind === 'csv' && { format: 'text/csv' }),
    ...(kind === 'sql' && { vscode: { languageId: 'sql' } }),
  };
  if (kind === 'md') {
    const shown = withValues(cell, result);
    const own = shown === cell.source ? {} : { text: cell.source, shown };
    return {
      cell_type: 'markdown',
      id,
      metadata: { ...metadata, levain: { ...metadata.levain, ...own } },
      source: lines(shown),
    };
  }
  if (kind === 'csv' || kind === 'check' || kind === 'metric')
    return { cell_type: 'raw', id, metadata, source: lines(cell.source) };
  const source = kind === 'sql' ? `%%sql\n${cell.source}` : cell.source;
  const outputs = result ? [...result.outputs.flatMap(outputOf), ...problemOf(result)] : [];
  return { cell_type: 'code', execution_count: null, id, metadata, outputs, source: lines(source) };
}

/** Prose with each value in its place, since nothing works it out in Jupyter; without any where it has not run. */
function withValues({ source }: Cell, result: CellResult | undefined): string {
  if (!result?.parts || !result.values) return proseMarkdown([source]);
  return proseMarkdown(result.parts, result.values.map(plainMarkdown));
}

/** A value as text that Markdown takes for nothing else. */
const plainMarkdown = (value: string): string => value.replace(/[\\`*_[\]<>|~&]/g, '\\$&');

/** A text as nbformat keeps it: its lines, each with its end. */
function lines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function outputOf(output: ResultOutput): object[] {
  if (output.type === 'progress') return [];
  const plain = lines(outputText(output));
  const data: Record<string, unknown> = { 'text/plain': plain };
  if (output.type === 'tree') {
    const svg = typeof output.root !== 'string' && output.root.tag === 'svg';
    data[svg ? 'image/svg+xml' : 'text/html'] = lines(
      svg ? standaloneSvg(treeHtml(output.root)) : treeHtml(output.root),
    );
  } else if (output.type === 'rows' || output.type === 'value') data['text/html'] = lines(outputHtml(output));
  return [{ output_type: 'display_data', data, metadata: {} }];
}

const standaloneSvg = (svg: string): string =>
  svg.replace(/^<svg(?! [^>]*xmlns=)/, '<svg xmlns="http://www.w3.org/2000/svg"');

function problemOf({ problem }: CellResult): object[] {
  if (!problem) return [];
  const traceback = [problem.hint ? `${problem.message} ${problem.hint}` : problem.message];
  return [{ output_type: 'error', ename: problem.code, evalue: problem.message, traceback }];
}
