import ts from 'typescript';
import type { Explanation, SignatureHint, Span } from './model';
import { pathOf, type NotebookFiles } from './notebook-files';

/** What stands at a place of a cell. */
export function hover(notebook: NotebookFiles, cell: string, at: number): (Explanation & Span) | undefined {
  const { from, to } = notebook.module(cell)!;
  const info = notebook.service.getQuickInfoAtPosition(pathOf(cell), from + at);
  if (!info || info.textSpan.start < from || info.textSpan.start + info.textSpan.length > to) return undefined;
  const type = typeText(info.displayParts);
  // An unknown name has this type; its mark says what is wrong.
  if (type === 'any') return undefined;
  const start = info.textSpan.start - from;
  return {
    from: start,
    to: start + info.textSpan.length,
    type,
    text: commentText(info.documentation, info.tags),
  };
}

/** What an offer of a completion is. Names that the cell has not mentioned are written at its end for a moment. */
export function explainOffer(
  notebook: NotebookFiles,
  cell: string,
  at: number,
  label: string,
): Explanation | undefined {
  const { from } = notebook.module(cell)!;
  const details = notebook.service.getCompletionEntryDetails(
    pathOf(cell),
    from + at,
    label,
    undefined,
    undefined,
    undefined,
    undefined,
  );
  if (details) return { type: typeText(details.displayParts), text: commentText(details.documentation, details.tags) };
  const { source } = notebook.reading(cell)!;
  notebook.update({ cells: [{ id: cell, text: `${source}\n;${label}` }] });
  const found = hover(notebook, cell, source.length + 2);
  notebook.update({ cells: [{ id: cell, text: source }] });
  return found && { type: found.type, text: found.text };
}

/** The signature of the call in whose arguments a place stands. */
export function signatureHelp(notebook: NotebookFiles, cell: string, at: number): SignatureHint | undefined {
  const { from } = notebook.module(cell)!;
  const help = notebook.service.getSignatureHelpItems(pathOf(cell), from + at, undefined);
  const item = help?.items[help.selectedItemIndex];
  if (!item) return undefined;
  let label = textOf(item.prefixDisplayParts);
  let parameter: Span | undefined;
  item.parameters.forEach((part, index) => {
    if (index > 0) label += textOf(item.separatorDisplayParts);
    const begin = label.length;
    label += textOf(part.displayParts);
    if (index === help!.argumentIndex) parameter = { from: begin, to: label.length };
  });
  label += textOf(item.suffixDisplayParts);
  const current = item.parameters[help!.argumentIndex];
  const text = textOf(current?.documentation) || textOf(item.documentation);
  return { label, text, ...(parameter && { parameter }) };
}

const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined): string =>
  ts.displayPartsToString([...(parts ?? [])]);

/** The type without what only says how the name came into the cell. */
function typeText(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return textOf(parts)
    .replace(/^\(alias\) namespace [^\n]+\n(?=\(alias\))/, '')
    .replace(/^\(alias\) /, '')
    .replace(/\n(?:import|export) [^\n]+$/, '')
    .replace(/import\("[^"]*"\)\./g, '');
}

/** A comment's text, with what it says of parameters, the result and examples. */
function commentText(
  documentation: readonly ts.SymbolDisplayPart[] | undefined,
  tags: readonly ts.JSDocTagInfo[] | undefined,
): string {
  const told = (tags ?? []).filter(({ name }) => TOLD.has(name)).map(({ name, text }) => `@${name} ${textOf(text)}`);
  return [textOf(documentation), ...told]
    .filter((part) => part !== '')
    .join('\n')
    .replaceAll('\u200b', '');
}

const TOLD = new Set(['param', 'returns', 'return', 'throws', 'example', 'deprecated']);
