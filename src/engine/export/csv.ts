import { decodeTable, type Column } from '../../table/decode';
import { identifier } from '../literal';
import type { ReadRanges } from './ranges';

/** The rows as CSV with a header, lines ending in CR LF. */
export async function writeCsv(read: ReadRanges, escapeFormulas: boolean): Promise<Blob> {
  const parts: string[] = [];
  const columns = await read(
    (each) => csvLine(each, escapeFormulas),
    (messages) => {
      const lines = [...decodeTable(messages).getChildAt(0)!] as string[];
      if (lines.length) parts.push(`${lines.join('\r\n')}\r\n`);
    },
  );
  return new Blob([`${csvHeader(columns, escapeFormulas)}\r\n`, ...parts], { type: 'text/csv;charset=utf-8' });
}

/**
 * A select list of one text column, `line`: the row as a line of CSV by RFC 4180. No value is an empty field, an empty
 * text is `""`; dates and times are in ISO form. With `escapeFormulas`, a text that a spreadsheet would run as a formula
 * (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets a `'` before it.
 */
function csvLine(columns: readonly Column[], escapeFormulas: boolean): string {
  const fields = columns.map(({ name, type }) => {
    const value = `${identifier(name)}::VARCHAR`;
    if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL.*|BOOLEAN|DATE|TIME|TIMESTAMP)$/.test(type)) {
      return `coalesce(${value}, '')`;
    }
    const formula = `CASE WHEN regexp_matches(${value}, '^[=+\\-@\\t\\r]') THEN '''' || ${value} ELSE ${value} END`;
    return `coalesce(${quoted(escapeFormulas ? `(${formula})` : value)}, '')`;
  });
  return `concat_ws(',', ${fields.join(', ')}) AS line`;
}

function quoted(value: string): string {
  const special = `regexp_matches(${value}, '[",\\r\\n]|^\\s|\\s$|^$')`;
  return `CASE WHEN ${special} THEN '"' || replace(${value}, '"', '""') || '"' ELSE ${value} END`;
}

/** The header line. */
function csvHeader(columns: readonly Column[], escapeFormulas: boolean): string {
  return columns
    .map(({ name }) => (escapeFormulas && /^[=+\-@\t\r]/.test(name) ? `'${name}` : name))
    .map((name) => (/[",\r\n]|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name))
    .join(',');
}
