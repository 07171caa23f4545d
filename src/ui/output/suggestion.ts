import type { Problem } from '../../base/problem';

export interface Suggestion {
  /** What will be written. */
  readonly text: string;
  /** The whole source with it in place. */
  readonly source: string;
}

/**
 * The correction a problem asks for, when it says which: a hint such as `Did you mean "revenue"?` and a position at
 * which the wrong name stands. Without both, null: guessing where to write would be worse than not offering.
 */
export function suggestion(problem: Problem, source: string): Suggestion | null {
  const text = /did you mean\s+["“'`]([^"”'`]+)["”'`]\s*\?/i.exec(problem.hint ?? '')?.[1];
  if (!text || problem.line === undefined || problem.column === undefined) return null;
  const lines = source.split('\n');
  const line = lines[problem.line - 1];
  const start = problem.column - 1;
  const wrong = line && /^(?:"(?:[^"]|"")+"|[\p{L}_$][\p{L}\p{N}_$]*)/u.exec(line.slice(start))?.[0];
  if (!line || !wrong || wrong === text) return null;
  const written = wrong.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;
  lines[problem.line - 1] = line.slice(0, start) + written + line.slice(start + wrong.length);
  return { text: written, source: lines.join('\n') };
}
