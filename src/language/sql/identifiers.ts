import type { SqlStatement } from '../definition';
import { lex } from './lex';

/**
 * A statement ready to run: parameters written `${id(x)}` become quoted identifiers in its text, the others keep their
 * order, are numbered anew and stay to be bound to `$1`, `$2`, …
 *
 * @param values one for each of `statement.parameters`; that of an `id` is used as text
 */
export function inlineIdentifiers<V>(
  statement: SqlStatement,
  values: readonly V[],
): { readonly text: string; readonly parameters: readonly V[] } {
  const parameters: V[] = [];
  const text = lex(statement.text)
    .map((token) => {
      const index = token.kind === 'parameter' ? Number(token.text.slice(1)) - 1 : -1;
      const parameter = statement.parameters[index];
      if (!parameter) return token.text;
      if (parameter.as === 'id') return quoteIdentifier(String(values[index]));
      parameters.push(values[index]!);
      return `$${parameters.length}`;
    })
    .join('');
  return { text, parameters };
}

/** `name` as DuckDB reads it whatever it holds: `"my ""table"""`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
