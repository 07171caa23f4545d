import { LevainError } from '../base/problem';
import type { Edit } from './apply';
import type { Cell } from './model';

/** What is looked for in the sources of all cells. */
export interface Query {
  readonly text: string;
  readonly matchCase: boolean;
  /** Only where no letter, digit or `_` stands beside it. */
  readonly word: boolean;
  /** `text` is a regular expression, and `$1` in a replacement is its first group. */
  readonly regex: boolean;
}

/** A place in the source of a cell, in characters from its beginning. */
export interface Match {
  readonly cell: string;
  readonly from: number;
  readonly to: number;
}

/** Every place of the notebook that the query describes, in order. Throws `bad-pattern` where it is no regular expression. */
export function findAll(cells: readonly Cell[], query: Query): Match[] {
  if (query.text === '') return [];
  const pattern = patternOf(query);
  return cells.flatMap(({ id, source }) =>
    matches(source, pattern).map(({ index, 0: text }) => ({ cell: id, from: index, to: index + text.length })),
  );
}

/** The names of cells that the query describes a part of; Replace does not change them. */
export function namesFound(cells: readonly Cell[], query: Query): string[] {
  const pattern = patternOf(query);
  return cells.flatMap(({ name }) => (name !== undefined && matches(name, pattern).length > 0 ? [name] : []));
}

/** The edit that puts the replacement in these places, as one step; undefined where there are none. */
export function replaceMatches(
  cells: readonly Cell[],
  places: readonly Match[],
  query: Query,
  replacement: string,
): Edit | undefined {
  const pattern = patternOf(query);
  const edits = cells.flatMap(({ id, source }): Edit[] => {
    const wanted = new Set(places.filter(({ cell }) => cell === id).map(({ from }) => from));
    if (wanted.size === 0) return [];
    const pieces: string[] = [];
    let end = 0;
    for (const match of matches(source, pattern)) {
      if (!wanted.has(match.index)) continue;
      pieces.push(source.slice(end, match.index), query.regex ? expand(replacement, match) : replacement);
      end = match.index + match[0].length;
    }
    return [{ type: 'setSource', id, source: pieces.join('') + source.slice(end) }];
  });
  return edits.length > 0 ? { type: 'group', edits } : undefined;
}

/** A pattern that fits nothing at all (`x*`) fits everywhere: such places are none. */
const matches = (source: string, pattern: RegExp): RegExpExecArray[] =>
  [...source.matchAll(pattern)].filter(({ 0: text }) => text !== '');

function patternOf({ text, matchCase, word, regex }: Query): RegExp {
  const core = regex ? text : text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const whole = word ? `(?<![\\p{L}\\p{N}_])(?:${core})(?![\\p{L}\\p{N}_])` : core;
  try {
    return new RegExp(whole, matchCase ? 'gmu' : 'gimu');
  } catch (error) {
    throw new LevainError({
      code: 'bad-pattern',
      message: `“${text}” is no pattern: ${(error as Error).message.split(': ').at(-1)}.`,
      hint: 'Write \\ before a sign that stands for itself, such as \\( or \\., or look for plain text.',
    });
  }
}

/** `$1`, `$<name>`, `$&` and `$$` of a replacement, as JavaScript reads them; a group that took no part is empty. */
function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\$(?:(\$|&)|(\d{1,2})|<([^>]*)>)/g, (whole, sign, number, name) => {
    if (sign) return sign === '$' ? '$' : match[0];
    if (number) return Number(number) > 0 && Number(number) < match.length ? (match[Number(number)] ?? '') : whole;
    return match.groups ? (match.groups[name] ?? '') : whole;
  });
}
