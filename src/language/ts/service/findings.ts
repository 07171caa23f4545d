import ts from 'typescript';
import { nearest } from '../../../base/nearest';
import { explainTsError } from '../../suggest/ts';
import { GLOBAL_NAMES, SCOPE_NAMES } from '../names';
import type { Finding } from './model';
import { tokenTouching } from './token';
import { pathOf, TABLES, type NotebookFiles } from './notebook-files';

/**
 * What TypeScript finds in a cell, in plain words where there are usual ones. Parameters without a type are no finding:
 * a notebook is not a library.
 */
export function findings(notebook: NotebookFiles, cell: string): Finding[] {
  const path = pathOf(cell);
  const { from, to } = notebook.module(cell)!;
  const program = notebook.service.getProgram()!;
  const checker = program.getTypeChecker();
  const written = (diagnostic: ts.Diagnostic, syntax: boolean): Finding[] => {
    const { start = 0, length = 0 } = diagnostic;
    if (start + length <= from || IGNORED.has(diagnostic.code)) return [];
    const told = words(diagnostic, notebook, cell, checker);
    if (!told) return [];
    const begin = Math.max(0, Math.min(start, to - 1) - from);
    const end = Math.max(begin, Math.min(start + length, to) - from);
    const warning = diagnostic.category !== ts.DiagnosticCategory.Error;
    return [
      {
        from: begin,
        to: Math.max(end, Math.min(begin + 1, to - from)),
        severity: warning ? 'warning' : 'error',
        syntax,
        ...told,
      },
    ];
  };
  return [
    ...notebook.service.getSyntacticDiagnostics(path).flatMap((diagnostic) => written(diagnostic, true)),
    ...notebook.service.getSemanticDiagnostics(path).flatMap((diagnostic) => written(diagnostic, false)),
  ];
}

/**
 * Not told: a comma whose left side does nothing (an object in braces reads so), types left out (7005 to 7034), and
 * modules that cannot be found, which the compiler of cells says better.
 */
const IGNORED = new Set([2695, 2307, 7005, 7006, 7008, 7010, 7011, 7018, 7019, 7022, 7023, 7024, 7031, 7034]);

const UNKNOWN_NAME = new Set([2304, 2552, 2503, 2580, 2584, 2585]);
const UNKNOWN_PROPERTY = new Set([2339, 2551, 7053]);
const TO_CONSTANT = new Set([2588, 2632]);

type Words = Pick<Finding, 'message' | 'hint' | 'replacement'>;

function words(
  diagnostic: ts.Diagnostic,
  notebook: NotebookFiles,
  cell: string,
  checker: ts.TypeChecker,
): Words | undefined {
  const { code, file, start = 0, length = 0 } = diagnostic;
  const text = file?.text.slice(start, start + length) ?? '';
  if (UNKNOWN_NAME.has(code)) return unknownName(text, notebook, cell);
  if (UNKNOWN_PROPERTY.has(code) && file) {
    const found = unknownColumn(file, start, checker);
    // `x[name]` by a name that is known only when it runs.
    if (found || code === 7053) return found;
  }
  if (code === 2632) {
    return {
      message: `A cell may not change another cell's name: ${text} is not declared here.`,
      hint: `Declare a name of this cell's own.`,
    };
  }
  if (TO_CONSTANT.has(code)) return { message: 'A const cannot be given another value.', hint: 'Declare it with let.' };
  return { message: sentence(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')) };
}

/** The words for a name that nobody defines are those it has when the cell runs. */
function unknownName(name: string, notebook: NotebookFiles, cell: string): Words {
  const { declared } = notebook.reading(cell)!;
  const names = [...declared, ...notebook.definers().keys(), ...notebook.tables, ...SCOPE_NAMES, ...GLOBAL_NAMES];
  const { message, hint } = explainTsError({ name: 'ReferenceError', message: `${name} is not defined` }, names);
  const meant = /^Did you mean (.+)\?$/.exec(hint ?? '')?.[1];
  return { message, ...(hint && { hint }), ...(meant && { replacement: meant }) };
}

/** A property that the row of a table lacks is a column that is not there. */
function unknownColumn(file: ts.SourceFile, at: number, checker: ts.TypeChecker): Words | undefined {
  const node = tokenTouching(file, at);
  const access = node && accessOf(node);
  if (!access) return undefined;
  const type = checker.getTypeAtLocation(access.expression);
  const declaration = (type.aliasSymbol ?? type.symbol)?.declarations?.[0];
  if (declaration?.getSourceFile().fileName !== TABLES) return undefined;
  const table = tableOf(declaration);
  const columns = type.getProperties().map((property) => property.name);
  const meant = nearest(access.name, columns);
  return {
    message: `${table} has no column ${access.name}.`,
    hint: meant ? `Did you mean ${meant}?` : `Its columns are ${listed(columns)}.`,
    ...(meant && access.plain && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(meant) && { replacement: meant }),
  };
}

interface Access {
  readonly expression: ts.Node;
  readonly name: string;
  /** Written as a name, not within brackets. */
  readonly plain: boolean;
}

/** `row.x`, `row['x']`, and `x` of `({ x }) => …`. */
function accessOf(node: ts.Node): Access | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return { expression: parent.expression, name: parent.name.text, plain: true };
  }
  const element = ts.isElementAccessExpression(node) ? node : parent;
  if (ts.isElementAccessExpression(element) && ts.isStringLiteralLike(element.argumentExpression)) {
    return { expression: element.expression, name: element.argumentExpression.text, plain: false };
  }
  if (ts.isBindingElement(parent) && ts.isIdentifier(node) && (parent.propertyName ?? parent.name) === node) {
    return { expression: parent.parent, name: node.text, plain: false };
  }
  return undefined;
}

function tableOf(declaration: ts.Node): string {
  for (let node: ts.Node = declaration; node; node = node.parent) {
    if (ts.isModuleDeclaration(node)) return node.name.text;
  }
  return 'The table';
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

/** TypeScript's message, of several lines the first and the last, which says what is wrong at the bottom of it. */
function sentence(message: string): string {
  const lines = message
    .replace(/import\("[^"]*"\)\./g, '')
    .split('\n')
    .map((line) => line.trim());
  return lines.length > 1 ? `${lines[0]} ${lines.at(-1)}` : message;
}
