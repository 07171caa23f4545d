import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '../../base/problem';

/** A {@link Problem} with a line as an underline: from its column to the end of the word there, or over the line's text. */
export function diagnosticOf(problem: Problem, source: Text): Diagnostic | null {
  if (problem.line === undefined || problem.line < 1 || problem.line > source.lines) return null;
  const line = source.line(problem.line);
  const indent = line.text.length - line.text.trimStart().length;
  const start = problem.column === undefined ? indent : Math.min(problem.column - 1, Math.max(0, line.length - 1));
  const word = problem.column === undefined ? null : /^[\p{L}\p{N}_$]+/u.exec(line.text.slice(start));
  const length = problem.column === undefined ? line.length - indent : (word?.[0].length ?? 1);
  const to = Math.min(line.to, line.from + start + Math.max(1, length));
  return { from: Math.min(line.from + start, to), to, severity: 'error', message: problem.message };
}
