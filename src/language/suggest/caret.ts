import type { Position } from '../position';

/** Where in the cell an SQL statement stands. */
export interface StatementPlace {
  /** The text that the database was given. */
  readonly text: string;
  /** 0-based line of the cell on which it begins. */
  readonly line: number;
  /** 0-based column of the cell at which its first line begins; 0 when not said. */
  readonly column?: number;
}

/**
 * The place in the cell that DuckDB's `LINE n: …` and the caret under it point at; undefined when the message has none.
 * Long lines come cut, with `...` at either end.
 */
export function caretPlace(message: string, statement: StatementPlace): Position | undefined {
  const block = /^LINE (\d+): (.*)\n( *)\^/m.exec(message);
  if (!block) return undefined;
  const line = Number(block[1]);
  const prefix = `LINE ${line}: `.length;
  const shown = block[2]!;
  let offset = block[3]!.length - prefix;
  const full = statement.text.split('\n')[line - 1] ?? '';
  if (!full.startsWith(shown)) {
    const start = shown.startsWith('...') ? 3 : 0;
    const snippet = shown.slice(start).replace(/\.\.\.$/, '');
    const at = full.indexOf(snippet);
    offset += at < 0 ? 0 : at - start;
  }
  const first = line === 1 ? (statement.column ?? 0) : 0;
  return { line: statement.line + line, column: Math.max(0, offset) + 1 + first };
}
