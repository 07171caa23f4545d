import type { Reject } from '../../table/plan';

/** Rejected rows as CSV, each with its line, the column and the reason. What a spreadsheet would run is made text. */
export function rejectsCsv(rejects: readonly Reject[]): string {
  const rows = rejects.map(({ line, column, reason, text }) => [String(line), column ?? '', reason, text]);
  return [['line', 'column', 'reason', 'row'], ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
