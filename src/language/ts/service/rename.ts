import ts from 'typescript';
import { nameProblem } from '../../names';
import type { Place, Renaming, Span } from './model';
import { tokenTouching } from './token';
import { cellOf, pathOf, TABLES, type NotebookFiles } from './notebook-files';

/** Where the name at a place of a cell is defined; undefined for what the page or the language brings. */
export function definition(notebook: NotebookFiles, cell: string, at: number): Place | undefined {
  const { from } = notebook.module(cell)!;
  const bound = boundName(notebook, cell, from + at);
  if (bound) return { cell, ...bound };
  for (const found of notebook.service.getDefinitionAtPosition(pathOf(cell), from + at) ?? []) {
    const { fileName, textSpan } = found;
    if (fileName === TABLES) {
      const table = notebook.tableAt(textSpan.start);
      if (table !== undefined) return { table };
    }
    const owner = cellOf(fileName);
    const span = owner && ownSpan(notebook, owner, textSpan);
    if (span) return { cell: owner, ...span };
  }
  return undefined;
}

/** The name of `const { name } = …` at a place: TypeScript takes it for the property first. */
function boundName(notebook: NotebookFiles, cell: string, position: number): Span | undefined {
  const file = notebook.service.getProgram()!.getSourceFile(pathOf(cell))!;
  const node = tokenTouching(file, position);
  if (!node || !ts.isIdentifier(node) || !ts.isBindingElement(node.parent) || node.parent.name !== node)
    return undefined;
  return ownSpan(notebook, cell, { start: node.getStart(file), length: node.text.length });
}

/**
 * Gives a name another, in each cell that uses it. `{ total }` becomes `{ total: sales }`: what properties are called,
 * and so the columns of what a cell makes, stays.
 */
export function rename(notebook: NotebookFiles, cell: string, at: number, to: string): Renaming {
  const place = definition(notebook, cell, at);
  if (!place)
    return refused(
      'not-renamed',
      'This name is not one of the notebook’s.',
      'Put the caret into a name that a cell declares.',
    );
  if ('table' in place) {
    const problem = nameProblem(to) ?? taken(notebook, to, place.table);
    return problem ? { ok: false, problem } : { ok: true, from: place.table, table: place.table };
  }
  const from = notebook.reading(place.cell)!.source.slice(place.from, place.to);
  const shared = isShared(notebook, from, place);
  const problem = shared ? (nameProblem(to) ?? taken(notebook, to, from)) : localProblem(to);
  if (problem) return { ok: false, problem };

  const edits = new Map<string, Edit[]>();
  collect(notebook, place.cell, notebook.module(place.cell)!.from + place.from, to, edits);
  for (const other of shared ? notebook.cells : []) {
    if (other === place.cell || !notebook.reading(other)!.words.has(from)) continue;
    const imported = importPlace(notebook, other, from);
    if (imported !== undefined) collect(notebook, other, imported, to, edits);
  }
  const sources = [...edits].map(([id, places]) => ({ id, text: replaced(notebook.reading(id)!.source, places) }));
  return { ok: true, from, shared, sources };
}

interface Edit extends Span {
  readonly text: string;
}

/** All places in one cell's own text that mean what stands at `position` of its module. */
function collect(
  notebook: NotebookFiles,
  cell: string,
  position: number,
  to: string,
  edits: Map<string, Edit[]>,
): void {
  const path = pathOf(cell);
  const options = { providePrefixAndSuffixTextForRename: true };
  for (const location of notebook.service.findRenameLocations(path, position, false, false, options) ?? []) {
    const span = location.fileName === path ? ownSpan(notebook, cell, location.textSpan) : undefined;
    if (!span) continue;
    const text = `${location.prefixText ?? ''}${to}${location.suffixText ?? ''}`;
    edits.set(cell, [...(edits.get(cell) ?? []), { ...span, text }]);
  }
}

/** Where the import before a cell's text names `name`. */
function importPlace(notebook: NotebookFiles, cell: string, name: string): number | undefined {
  const { text, from } = notebook.module(cell)!;
  const match = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).exec(text.slice(0, from));
  return match?.index;
}

function ownSpan(notebook: NotebookFiles, cell: string, { start, length }: ts.TextSpan): Span | undefined {
  const { from, to } = notebook.module(cell)!;
  return start >= from && start + length <= to ? { from: start - from, to: start + length - from } : undefined;
}

/** Whether the name that a cell defines at a place is one that other cells can read. */
function isShared(notebook: NotebookFiles, name: string, place: Span & { cell: string }): boolean {
  const program = notebook.service.getProgram()!;
  const file = program.getSourceFile(pathOf(place.cell))!;
  const checker = program.getTypeChecker();
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(file)!)
    .find((symbol) => symbol.name === name);
  if (!exported) return false;
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const at = notebook.module(place.cell)!.from + place.from;
  return (symbol.declarations ?? []).some((declared) => ts.getNameOfDeclaration(declared)?.getStart(file) === at);
}

function taken(notebook: NotebookFiles, to: string, from: string) {
  if (to.toLowerCase() === from.toLowerCase() && to !== from) return undefined;
  const names = [...notebook.definers().keys(), ...notebook.tables];
  const other = names.find((name) => name.toLowerCase() === to.toLowerCase());
  if (other === undefined) return undefined;
  return {
    code: 'duplicate-name',
    message: `There is already something called ${other}.`,
    hint: 'Choose another name.',
    subject: to,
  };
}

function localProblem(to: string) {
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(to)) return undefined;
  return { code: 'bad-name', message: `“${to}” cannot be a name.`, hint: 'Use letters, digits and _.', subject: to };
}

const refused = (code: string, message: string, hint: string): Renaming => ({
  ok: false,
  problem: { code, message, hint },
});

function replaced(source: string, edits: readonly Edit[]): string {
  const last = edits.toSorted((a, b) => b.from - a.from);
  return last.reduce((text, { from, to, text: written }) => text.slice(0, from) + written + text.slice(to), source);
}
