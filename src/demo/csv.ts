/** A value of a cell; absent ones are written as nothing between the commas. */
export type CsvValue = string | number | boolean | undefined;

/** Rows to CSV text (RFC 4180, header, LF): quotes only where a comma, quote or line break asks for them. */
export function toCsv(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  const lines = [header.join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return lines.join('\n') + '\n';
}

function field(value: CsvValue): string {
  if (value === undefined) return '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
