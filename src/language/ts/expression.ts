import type * as ES from 'estree';
import type { Problem } from '../../base/problem';
import { unique } from '../unique';
import { GLOBAL_NAMES, SCOPE_NAMES } from './names';
import { parseExpression } from './parse';
import { namesOfExpression } from './scope';

/** One expression set into SQL or prose. */
export interface CompiledExpression {
  /** JavaScript source, types stripped; `''` when there is a problem. */
  readonly code: string;
  readonly inputs: readonly string[];
  /** The source of `x` when the expression is `id(x)`. */
  readonly identifier?: string;
  /** Placed within the expression's own text. */
  readonly problem?: Problem;
}

/** Compiles the inside of `${…}` or `{{ … }}`. */
export function compileExpression(source: string, scope: readonly string[] = SCOPE_NAMES): CompiledExpression {
  const parsed = parseExpression(source);
  if (!parsed.ok) return { code: '', inputs: [], problem: parsed.problem };
  const free = namesOfExpression(parsed.expression);
  const argument = idArgument(parsed.expression);
  const written = free.find(({ writes }) => writes);
  if (written) {
    const message = `${written.name} may not be changed here: this is an expression to be read.`;
    return {
      code: '',
      inputs: [],
      problem: { code: 'assigns-other', message, hint: 'Compare with ===, or compute the value in a TypeScript cell.' },
    };
  }
  const known = [...scope, ...GLOBAL_NAMES, ...(argument ? ['id'] : [])];
  const inputs = unique(
    free.map(({ name }) => name),
    known,
  );
  const identifier = argument && parsed.textOf(argument);
  return { code: parsed.textOf(parsed.expression), inputs, ...(identifier !== undefined && { identifier }) };
}

/** `x` of `id(x)`. */
function idArgument(expression: ES.Expression): ES.Node | undefined {
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') return undefined;
  if (expression.callee.name !== 'id' || expression.arguments.length !== 1) return undefined;
  return expression.arguments[0];
}
