import { LevainError } from '../base/problem';
import { attributesOf, cellAttributes, printAttributes, readAttributes } from '../notebook/attributes';
import { CELL_KINDS, type Cell, type CellKind, type Notebook } from '../notebook/model';
import { parseNotebook } from '../notebook/parse';
import { codeAsProse } from './code-as-prose';
import { freshIds } from './fresh-ids';
import { FOREIGN_ID } from './ipynb-write';
import { refusal } from './refusal';

/** A notebook from another program, with sentences about what could not be taken over as it was. */
export interface Imported {
  readonly notebook: Notebook;
  readonly notes: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a Jupyter notebook of nbformat 4. One that Levain wrote comes back as it was. Of others, Markdown stays Markdown
 * (pictures in it come along), cells under `%%sql` become SQL, TypeScript and JavaScript become TypeScript; code in
 * another language cannot run here and stands as text. Outputs are left behind. Rejects with `ipynb`.
 */
export function readIpynb(text: string): Imported {
  const document = parseDocument(text);
  const metadata = object(document.metadata);
  const language = languageOf(metadata);
  const written = object(metadata.levain).frontMatter;
  const head = parseNotebook(typeof written === 'string' ? written : '').notebook;
  const nextId = freshIds();
  const unread: string[] = [];
  const cells = (document.cells as unknown[]).map((item, i) => {
    const cell = object(item);
    const read = bodyOf(cell, language, unread);
    const ours = object(object(cell.metadata).levain);
    const id = typeof ours.id === 'string' ? ours.id : typeof cell.id === 'string' ? cell.id : `cell${i + 1}`;
    const hidden = object(object(cell.metadata).jupyter);
    const folded = hidden.source_hidden === true;
    const foldedOutput = hidden.outputs_hidden === true;
    const unknown = ours.unknown ?? (isOurId(id) ? undefined : [[FOREIGN_ID, id]]);
    return withUnknown(
      { id: nextId(id), ...read, ...(folded && { folded }), ...(foldedOutput && { foldedOutput }) },
      unknown,
    );
  });
  const title = head.title || (typeof metadata.title === 'string' ? metadata.title : '');
  return { notebook: { ...head, title, cells }, notes: notesOf(unread) };
}

function parseDocument(text: string): Json {
  let document: Json;
  try {
    document = object(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw refusal(error, 'ipynb', 'The Jupyter notebook cannot be read: it is no JSON', 'Save it again in Jupyter.');
  }
  if (document.nbformat !== 4 || !Array.isArray(document.cells)) {
    throw new LevainError({
      code: 'ipynb',
      message: `This is no Jupyter notebook of format 4${typeof document.nbformat === 'number' ? ` (it says ${document.nbformat})` : ''}.`,
      hint: 'Open it in Jupyter and save it again, which brings it to format 4.',
    });
  }
  return document;
}

function bodyOf(cell: Json, language: string, unread: string[]): Pick<Cell, 'kind' | 'name' | 'source' | 'view'> {
  const source = multiline(cell.source);
  const ours = object(object(cell.metadata).levain);
  const kind = kindOf(ours.kind);
  // Who made another kind of the cell in Jupyter wants that.
  if (kind && CELL_TYPES[kind] === cell.cell_type) {
    return {
      kind,
      ...(typeof ours.name === 'string' && { name: ours.name }),
      source: kind === 'sql' ? source.replace(/^%%sql\n?/, '') : kind === 'md' ? proseOf(source, ours) : source,
      ...(ours.view === true && { view: true }),
    };
  }
  if (cell.cell_type === 'markdown') return { kind: 'md', source: withPictures(source, object(cell.attachments)) };
  if (cell.cell_type !== 'code') return { kind: 'md', source: codeAsProse(source, '') };
  const sql = /^%%sql\b([^\n]*)(?:\n|$)/.exec(source);
  if (sql) {
    // JupySQL's two ways to name a result.
    const name = /(?:--save\s+(\w+)|(\w+)\s*<<)/.exec(sql[1]!);
    return { kind: 'sql', ...(name && { name: name[1] ?? name[2]! }), source: source.slice(sql[0].length) };
  }
  const magic = /^%%(\w+)[^\n]*(?:\n|$)/.exec(source);
  const spoken = magic?.[1] ?? object(object(cell.metadata).vscode).languageId ?? language;
  const code = magic ? source.slice(magic[0].length) : source;
  if (/^(typescript|javascript|ts|js|deno)$/i.test(String(spoken))) return { kind: 'ts', source: code };
  if (spoken === 'sql') return { kind: 'sql', source: code };
  unread.push(String(spoken));
  return { kind: 'md', source: codeAsProse(source, String(spoken)) };
}

/** Prose as it was written, unless it was changed in Jupyter, where its values stand. */
const proseOf = (source: string, { text, shown }: Json): string =>
  typeof text === 'string' && source === shown ? text : source;

/** Pictures that a Markdown cell carries stand in its text: they are loaded from nowhere. */
function withPictures(source: string, attachments: Json): string {
  return source.replace(/\(attachment:([^)\s]{1,300})\)/g, (whole, name: string) => {
    const [type, data] = Object.entries(object(attachments[decodeName(name)]))[0] ?? [];
    if (!type || !/^image\/(png|jpeg|gif|webp)$/.test(type)) return whole;
    return `(data:${type};base64,${multiline(data).replace(/\s+/g, '')})`;
  });
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function languageOf(metadata: Json): string {
  const named = object(metadata.language_info).name ?? object(metadata.kernelspec).language;
  return typeof named === 'string' ? named : 'python';
}

function notesOf(unread: readonly string[]): string[] {
  if (unread.length === 0) return [];
  const languages = [...new Set(unread)].join(', ');
  const cells = unread.length === 1 ? '1 cell' : `${unread.length} cells`;
  return [`${cells} in ${languages} cannot run here and ${unread.length === 1 ? 'stands' : 'stand'} as text.`];
}

const CELL_TYPES: Readonly<Record<CellKind, string>> = {
  md: 'markdown',
  csv: 'raw',
  check: 'raw',
  metric: 'raw',
  sql: 'code',
  ts: 'code',
};

const isOurId = (id: string): boolean => /^[a-z0-9]+$/.test(id);

const kindOf = (kind: unknown): CellKind | undefined => CELL_KINDS.find((known) => known === kind);

/** Attributes as the cell's line can hold them, or none: somebody may have written anything into the JSON. */
function withUnknown(cell: Cell, value: unknown): Cell {
  if (!Array.isArray(value)) return cell;
  const unknown = value.filter(
    (pair): pair is [string, string | true] =>
      Array.isArray(pair) && typeof pair[0] === 'string' && (typeof pair[1] === 'string' || pair[1] === true),
  );
  const { id, name, view, folded, foldedOutput } = cell;
  const said = attributesOf({ id, name, view, folded, foldedOutput, unknown });
  const read = readAttributes(printAttributes(said));
  const holds = JSON.stringify([said, unknown]) === JSON.stringify([read, cellAttributes(read).unknown ?? []]);
  return holds && unknown.length > 0 ? { ...cell, unknown } : cell;
}

/** A text, or the lines that nbformat makes of one; line ends as ours. */
function multiline(value: unknown): string {
  const text = Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : value;
  return typeof text === 'string' ? text.replace(/\r+\n/g, '\n') : '';
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
