import { attributesOf, printAttributes, type Attribute } from './attributes';
import { findBlocks, trimBlankLines } from './blocks';
import { plainFrontMatter, printFrontMatter, sameFields } from './front-matter-print';
import { proseId } from './ids';
import type { Cell, Notebook } from './model';
import { parseNotebook } from './parse';
import { writingOf } from './writing';

/**
 * Writes a notebook as `.nb.md`. Cells that are as they were read keep their bytes, so a file that was parsed and not
 * edited comes out as it went in; every other cell is written in the one usual form. Reading the result gives the same
 * notebook back: where old writing and new neighbours would be read as something else, the writing is given up.
 */
export function printNotebook(notebook: Notebook): string {
  const rewritten = new Set<Cell>();
  // The circle around the trouble doubles each time, so that a file full of it takes few rounds.
  for (let reach = 1; ; reach *= 2) {
    const text = join(notebook, printFrontMatter(notebook), (cell) =>
      rewritten.has(cell) ? undefined : writingOf(cell),
    );
    const differs = firstDifference(notebook, parseNotebook(text).notebook);
    if (differs === undefined) return text;
    const suspects = notebook.cells.slice(Math.max(0, differs - reach), differs + reach + 1);
    if (suspects.every((cell) => rewritten.has(cell))) break;
    for (const cell of suspects) rewritten.add(cell);
  }
  return join(notebook, plainFrontMatter(notebook), () => undefined);
}

/** Writes cells by themselves in the usual form, without what stands above them in a notebook. */
export function printCells(cells: readonly Cell[]): string {
  return join({ version: 1, title: '', files: [], cells }, '', () => undefined);
}

function join(notebook: Notebook, head: string, writing: typeof writingOf): string {
  const { cells } = notebook;
  const parts = [head];
  if (cells.length > 0 && head !== '' && !head.endsWith('\n')) parts.push('\n');
  cells.forEach((cell, i) => {
    const old = writing(cell);
    if (i > 0) parts.push(old?.before ?? '\n\n');
    parts.push(old?.text ?? printCell(cell, cells[i - 1]));
    if (i === cells.length - 1) parts.push(old?.after ?? '\n');
  });
  return parts.join('');
}

function printCell(cell: Cell, previous: Cell | undefined): string {
  return cell.kind === 'md' ? printProse(cell, previous) : printFence(cell);
}

function printFence(cell: Cell): string {
  const info = `${cell.kind} ${printAttributes(attributesOf(cell))}`;
  const sign = info.includes('`') ? '~' : '`';
  const inside = cell.source.matchAll(new RegExp(`^[ \\t]*(${sign}{3,})`, 'gm'));
  const fence = sign.repeat(Math.max(3, ...Array.from(inside, ([, signs]) => signs!.length + 1)));
  const body = cell.source === '' ? '' : `${cell.source}\n`;
  return `${fence}${info}\n${body}${fence}`;
}

/** Prose stands bare where it reads back as this very cell; else after a comment that tells where it begins, or also ends. */
function printProse(cell: Cell, previous: Cell | undefined): string {
  const id = cell.id === proseId(previous?.id) ? undefined : cell.id;
  const attributes = attributesOf({ ...cell, id });
  const enclosed = !readsAsProse(cell.source) || cell.unknown?.some(([key]) => key === 'to');
  if (enclosed) {
    const word = closingWord(cell.source);
    return `${marker([['to', word], ...attributes])}\n${cell.source}\n<!-- ${word} -->`;
  }
  if (cell.source === '') return marker(attributes);
  const bare = attributes.length === 0 && previous?.kind !== 'md';
  return bare ? cell.source : `${marker(attributes)}\n${cell.source}`;
}

const marker = (attributes: readonly Attribute[]): string =>
  `<!-- ${['cell', printAttributes(attributes)].join(' ').trim()} -->`;

/** Whether a text by itself is one cell of prose, whole, with nothing open at its end. */
function readsAsProse(source: string): boolean {
  if (source === '') return true;
  const lines = source.split('\n');
  if (trimBlankLines(lines).length !== lines.length) return false;
  const [block, ...more] = findBlocks(lines);
  return block!.source === source && more.length === 0 && block!.unclosed === undefined;
}

function closingWord(source: string): string {
  const lines = new Set(source.split('\n').map((line) => line.trimEnd()));
  let word = 'end';
  for (let n = 2; lines.has(`<!-- ${word} -->`); n++) word = `end${n}`;
  return word;
}

/** The index of the first cell that differs; the last one where only the front matter does. */
function firstDifference(a: Notebook, b: Notebook): number | undefined {
  for (let i = 0; i < Math.max(a.cells.length, b.cells.length); i++) {
    const [left, right] = [a.cells[i], b.cells[i]];
    if (!left || !right || !sameCell(left, right)) return Math.min(i, Math.max(0, a.cells.length - 1));
  }
  return sameFields(a, b) ? undefined : 0;
}

function sameCell(a: Cell, b: Cell): boolean {
  const content = ({ id, kind, name, source, view, folded, foldedOutput, unknown }: Cell): string =>
    JSON.stringify([
      id,
      kind,
      name ?? null,
      source,
      view ?? false,
      folded ?? false,
      foldedOutput ?? false,
      unknown ?? [],
    ]);
  return content(a) === content(b);
}
