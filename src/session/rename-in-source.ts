import type { Definition } from '../language/definition';
import { lex } from '../language/sql/lex';
import type { Cell } from '../notebook/model';

/**
 * A cell's source with `to` in each place where it reads `from`. A word of that spelling that means something else (a
 * column, a property, part of a text or a comment) stays: a place counts when with `to` written there alone the cell
 * reads `to`, or when it qualifies a column in SQL (`from.column`).
 */
export function withNameReplaced(cell: Cell, from: string, to: string, define: (cell: Cell) => Definition): string {
  const { source } = cell;
  const reads = (text: string, name: string): boolean =>
    define({ ...cell, source: text }).inputs.some((input) => input.toLowerCase() === name.toLowerCase());
  if (!reads(source, from)) return source;
  const qualifiers = cell.kind === 'sql' ? qualifiersOf(source, from) : new Set<number>();
  const places = placesOf(source, from).filter(
    ({ start, end }) => qualifiers.has(start) || reads(source.slice(0, start) + to + source.slice(end), to),
  );
  return places.reduceRight((text, { start, end }) => text.slice(0, start) + to + text.slice(end), source);
}

/** Where the name stands as a word, with the quotes around it if there are any. */
function placesOf(source: string, name: string): { start: number; end: number }[] {
  const word = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`"${word}"|(?<![\\p{L}\\p{N}_$])${word}(?![\\p{L}\\p{N}_$])`, 'giu');
  return [...source.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function qualifiersOf(source: string, name: string): Set<number> {
  const tokens = lex(source).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const named = (text: string): boolean => text.replace(/^"|"$/g, '').toLowerCase() === name.toLowerCase();
  return new Set(
    tokens
      .filter(
        ({ kind, text }, i) =>
          (kind === 'word' || kind === 'quoted') &&
          named(text) &&
          tokens[i + 1]?.text === '.' &&
          tokens[i - 1]?.text !== '.',
      )
      .map(({ start }) => start),
  );
}
