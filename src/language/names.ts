import type { Problem } from '../base/problem';
import { RESERVED, RESERVED_FOR_FUNCTIONS } from './sql/keywords';
import { GLOBAL_NAMES, SCOPE_NAMES } from './ts/names';

/** Words of JavaScript that cannot be a variable in a module. */
const JS_WORDS: ReadonlySet<string> = new Set(
  `await break case catch class const continue debugger default delete do else enum export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static
  super switch this throw true try typeof var void while with yield arguments eval`.split(/\s+/),
);

/** Why a cell cannot be called `name`, with a clean name proposed; undefined for a good name. */
export function nameProblem(name: string): Problem | undefined {
  const proposal = cleanName(name);
  if (proposal === name) return undefined;
  const hint = `Call it ${proposal}.`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    const message = `“${name}” cannot be a name: a name holds letters, digits and _, and does not begin with a digit.`;
    return { code: 'bad-name', message, hint, subject: name };
  }
  return {
    code: 'bad-name',
    message: `“${name}” is a word of SQL or TypeScript and cannot be a name.`,
    hint,
    subject: name,
  };
}

/** The nearest good name: `Orders 2024 (1)` becomes `Orders_2024_1`, `select` becomes `select_`. A good name stays. */
export function cleanName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss');
  const good = /^[A-Za-z_][A-Za-z0-9_]*$/.test(plain)
    ? plain
    : plain.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '') || 'table_1';
  const begun = /^\d/.test(good) ? `_${good}` : good;
  return isReserved(begun) ? `${begun}_` : begun;
}

function isReserved(name: string): boolean {
  const lower = name.toLowerCase();
  if (RESERVED.has(lower) || RESERVED_FOR_FUNCTIONS.has(lower)) return true;
  return JS_WORDS.has(lower) || GLOBAL_NAMES.has(name) || SCOPE_NAMES.includes(name);
}
