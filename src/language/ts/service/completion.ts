import ts from 'typescript';
import { GLOBAL_NAMES, SCOPE_NAMES } from '../names';
import type { Offer, Offers } from './model';
import { pathOf, type NotebookFiles } from './notebook-files';

const PREFERENCES: ts.GetCompletionsAtPositionOptions = {
  quotePreference: 'single',
  includeCompletionsWithInsertText: true,
  includeCompletionsForModuleExports: false,
};

/** Types of the declared globals, which a cell has no use for. */
const HIDDEN = new Set(['Console', 'Document', 'Node', 'Text', 'Element', 'AbortSignal', 'globalThis']);
const PART = /[\p{ID_Continue}$]*$/u;

/**
 * What can be written at a place of a cell: members after a dot, and elsewhere what is in scope, the names of other cells
 * and tables among it.
 */
export function completions(notebook: NotebookFiles, cell: string, at: number): Offers | undefined {
  const module = notebook.module(cell)!;
  const info = notebook.service.getCompletionsAtPosition(pathOf(cell), module.from + at, PREFERENCES);
  if (!info) return undefined;
  const { source, declared } = notebook.reading(cell)!;
  const inText = info.entries.find((entry) => entry.replacementSpan && entry.insertText === undefined);
  const span = info.optionalReplacementSpan ?? inText?.replacementSpan;
  const from = span ? Math.max(0, span.start - module.from) : at - PART.exec(source.slice(0, at))![0].length;
  const to = span ? Math.min(span.start + span.length, module.to) - module.from : at;
  const seen = new Set<string>();
  const offers: Offer[] = [];
  for (const entry of info.entries) {
    if (seen.has(entry.name) || !isOffered(entry, info)) continue;
    seen.add(entry.name);
    offers.push(offerOf(entry, module.from, { from, to }));
  }
  if (isForNames(info)) {
    for (const [name, kind] of otherNames(notebook, cell)) {
      if (!seen.has(name) && !declared.includes(name)) offers.push({ label: name, kind, rank: 12 });
    }
  }
  return { from, to, offers };
}

/** Whether a name may stand here: not after a dot, not in a string. */
const isForNames = (info: ts.CompletionInfo): boolean =>
  info.isGlobalCompletion && !info.isMemberCompletion && !info.isNewIdentifierLocation
    ? true
    : info.entries.some(({ name, kind }) => name === 'typeof' && kind === ts.ScriptElementKind.keyword);

function isOffered({ name, kind, sortText, insertText }: ts.CompletionEntry, info: ts.CompletionInfo): boolean {
  if (kind === ts.ScriptElementKind.warning || name.includes('$')) return false;
  if (info.isMemberCompletion) return !name.startsWith('_') && insertText !== '[Symbol]';
  return !HIDDEN.has(name) && !(Number.parseInt(sortText) >= 15 && /^[a-z]+Z?$/i.test(name) && isForTypes(name, kind));
}

/** Types of the language's own library that nobody writes: `ArrayLike` may stay, `ConcatArray` clutters. */
const isForTypes = (name: string, kind: ts.ScriptElementKind): boolean =>
  (kind === ts.ScriptElementKind.interfaceElement || kind === ts.ScriptElementKind.typeElement) &&
  !GLOBAL_NAMES.has(name) &&
  !TYPES.has(name);

const TYPES = new Set(
  'Record Partial Required Readonly Pick Omit Exclude Extract ReturnType Parameters Awaited ReadonlyArray'.split(' '),
);

function offerOf(entry: ts.CompletionEntry, base: number, whole: { from: number; to: number }): Offer {
  const rank = Number.parseInt(entry.sortText) || 15;
  const offer: Offer = { label: entry.name, kind: entry.kind, rank };
  const text = entry.insertText ?? entry.name;
  const span = entry.replacementSpan;
  const from = span ? span.start - base : whole.from;
  const to = span ? from + span.length : whole.to;
  if (text === entry.name && from === whole.from && to === whole.to) return offer;
  return { ...offer, write: { from, to, text } };
}

/** Names that the cell has not mentioned yet, so that its module does not import them. */
function otherNames(notebook: NotebookFiles, cell: string): [string, string][] {
  const cells = [...notebook.definers()].filter(([, definer]) => definer !== cell).map(([name]) => name);
  return [
    ...cells.map((name): [string, string] => [name, 'const']),
    ...notebook.tables.map((name): [string, string] => [name, 'table']),
    ...SCOPE_NAMES.map((name): [string, string] => [name, 'const']),
  ];
}
