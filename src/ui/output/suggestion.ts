import type { Problem } from '../../base/problem';

export interface Suggestion {
  /** What will be written. */
  readonly text: string;
  /** The whole source with it in place. */
  readonly source: string;
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_$][\p{L}\p{N}_$]*)`;
const ASKED = /did you mean\s+(?:["“'`]([^"”'`]+)["”'`]|([\p{L}_$][\p{L}\p{N}_$]*))\s*\?/iu;
/** A name, perhaps behind what it belongs to: `revenue`, `o.revenue`. */
const PATH = new RegExp(String.raw`^${NAME}(?:\.${NAME})*`, 'u');

/**
 * The correction a problem asks for, when it says which: a hint such as `Did you mean revenue?` (or with the name in
 * quotes) and a position at which the wrong name stands. Of `o.revnue` only the part the message speaks of is changed.
 * Without hint or position, null: guessing where to write would be worse than not offering.
 */
export function suggestion(problem: Problem, source: string): Suggestion | null {
  const meant = ASKED.exec(problem.hint ?? '');
  const text = meant?.[1] ?? meant?.[2];
  if (!text || problem.line === undefined || problem.column === undefined) return null;
  const lines = source.split('\n');
  const line = lines[problem.line - 1];
  const path = line && PATH.exec(line.slice(problem.column - 1));
  if (!line || !path) return null;
  const parts = [...path[0].matchAll(new RegExp(NAME, 'gu'))];
  const about = (problem.subject ?? problem.message).split(/[^\p{L}\p{N}_$]+/u);
  if (problem.subject !== undefined) about.push(problem.subject);
  const told = parts.filter(([part]) => about.includes(part.replaceAll('"', '')));
  const wrong = told.at(-1) ?? (problem.subject === undefined && parts.length === 1 ? parts[0] : undefined);
  if (!wrong || wrong[0] === text) return null;
  const start = problem.column - 1 + wrong.index;
  const plain = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text);
  const written = wrong[0].startsWith('"') || !plain ? `"${text.replaceAll('"', '""')}"` : text;
  lines[problem.line - 1] = line.slice(0, start) + written + line.slice(start + wrong[0].length);
  return { text: written, source: lines.join('\n') };
}
