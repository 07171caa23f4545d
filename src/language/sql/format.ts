import { duckdb, formatDialect } from 'sql-formatter';
import { LevainError } from '../../base/problem';
import { lex, type Token } from './lex';

/**
 * SQL with its lines broken and indented in the usual way. Words, their case, comments and `${ }` stay as they were
 * written: where the formatter would change more than the space between them, it throws `not-formatted`.
 */
export function formatSql(source: string): string {
  const holes: string[] = [];
  const plain = lex(source)
    .map(({ kind, text }) => (kind === 'hole' ? `levain_hole_${holes.push(text) - 1}_` : text))
    .join('');
  let formatted: string;
  try {
    formatted = formatDialect(plain, { dialect: duckdb, tabWidth: 2, expressionWidth: 72, linesBetweenQueries: 1 });
  } catch {
    throw notFormatted('The formatter does not understand this SQL.');
  }
  const text = formatted.replace(/levain_hole_(\d+)_/g, (_, at: string) => holes[Number(at)]!);
  if (said(text) !== said(source)) throw notFormatted('Formatting would have changed more than lines and spaces.');
  return text;
}

/** What a text says: its words and signs, whatever stands between them. */
function said(source: string): string {
  const texts = lex(source).filter(({ kind }: Token) => kind !== 'space');
  return JSON.stringify(texts.map(({ text }) => text.replace(/\s+/g, ' ').trim()));
}

const notFormatted = (message: string): LevainError =>
  new LevainError({ code: 'not-formatted', message, hint: 'The cell was left as it is.' });
