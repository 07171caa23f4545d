import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '../../base/problem';
import type { Finding } from './assist';

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

/** A {@link Problem} that was found while its text is written, with what would mend it if it says so. */
export function findingOf(problem: Problem, source: Text): Finding | null {
  const place = diagnosticOf(problem, source);
  if (!place) return null;
  const { message, hint, subject } = problem;
  const meant = /^Did you mean (.+)\?$/.exec(hint ?? '')?.[1];
  const mends = meant !== undefined && subject === source.sliceString(place.from, place.to);
  return {
    from: place.from,
    to: place.to,
    severity: 'error',
    syntax: false,
    message,
    ...(hint && { hint }),
    ...(mends && { replacement: meant }),
  };
}
