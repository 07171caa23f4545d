import { problemOf, type Problem } from '../../base/problem';
import type { CompiledCell } from './compile';
import { memberMeant } from './member-meant';

/**
 * What a cell's code threw, as a problem at the cell's own line: the innermost frame of the stack that lies in the
 * cell's module. V8 writes `at f (blob:…:3:7)`, SpiderMonkey `f@blob:…:3:7`.
 */
export function problemAt(error: unknown, cell: Pick<CompiledCell, 'url' | 'offset'> | undefined): Problem {
  const place = cell && placeIn(stackOf(error), cell);
  return { ...described(error), ...place };
}

/** What was thrown, in words; user code may throw anything, and dress it as a problem of ours. */
function described(error: unknown): Problem {
  try {
    const { code, message, hint, subject } = problemOf(error);
    if (code === 'unexpected') {
      const meant = memberMeant(messageOf(error));
      return { code: 'cell-error', message: messageOf(error), ...(meant !== undefined && { hint: meant }) };
    }
    return {
      code: code.slice(0, 100),
      message: clip(message),
      ...(typeof hint === 'string' ? { hint: hint.slice(0, 1_000) } : {}),
      ...(typeof subject === 'string' ? { subject: subject.slice(0, 1_000) } : {}),
    };
  } catch {
    return { code: 'cell-error', message: 'The code threw something that cannot be read.' };
  }
}

function messageOf(error: unknown): string {
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return 'The code calls itself too deeply (a recursion without an end?).';
  }
  if (!(error instanceof Error)) return clip(`Thrown: ${typeof error === 'string' ? error : JSON.stringify(error)}`);
  return clip(error.name === 'Error' ? String(error.message) || 'Error' : `${error.name}: ${error.message}`);
}

function stackOf(error: unknown): string {
  try {
    return String((error as { stack?: unknown } | null)?.stack ?? '').slice(0, 100_000);
  } catch {
    return '';
  }
}

function placeIn(
  stack: string,
  cell: Pick<CompiledCell, 'url' | 'offset'>,
): { line: number; column: number } | undefined {
  const at = stack.indexOf(`${cell.url}:`);
  if (at < 0) return undefined;
  const [, line, column] = /^:(\d+):(\d+)/.exec(stack.slice(at + cell.url.length)) ?? [];
  if (line === undefined || column === undefined) return undefined;
  return { line: +line, column: Math.max(1, +line === 1 ? +column - cell.offset : +column) };
}

const clip = (text: string): string => (text.length > 5_000 ? `${text.slice(0, 5_000)}…` : text);
