import { cleanName } from '../names';
import { looksTyped } from '../infer';
import type { TextRecord } from '../records';

/** Second names that say nothing of their own. */
const EMPTY_LABEL = /^(?:response|open-ended response|antwort|offene antwort|freitextantwort)$/i;

/**
 * Whether the row below the header is a second row of names, as survey tools write it: what was asked above, what could
 * be answered below. It is when it holds no value itself, stands above columns of numbers or dates, and either names
 * the columns that the first row leaves blank or says `Response`.
 */
export function hasSecondHeader(
  header: TextRecord,
  second: TextRecord | undefined,
  rows: readonly TextRecord[],
): boolean {
  const width = header.fields.length;
  if (!second || second.fields.length !== width || rows.length === 0) return false;
  const above = header.fields.map((field) => field.trim());
  const below = second.fields.map((field) => field.trim());
  const filled = below.filter((field) => field !== '');
  if (filled.length === 0 || filled.some(looksTyped)) return false;
  const bare = below.filter((_, i) => above[i] === '');
  const named = bare.length > 0 && bare.every((field) => field !== '');
  if (!named && !filled.every((field) => EMPTY_LABEL.test(field))) return false;
  if (above[0] === '' && below[0] !== '') return false;
  return below.some((field, i) => {
    const cells = rows.map((row) => (row.fields[i] ?? '').trim()).filter((cell) => cell !== '');
    return (
      !looksTyped(field) && above[i] !== '' && cells.length > 0 && cells.filter(looksTyped).length > 0.8 * cells.length
    );
  });
}

/** One header of two: `Question – answer`, the question alone where there is nothing to add. */
export function joinHeaders(first: readonly string[], second: readonly string[]): string[] {
  let question = '';
  return first.map((field, i) => {
    const label = (second[i] ?? '').trim();
    question = field.trim() || (label === '' ? '' : question);
    if (label === '' || EMPTY_LABEL.test(label)) return question;
    return question === '' ? label : `${question} – ${label}`;
  });
}

/** How a joined header is said where names are short: the question gives way, so that the answer is not cut off. */
export function shortHeader(header: string, longest = 63): string {
  const at = header.lastIndexOf(' – ');
  if (at < 0 || cleanName(header).length < longest) return header;
  const label = header.slice(at + 3);
  const room = Math.max(0, longest - cleanName(label).length - 2);
  const question = cleanName(header.slice(0, at))
    .slice(0, room)
    .replace(/_[^_]*$/, '');
  return `${question} ${label}`;
}
