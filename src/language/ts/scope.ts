import { analyze, type Scope } from 'eslint-scope';
import type * as ES from 'estree';
import type { Placed } from './parse';

/** A name that is used where nothing within the code declares it. */
export interface FreeName {
  readonly name: string;
  /** 0-based offset of the use. */
  readonly start: number;
  readonly writes: boolean;
}

export interface Names {
  /** Names declared at the top level, imports left out, in order of declaration. */
  readonly declared: readonly string[];
  /** Every use of a name that the code does not declare, in the order of the text. */
  readonly free: readonly FreeName[];
}

/** Which names a program declares at its top and which it takes from outside, by the language's own scopes. */
export function namesOf(program: Placed<ES.Program>): Names {
  const manager = analyze(program, { ecmaVersion: 2024, sourceType: 'module' });
  const module = manager.scopes.find((scope: Scope) => scope.type === 'module')!;
  const declared = module.variables
    .filter(
      (variable) =>
        variable.defs.length > 0 && variable.defs.every((definition) => definition.type !== 'ImportBinding'),
    )
    .map((variable) => variable.name);
  const free = manager.globalScope!.through.map((reference) => ({
    name: reference.identifier.name,
    start: (reference.identifier as Placed<ES.Identifier>).start,
    writes: reference.isWrite(),
  }));
  return { declared, free: free.sort((a, b) => a.start - b.start) };
}

/** The names that one expression takes from outside. */
export function namesOfExpression(expression: Placed<ES.Expression>): readonly FreeName[] {
  const statement = { type: 'ExpressionStatement', expression, start: expression.start, end: expression.end };
  const program = { type: 'Program', sourceType: 'module', body: [statement], start: 0, end: expression.end };
  return namesOf(program as Placed<ES.Program>).free;
}
