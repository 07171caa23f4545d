import { own } from './lockdown';

/** See `language/ts/names.ts`: the final expression is assigned to this. */
export const VALUE_NAME = 'levain$value';

/** What a cell's scope hands to its code, by name. */
export type Scope = Readonly<Record<string, unknown>>;

/** Reads each name a cell defines, and its value, as they stand after the run. */
export interface Readers {
  readonly names: Readonly<Record<string, () => unknown>>;
  readonly value: () => unknown;
}

export interface CompiledCell {
  /** Runs the code; `read` is called at once, before the first statement. */
  readonly run: (scope: Scope) => (read: (readers: Readers) => void) => Promise<unknown>;
  /** The address of the module, by which its frames are known in a stack. */
  readonly url: string;
  /** Characters that stand before the cell's own on the first line. */
  readonly offset: number;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const KEPT = 200;
const cache = new Map<string, CompiledCell>();

/** Whether a name can stand in code: a table may be called `my table`, and no cell can name it. */
export const isName = (name: string): boolean => IDENTIFIER.test(name);

/**
 * The inside of an async function, as a module. Everything of ours stands on the first line, so that lines are the
 * cell's own. The scope is an outer function's parameters, so that a cell may declare names that the scope has too.
 */
export async function compileCell(
  code: string,
  names: readonly string[],
  outputs: readonly string[],
): Promise<CompiledCell> {
  const readers = outputs.filter(isName).map((name) => `${name}: () => ${name}`);
  const read = `levain$read({names: {${readers.join(', ')}}, value: () => ${VALUE_NAME}});`;
  const before = `export default ({${names.filter(isName).join(', ')}}) => {let ${VALUE_NAME}; return async (levain$read) => {${read}`;
  const source = `${before}${code}\n}}`;
  const known = cache.get(source);
  if (known) return known;
  const url = own.createUrl(new own.Blob([source], { type: 'text/javascript' }));
  const module = (await import(/* @vite-ignore */ url)) as { default: CompiledCell['run'] };
  const compiled = { run: module.default, url, offset: before.length };
  cache.set(source, compiled);
  if (cache.size > KEPT) cache.delete(cache.keys().next().value!);
  return compiled;
}
