/** A value in a sentence that says what is wrong with it: a text and a big integer look like the number they are not. */
export function told(value: unknown): string {
  if (typeof value === 'string') return `the text “${value}”`;
  if (typeof value === 'bigint') return `the big integer ${value}n`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value as number);
}
