import { LevainError } from '../base/problem';
import { lexSql, withPlainSpaces, type Token } from '../base/sql-lex';
import type { Statement } from './engine';
import { literal } from './literal';

/** A statement with its parameters written in, and the way back from its text to the reader's. */
export interface Bound {
  /** No trailing `;`; ends outside any comment. */
  readonly text: string;
  /** The first word, upper case; `(` for a parenthesised query; empty for no statement. */
  readonly keyword: string;
  /** Where a position of `text` came from in the text given. */
  origin(position: number): number;
}

/**
 * Writes the parameters into a statement as literals, in place of `$1`, `$2`, …; those inside strings, comments and
 * dollar quotes stay. Throws `parameter-missing` when there is no value for a `$n`, and `several-statements`.
 */
export function bind({ text, parameters }: Statement): Bound {
  const all = lexSql(text);
  let last = all.length;
  while (last > 0 && (isSilent(all[last - 1]!) || isEnd(all[last - 1]!))) last--;
  const first = all.find((token) => !isSilent(token) && !isEnd(token));

  const separator = all.findIndex(isEnd);
  if (first && separator > all.indexOf(first) && separator < last) {
    const message = 'There are several statements where one is expected.';
    throw new LevainError({ code: 'several-statements', message, hint: 'Give each statement a run of its own.' });
  }

  let bound = '';
  const moves: { at: number; length: number; origin: number; literal: boolean }[] = [];
  for (const token of all.slice(0, last)) {
    const literal = token.kind === 'parameter' && /^\$\d/.test(token.text);
    const replacement = literal ? value(token.text, parameters) : withPlainSpaces(token);
    moves.push({ at: bound.length, length: replacement.length, origin: token.start, literal });
    bound += replacement;
  }

  const origin = (position: number): number => {
    const move = moves.findLast(({ at }) => at <= position);
    if (!move) return 0;
    return move.origin + (move.literal ? 0 : Math.min(position - move.at, move.length));
  };
  return { text: bound, keyword: first?.text.toUpperCase() ?? '', origin };
}

const isSilent = ({ kind }: Token): boolean => kind === 'space' || kind === 'comment';
const isEnd = ({ kind, text }: Token): boolean => kind === 'operator' && text === ';';

function value(name: string, parameters: Statement['parameters']): string {
  const index = Number(name.slice(1)) - 1;
  if (index < 0 || index >= parameters.length) {
    const message = `The statement names ${name}, but ${parameters.length} values were given.`;
    throw new LevainError({ code: 'parameter-missing', message, hint: 'Write ${…} to put a value into SQL.' });
  }
  return ` ${literal(parameters[index]!)} `;
}
