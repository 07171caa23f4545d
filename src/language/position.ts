/** A place in a source: 1-based line and column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place of a 0-based offset in `source`. */
export function positionAt(source: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = source.indexOf('\n', start);
    if (end < 0 || end >= offset) return { line, column: offset - start + 1 };
    line += 1;
    start = end + 1;
  }
}

/** The 0-based offset of a place in `source`, held within its line. */
export function offsetAt(source: string, { line, column }: Position): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) {
    const end = source.indexOf('\n', start);
    if (end < 0) return source.length;
    start = end + 1;
  }
  const end = source.indexOf('\n', start);
  return Math.min(start + column - 1, end < 0 ? source.length : end);
}
