import type { Problem } from '../base/problem';
import { closingBrace } from './braces';
import type { Definition, MarkdownBody } from './definition';
import { positionAt } from './position';
import { compileExpression } from './ts/expression';
import { unique } from './unique';

type Part = MarkdownBody['parts'][number];

const FENCE = / {0,3}(`{3,}|~{3,})[^\n]*/y;
const RUN = /`+/y;
/** A code span: as many backticks at its end as at its beginning. */
const SPAN = /(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/y;

/** Longer than any expression in a text: what closes later closes something else. */
const LONGEST = 5_000;

/** Where the last run of so many backticks begins: none of that length closes after it. */
function lastRuns(source: string): ReadonlyMap<number, number> {
  return new Map(Array.from(source.matchAll(/`+/g), ({ 0: run, index }) => [run.length, index]));
}

/** The code that begins at `at`, where no expression is looked for; `''` when none does. */
function codeAt(source: string, at: number, last: ReadonlyMap<number, number>): string {
  FENCE.lastIndex = at;
  const fence = at === 0 || source[at - 1] === '\n' ? FENCE.exec(source) : null;
  if (fence) {
    const mark = fence[1]!;
    const close = new RegExp(`\\n {0,3}${mark[0]}{${mark.length},}[ \\t]*(?=\\n|$)`, 'g');
    close.lastIndex = at + fence[0].length;
    return close.exec(source) ? source.slice(at, close.lastIndex) : source.slice(at);
  }
  if (source[at] !== '`') return '';
  RUN.lastIndex = at;
  if (last.get(RUN.exec(source)![0].length) === at) return '';
  SPAN.lastIndex = at;
  return SPAN.exec(source)?.[0] ?? '';
}

/** Prose with `{{ expression }}` parts; code spans and fences are left as they are, and `\{{` is plain text. */
export function compileMarkdown(source: string, scope?: readonly string[]): Definition {
  const parts: Part[] = [];
  const problems: Problem[] = [];
  const inputs: string[] = [];
  let text = '';
  let at = 0;
  const last = lastRuns(source);
  const flush = (): void => {
    if (text !== '') parts.push(text);
    text = '';
  };
  const take = (length: number): void => {
    text += source.slice(at, at + length);
    at += length;
  };

  while (at < source.length) {
    const code = codeAt(source, at, last);
    if (code) take(code.length);
    else if (source.startsWith('\\{{', at)) {
      at += 1;
      take(2);
    } else if (source[at] === '\\') take(2);
    else if (source[at] === '`') {
      RUN.lastIndex = at;
      take(RUN.exec(source)![0].length);
    } else if (source.startsWith('{{', at)) readExpression();
    else take(1);
  }
  flush();
  return { inputs: unique(inputs), outputs: [], body: { type: 'md', parts }, problems };

  function readExpression(): void {
    const start = positionAt(source, at + 2);
    const close = closingBrace(source, at + 2, Math.min(source.length, at + LONGEST));
    if (close < 0 || source[close + 1] !== '}') {
      const message = 'A {{ is not closed.';
      problems.push({
        code: 'syntax',
        message,
        hint: 'Add the missing }}, or write \\{{ for plain braces.',
        ...positionAt(source, at),
      });
      take(2);
      return;
    }
    const compiled = compileExpression(source.slice(at + 2, close), scope);
    if (compiled.problem) {
      const line = compiled.problem.line ?? 1;
      const column = (compiled.problem.column ?? 1) + (line === 1 ? start.column - 1 : 0);
      problems.push({ ...compiled.problem, line: start.line + line - 1, column });
    }
    flush();
    const indent = /^\s*/.exec(source.slice(at + 2, close))![0].length;
    parts.push({ expression: compiled.code, ...positionAt(source, at + 2 + indent) });
    inputs.push(...compiled.inputs);
    at = close + 2;
  }
}
