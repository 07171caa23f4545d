import type * as ES from 'estree';
import type { Problem } from '../../base/problem';
import type { Definition } from '../definition';
import { offsetAt, type Position } from '../position';
import { sqlNames } from '../sql/names';
import { unique, uniqueIgnoringCase } from '../unique';
import { applyEdits, beforeEdits, type Edit } from './edits';
import { rewriteModules } from './modules';
import { GLOBAL_NAMES, MODULES, SCOPE_NAMES, VALUE_NAME } from './names';
import { parseCell, type Parsed, type Placed } from './parse';
import { namesOf, type FreeName } from './scope';
import { erasedNamespace } from './namespace';
import { walk } from './walk';

/**
 * A TypeScript cell: outputs are its top-level declarations (imports are its own), inputs its free names and the
 * tables that its `sql` templates name. The code keeps the source's lines; its final expression is
 * returned.
 *
 * @param scope names that every cell has without another cell defining them
 */
export function compileTs(source: string, scope: readonly string[] = SCOPE_NAMES): Definition {
  const compiled = rewrite(source);
  if (!compiled.ok) {
    return { inputs: [], outputs: [], body: { type: 'ts', code: '', queried: [] }, problems: [compiled.problem] };
  }
  const { parsed, edits, problems } = compiled;
  const { declared, free } = namesOf(parsed.program);
  const known = new Set(scope);
  const foreign = free.filter(({ name }) => !known.has(name) && !GLOBAL_NAMES.has(name) && name !== 'arguments');
  const queried = sqlInTemplates(parsed, free);
  const sqlReads = uniqueIgnoringCase(queried.tables, [...declared, ...foreign.map(({ name }) => name)]);
  const found = [...problems, ...erasedNamespace(source, parsed.code), ...misuses(parsed, declared, free, known)];
  return {
    inputs: unique([...foreign.map(({ name }) => name), ...sqlReads]),
    outputs: declared,
    calls: uniqueIgnoringCase(queried.calls),
    body: { type: 'ts', code: found.length > 0 ? '' : applyEdits(parsed.code, edits), queried: sqlReads },
    problems: found,
  };
}

/**
 * The place in a cell's TypeScript of a place in the code that {@link compileTs} made of it (both 1-based), as a stack
 * trace of the kernel names it. Lines are the same; types that were taken off move columns.
 */
export function placeInSource(source: string, place: Position): Position {
  const compiled = rewrite(source);
  if (!compiled.ok) return place;
  const { parsed, edits } = compiled;
  const offset = offsetAt(applyEdits(parsed.code, edits), place);
  return parsed.at(beforeEdits(edits, offset));
}

type Rewritten =
  | {
      readonly ok: true;
      readonly parsed: Parsed;
      readonly edits: readonly Edit[];
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly problem: Problem };

function rewrite(source: string): Rewritten {
  const parsed = parseCell(source);
  if (!parsed.ok) return parsed;
  const modules = rewriteModules(parsed);
  return { ok: true, parsed, edits: [...modules.edits, ...showLast(parsed)], problems: modules.problems };
}

/** Turns the final expression statement, if there is one, into the cell's value. */
function showLast(parsed: Parsed): Edit[] {
  const statements = parsed.program.body.filter((node) => node.type !== 'EmptyStatement') as Placed[];
  const last = statements.at(-1);
  const range = last && !isEnum(last) && shownRange(parsed.code, last);
  if (!range) return [];
  // A statement before may end without its semicolon and would then run into the next line.
  return [
    { start: range.start, end: range.start, text: `;${VALUE_NAME}=(` },
    { start: range.end, end: range.end, text: parsed.code[range.end] === ';' ? ')' : ');' },
  ];
}

/** The text of the expression that a last statement shows, without its semicolon. */
function shownRange(code: string, last: Placed): { start: number; end: number } | undefined {
  const withoutSemicolon = (end: number): number => (code[end - 1] === ';' ? end - 1 : end);
  if (last.type === 'ExpressionStatement') return { start: last.start, end: withoutSemicolon(last.end) };
  if (last.type === 'ExportDefaultDeclaration') {
    const declaration = (last as Placed<ES.ExportDefaultDeclaration>).declaration as Placed<ES.Node>;
    return /Declaration$/.test(declaration.type)
      ? undefined
      : { start: declaration.start, end: withoutSemicolon(last.end) };
  }
  // `{a: 1}` and `{a, b}` at the end: an object to its author, a block without effect to the language.
  if (last.type === 'BlockStatement' && parsesAsObject(code.slice(last.start, last.end))) return last;
  return undefined;
}

function parsesAsObject(block: string): boolean {
  if (/^\{\s*\}$/.test(block)) return false;
  const parsed = parseCell(`(${block})`);
  if (!parsed.ok) return false;
  const [statement] = parsed.program.body;
  return statement?.type === 'ExpressionStatement' && statement.expression.type === 'ObjectExpression';
}

/** `(function (E) {…})(E || (E = {}))`, which an `enum` becomes. */
function isEnum(node: Placed): boolean {
  if (node.type !== 'ExpressionStatement') return false;
  const { expression } = node as Placed<ES.ExpressionStatement>;
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'FunctionExpression') return false;
  const [argument] = expression.arguments;
  return argument?.type === 'LogicalExpression' && argument.right.type === 'AssignmentExpression';
}

/** What a cell may not do with names and modules, each at its place. */
function misuses(
  parsed: Parsed,
  declared: readonly string[],
  free: readonly FreeName[],
  scope: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = [];
  const add = (start: number, code: string, message: string, hint: string): void => {
    problems.push({ code, message, hint, ...parsed.at(start) });
  };
  for (const { name, start, writes } of free) {
    if (name === 'arguments') {
      add(start, 'syntax', 'arguments is known only inside a function.', 'Leave it out, or write a function.');
    } else if (name === 'require') {
      add(
        start,
        'import',
        'require is not known here.',
        `Write import … from ${MODULES.map((module) => `"${module}"`).join(', ')}.`,
      );
    } else if (writes) {
      const owner = scope.has(name) || GLOBAL_NAMES.has(name) ? 'a name that every cell shares' : "another cell's name";
      add(
        start,
        'assigns-other',
        `A cell may not change ${owner}: ${name} is not declared here.`,
        `Declare a name of this cell's own: const ${name === 'x' ? 'y' : 'x'} = …, or let ${name} = … if no other cell has it.`,
      );
    }
  }
  for (const name of declared) {
    if (scope.has(name)) {
      const start = new RegExp(`(?<![\\w$])${name}(?![\\w$])`).exec(parsed.code)?.index ?? 0;
      add(
        start,
        'name-taken',
        `${name} is already there in every cell and cannot be declared anew.`,
        'Use another name.',
      );
    }
  }
  walk(parsed.program, (node) => {
    if (node.type === 'ImportExpression') {
      add(
        node.start,
        'import',
        'import() cannot load anything: nothing is fetched from the network.',
        `A cell may import ${MODULES.join(', ')} at its top.`,
      );
    } else if (node.type === 'MetaProperty' && parsed.code.startsWith('import', node.start)) {
      add(node.start, 'import', 'import.meta has no meaning in a cell.', 'Leave it out.');
    }
  });
  for (const node of parsed.program.body) {
    if (node.type === 'VariableDeclaration' && /using$/.test(node.kind)) {
      add(
        (node as Placed).start,
        'syntax',
        'using at the top of a cell would release the value before another cell could read it.',
        'Write const, or put using within braces.',
      );
    }
  }
  return problems;
}

/** What the `sql` templates of a cell name, its own `sql` (declared or a parameter) left aside. */
function sqlInTemplates(parsed: Parsed, free: readonly FreeName[]): { tables: string[]; calls: string[] } {
  const tables: string[] = [];
  const calls: string[] = [];
  const tags = new Set(free.filter(({ name }) => name === 'sql').map(({ start }) => start));
  const local = new Set(imported(parsed, 'levain', 'sql'));
  walk(parsed.program, (node) => {
    if (node.type !== 'TaggedTemplateExpression') return;
    const { tag, quasi } = node as Placed<ES.TaggedTemplateExpression>;
    if (tag.type !== 'Identifier' || !(tags.has((tag as Placed).start) || local.has(tag.name))) return;
    const names = sqlNames(quasi.quasis.map(({ value }) => value.cooked ?? value.raw).join('${0}'));
    tables.push(...names.tables);
    calls.push(...names.calls);
  });
  return { tables, calls };
}

/** The local names of an import. */
function imported(parsed: Parsed, module: string, name: string): string[] {
  return parsed.program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration' || node.source.value !== module) return [];
    return node.specifiers
      .filter(
        (part) => part.type === 'ImportSpecifier' && part.imported.type === 'Identifier' && part.imported.name === name,
      )
      .map((part) => part.local.name);
  });
}
