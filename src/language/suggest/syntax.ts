import { nearest } from '../../base/nearest';
import { RESERVED } from '../sql/keywords';
import { caretPlace } from './caret';
import type { Explained, Known } from './known';

/** Words that SQL does not reserve, and that still name a column only behind AS: those that one would call a column. */
const BEHIND_AS = new Set(
  `action cache call catalog category century class cluster comment content conversion copy cost current cycle data database day
days dec decade decimal delimiter domain enum error event extension external family filter first following forward function
generated global hour hours identity import include increment index input integer int interval key label language large last
leading level load local location macro map mapping mark match maxvalue method minute minutes minvalue mode month months move name names
new next no none object of off old option options others out over owner partial partition password percent plans policy position
precision prior program quarter quarters range real reference ref release rename replace reset role row rows rule sample schema
scope search second seconds sequence server session set sets share simple skip smallint source sql stable start statement
statistics storage strict subscription substring system target temp template text ties time timestamp transaction transform trim type types
unknown update use user valid value values varchar version view views week weeks window within without work write year years yes
zone`.split(/\s+/),
);
const KEYWORDS = ['FROM', 'SELECT', 'WHERE', 'GROUP', 'ORDER', 'JOIN', 'LIMIT', 'HAVING'];

/** What is wrong near a word at which the database stopped reading. */
export function syntax(near: string, text: string, raw: string, known: Known): Explained {
  const message = `“${near}” cannot stand here.`;
  if (near === '`') return { code: 'syntax', message, hint: 'Names go in double quotes: "my column".' };
  if (near === '{' && /\{\{[^}]*\}\}/.test(text))
    return { code: 'syntax', message, hint: 'In SQL write ${x} for a value; {{ x }} is for cells of text.' };
  if (near === ':') return { code: 'syntax', message, hint: 'A value of a TypeScript cell is written ${name}.' };
  if (/^\.\d/.test(near) && /\d{1,2}\.\d{1,2}\.\d{4}/.test(text))
    return { code: 'syntax', message, hint: "A date is written DATE '2024-12-31'." };
  // The word itself, or one before it that the database took for a name.
  const names = known.tables.flatMap(({ name, columns }) => [name, ...columns]);
  const isName = RESERVED.has(near.toLowerCase()) || names.some((name) => name.toLowerCase() === near.toLowerCase());
  const own = /^[a-z]{4,}$/i.test(near) && !isName ? nearest(near, KEYWORDS) : undefined;
  if (own) return { code: 'syntax', message, hint: `Did you mean ${own} instead of ${near}?` };
  const swaps = /\b(form|fom|selec|slect|whre|gropu|gruop|oder|ordr|jion|limt|hvaing)\b/i.exec(text)?.[1];
  const word = swaps && nearest(swaps, KEYWORDS);
  if (word) return { code: 'syntax', message, hint: `Did you mean ${word} instead of ${swaps}?` };
  if (/\bselect\s+top\s+\d/i.test(text))
    return { code: 'syntax', message, hint: 'Write LIMIT 10 at the end instead of TOP 10.' };
  const called = bareAlias(near, raw, text);
  if (called) return { code: 'syntax', message, hint: called };
  const last = near === '(' ? columnBeforeCall(raw, text) : undefined;
  if (last) return { code: 'syntax', message: `A comma is missing after ${last}.`, hint: `Write ${last}, before it.` };
  return { code: 'syntax', message, hint: 'Look just before it for a missing comma, bracket, quote or keyword.' };
}

/** `SELECT sum(spend) cost`: words of SQL's own are names of columns only behind AS. */
function bareAlias(near: string, raw: string, text: string): string | undefined {
  const before = upToCaret(raw, text);
  if (before === undefined || !BEHIND_AS.has(near.toLowerCase())) return undefined;
  const after = text.slice(before.length + near.length);
  const isNamed = /^\s*(,|\)|;|$|from\b)/i.test(after) && /([\p{L}\p{N}_)"'\]])\s+$/u.test(before);
  const word = /([\p{L}_]\w*)\s+$/u.exec(before)?.[1];
  if (!isNamed || (word && RESERVED.has(word.toLowerCase()))) return undefined;
  return `${near} is a word of SQL's own: to call a column so, write AS ${near}.`;
}

/** `plz` of `SELECT plz sum(x)`, which the database reads as a column called sum and an open bracket. */
function columnBeforeCall(raw: string, text: string): string | undefined {
  const upTo = upToCaret(raw, text);
  if (upTo === undefined) return undefined;
  const [, column] = /([\p{L}_][\p{L}\p{N}_.]*|"[^"]+")\s+[\p{L}_]\w*\s*$/u.exec(upTo) ?? [];
  return column && !RESERVED.has(column.toLowerCase()) ? column : undefined;
}

/** The statement up to the place that the database points at. */
function upToCaret(raw: string, text: string): string | undefined {
  const place = caretPlace(raw, { text, line: 0 });
  if (!place) return undefined;
  const before = text.split('\n').slice(0, place.line).join('\n');
  return before.slice(0, before.lastIndexOf('\n') + place.column);
}
