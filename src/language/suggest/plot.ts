import type { Problem } from '../../base/problem';
import { positionAt } from '../position';
import { nearest } from '../../base/nearest';
import type { KnownTable } from './known';
import type { ThrownError } from './ts';

/**
 * Plot's “missing scale: x”, which it throws when no value of a channel can be drawn: nearly always the column's name is
 * misspelt. The name is looked up in the cell's text (`x: 'dya'`) and its neighbour among the columns of the tables that
 * the text names, or of all when it names none.
 *
 * @returns undefined for any other error
 */
export function explainMissingScale(
  error: ThrownError,
  source: string,
  tables: readonly KnownTable[],
): Problem | undefined {
  const scale = /^missing scale: (\w+)$/.exec(error.message)?.[1];
  if (!scale) return undefined;
  const code = 'missing-scale';
  const named = tables.filter(({ name }) => source.includes(name));
  const columns = (named.length > 0 ? named : tables).flatMap((table) => table.columns);
  const given = [...source.matchAll(channelOf(scale))].map((match) => ({
    column: match[3]!,
    at: match.index + match[1]!.length,
  }));
  const wrong = given.find(({ column }) => !columns.includes(column));
  if (!wrong) {
    const message = `Nothing can be placed along ${scale}: the rows have no values there.`;
    return { code, message, hint: `Check that there are rows, and the column given as ${scale}.` };
  }
  const meant = nearest(wrong.column, columns);
  return {
    code,
    message: meant ? `There is no column ${wrong.column}.` : `No row has a value in ${wrong.column}.`,
    hint: meant ? `Did you mean ${meant}?` : `It is given as ${scale}. Check its spelling against the table.`,
    subject: wrong.column,
    ...positionAt(source, wrong.at),
  };
}

/** `x: 'day'`, `x1: "day"`. Groups: what stands before the name, its quote, the name. */
function channelOf(scale: string): RegExp {
  return new RegExp(String.raw`(\b${scale}[12]?\s*:\s*(["'\x60]))([^"'\x60\n]+)\2`, 'g');
}
