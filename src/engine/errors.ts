import { LevainError, type Problem } from '../base/problem';
import { explain } from './missing';

/** An error of DuckDB, with the place in the text that was run. */
export class SqlError extends LevainError {
  /** 0-based, in characters. */
  readonly position: number | undefined;

  constructor(problem: Problem, position: number | undefined, cause: unknown) {
    super(problem, { cause });
    this.position = position;
  }
}

interface Raw {
  readonly exception_type?: string;
  readonly exception_message?: string;
  readonly position?: string;
  readonly name?: string;
}

/**
 * DuckDB's error (JSON, by `errors_as_json`) as ours: the code is its class in kebab case (`binder`, `catalog`,
 * `parser`, `conversion`, `out-of-memory`, …), `crashed` for a trap of WebAssembly; line and column are in `text`.
 */
export function engineError(error: unknown, text = ''): SqlError {
  const raw = unwrap(error instanceof Error ? error.message : String(error));
  const code = codeOf(raw, error);
  const position = raw.position === undefined ? undefined : characterAt(text, Number(raw.position));
  const problem: Problem = {
    code,
    message: (raw.exception_message ?? '').replace(EXCERPT, ''),
    ...(raw.name === undefined ? {} : { subject: raw.name }),
  };
  return new SqlError(place(explain(problem), text, position), position, error);
}

/**
 * Errors of `work` with their place in the reader's `text`, when the text that ran was made of it: `origin` maps a
 * position of the one that ran.
 */
export async function located<T>(text: string, origin: (at: number) => number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SqlError) || error.position === undefined) throw error;
    const position = Math.max(0, Math.min(text.length, origin(error.position)));
    throw new SqlError(place(error.problem, text, position), position, error.cause);
  }
}

function place(problem: Problem, text: string, position: number | undefined): Problem {
  if (position === undefined) return problem;
  const before = text.slice(0, position).split('\n');
  return { ...problem, line: before.length, column: before.at(-1)!.length + 1 };
}

/** DuckDB's own picture of the place, which line and column say too. */
const EXCERPT = /\n\nLINE \d+: [\s\S]*$/;

/** Parser errors come as JSON within JSON. */
function unwrap(message: string): Raw {
  // The page's own DuckDB sets words of its own before some.
  const json = /\{"exception_type".*\}$/s.exec(message)?.[0];
  if (json === undefined) return { exception_message: message };
  try {
    const raw = JSON.parse(json) as Raw;
    return { ...raw, ...unwrap(raw.exception_message ?? '') };
  } catch {
    return { exception_message: message };
  }
}

function codeOf(raw: Raw, error: unknown): string {
  const message = raw.exception_message ?? '';
  const trap = error instanceof Error && error.name === 'RuntimeError';
  if (
    trap ||
    /memory access out of bounds|table index is out of bounds|signature mismatch|unreachable$/.test(message)
  ) {
    return 'crashed';
  }
  const type = raw.exception_type ?? /^([A-Z][\w ]*?) Error:/.exec(message)?.[1] ?? 'engine';
  if (type === 'INTERRUPT' || type === 'Interrupt') return 'cancelled';
  return type.trim().toLowerCase().replace(/\s+/g, '-');
}

/** DuckDB counts bytes of UTF-8. */
function characterAt(text: string, byte: number): number {
  let bytes = 0;
  let at = 0;
  for (const character of text) {
    if (bytes >= byte) break;
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += character.length;
  }
  return at;
}
