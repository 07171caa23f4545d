/** A text as one would write it in SQL: in single quotes. */
export function writtenText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
