import { parse, parseExpressionAt } from 'acorn';
import type * as ES from 'estree';
import type { Problem } from '../../base/problem';
import { offsetAt, positionAt, type Position } from '../position';
import { beforeStripping, stripTypes } from './strip';

/** An ESTree node with its place, as acorn gives it. */
export type Placed<N extends ES.Node = ES.Node> = N & { readonly start: number; readonly end: number };

export interface Parsed {
  readonly ok: true;
  /** JavaScript, with the source's lines. */
  readonly code: string;
  readonly program: Placed<ES.Program>;
  /** The place in the source of a 0-based offset in `code`. */
  at(offset: number): Position;
}

export type ParseResult = Parsed | { readonly ok: false; readonly problem: Problem };

/** A cell's TypeScript as a syntax tree without types, or the syntax error in plain words at its own place. */
export function parseCell(source: string): ParseResult {
  const plain = parseProgram(source, 0);
  // `{a: 1, b: 2}` alone is an object to its author, though a block to the language.
  if (!plain.ok && /^\s*\{/.test(source)) {
    const wrapped = parseProgram(`(${source}\n)`, 1);
    if (wrapped.ok) return wrapped;
  }
  return plain;
}

/** `lead` is the number of characters put before the source's first line. */
function parseProgram(source: string, lead: number): ParseResult {
  const home = ({ line, column }: Position): Position => ({
    line,
    column: line === 1 ? Math.max(1, column - lead) : column,
  });
  let code: string;
  try {
    code = stripTypes(source);
  } catch (error) {
    return { ok: false, problem: syntaxProblem(source, error, home) };
  }
  const at = (offset: number): Position => home(beforeStripping(source, positionAt(code, offset)));
  try {
    const program = parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      ranges: true,
    }) as unknown as Placed<ES.Program>;
    return { ok: true, code, program, at };
  } catch (error) {
    const { pos } = error as { pos?: number };
    return { ok: false, problem: syntaxProblem(source, error, () => at(pos ?? 0)) };
  }
}

export interface ParsedExpression {
  readonly ok: true;
  readonly expression: Placed<ES.Expression>;
  /** JavaScript source of a part of the expression. */
  textOf(node: ES.Node): string;
}

/** One TypeScript expression, as within `${…}` and `{{ … }}`. Places in problems are within `source`. */
export function parseExpression(source: string): ParsedExpression | { readonly ok: false; readonly problem: Problem } {
  if (source.trim() === '') {
    return {
      ok: false,
      problem: {
        code: 'syntax',
        message: 'There is no expression between the braces.',
        hint: 'Write a name or a calculation there.',
        line: 1,
        column: 1,
      },
    };
  }
  const wrapped = `(${source}\n)`;
  const home = ({ line, column }: Position): Position => ({
    line,
    column: line === 1 ? Math.max(1, column - 1) : column,
  });
  let place = home;
  try {
    const code = stripTypes(wrapped).trimEnd();
    place = () => home({ line: 1, column: 1 });
    const outer = parseExpressionAt(code, 0, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
      preserveParens: true,
      ranges: true,
    });
    // `a) + (b` would otherwise pass, its brackets paired with those put around it.
    if (outer.type !== 'ParenthesizedExpression' || outer.end < code.length) throw new SyntaxError('Unexpected token');
    const textOf = (node: ES.Node): string => code.slice((node as Placed).start, (node as Placed).end);
    return { ok: true, expression: outer.expression as unknown as Placed<ES.Expression>, textOf };
  } catch (error) {
    return { ok: false, problem: syntaxProblem(wrapped, error, place) };
  }
}

const PLAIN: readonly (readonly [RegExp, string, string?])[] = [
  [
    /Unterminated string/i,
    'A string is not closed on its line.',
    'Add the missing quote, or use `backticks` for several lines.',
  ],
  [/Unterminated template/i, 'A template string is not closed.', 'Add the missing backtick (`).'],
  [/Unterminated regular/i, 'A regular expression is not closed.', 'Add the missing slash.'],
  [/Unterminated comment/i, 'A comment is not closed.', 'Add the missing */.'],
  [
    /'return' outside of function/i,
    'return stands outside a function.',
    'A cell shows its last expression: leave return out.',
  ],
  [
    /Identifier '(.+)' has already been declared/i,
    '$1 is declared twice in this cell.',
    'Rename one of them, or assign without const or let.',
  ],
  [
    /Assigning to rvalue|Invalid left-hand side/i,
    'The left side of the assignment cannot be assigned to.',
    'Compare with ===, or assign to a name.',
  ],
  [/Deleting local variable/i, 'A name cannot be deleted.'],
  [
    /reserved word '(.+)'|'(.+)' is reserved|keyword '(.+)'/i,
    '$1 is a word of the language and cannot be a name here.',
    'Use another name.',
  ],
  [
    /'import' and 'export' may (?:only )?appear/i,
    'import and export must stand at the top of the cell, not within braces.',
  ],
  [/Private field '(.+)' must be declared/i, '$1 is used, but its class does not declare it.'],
];

function syntaxProblem(source: string, error: unknown, home: (place: Position) => Position): Problem {
  const { message: raw, loc, pos } = error as { message: string; loc?: Position; pos?: number };
  const found = pos === undefined ? undefined : loc && positionAt(source, Math.min(pos, source.length));
  const place = home(found ?? { line: 1, column: 1 });
  const text = raw.replace(/^Error transforming [^:]*: /, '').replace(/\s*\(\d+:\d+\)$/, '');
  for (const [pattern, message, hint] of PLAIN) {
    const match = pattern.exec(text);
    if (!match) continue;
    const name = match.slice(1).find((group) => group !== undefined) ?? '';
    return { code: 'syntax', message: message.replace('$1', name), ...(hint && { hint }), ...place };
  }
  return { code: 'syntax', ...unexpected(source, place, text), ...place };
}

/** Says what stands where it cannot. */
function unexpected(source: string, place: Position, text: string): { message: string; hint?: string } {
  const rest = (source.split('\n')[place.line - 1] ?? '').slice(place.column - 1);
  // After a comma too many the parser takes what follows for a method and misses its bracket.
  const expected = /expected "([^(]+)"/.exec(text)?.[1];
  if (rest.startsWith('@'))
    return { message: 'Decorators (@…) are not understood in cells.', hint: 'Call the function yourself.' };
  if (rest.trim() === '') {
    const open = openBracket(source);
    const missing = open ?? expected;
    const hint = missing ? `Add the missing ${missing}` : 'Look for a bracket, brace or quote that is not closed';
    return { message: 'The code ends too early.', hint: `${hint}.` };
  }
  const token = /^\s*([\w$]+|[^\s\w$])/.exec(rest)?.[1] ?? rest[0]!;
  const open = expected === ',' ? openBracket(source.slice(0, offsetAt(source, place))) : undefined;
  if (open)
    return {
      message: `“${token}” cannot stand here.`,
      hint: `Close what is open before it with ${open}, or put a comma between.`,
    };
  if (expected)
    return {
      message: `“${token}” stands where “${expected}” was expected.`,
      hint: `Add ${expected} before it, or an operator.`,
    };
  return {
    message: `“${token}” cannot stand here.`,
    hint: 'Look just before it for something missing: a comma, an operator, a bracket.',
  };
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Comments and strings, in which brackets do not count, and brackets. */
const BRACKETS = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[()[\]{}]/g;

/** What would close the innermost bracket that is still open at the end of `code`. */
function openBracket(code: string): string | undefined {
  const open: string[] = [];
  for (const [found] of code.matchAll(BRACKETS)) {
    if (CLOSING[found]) open.push(CLOSING[found]);
    else if (open.at(-1) === found) open.pop();
  }
  return open.at(-1);
}
