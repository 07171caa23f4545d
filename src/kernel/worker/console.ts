import type { Send } from './link';

type Line = { level: 'log' | 'warn' | 'error'; text: string };

const LINES = 1_000;
const TEXT = 10_000;
const BATCH = 100;

/** The `console` of one run: its lines stand under the cell, the first thousand of them. */
export function createConsole(id: string, send: Send) {
  let lines: Line[] = [];
  let written = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) send({ type: 'log', id, lines });
    lines = [];
  }

  function write(level: Line['level'], parts: readonly unknown[]): void {
    written += 1;
    if (written > LINES) return;
    const text = parts.map(describe).join(' ');
    lines.push({ level, text: written === LINES ? 'More lines follow; only the first 1,000 are kept.' : clip(text) });
    if (lines.length >= BATCH || written === LINES) flush();
    else timer ??= setTimeout(flush, 50);
  }

  const log = (...parts: unknown[]): void => write('log', parts);
  const warn = (...parts: unknown[]): void => write('warn', parts);
  const error = (...parts: unknown[]): void => write('error', parts);
  return {
    flush,
    console: Object.freeze({ log, info: log, debug: log, dir: log, table: log, trace: log, warn, error }),
  };
}

function describe(part: unknown): string {
  if (typeof part === 'string') return part;
  try {
    if (part instanceof Error) return `${part.name}: ${part.message}`;
    if (typeof part !== 'object' || part === null) return String(part as string);
    return (
      JSON.stringify(part, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? String(part)
    );
  } catch {
    return Object.prototype.toString.call(part);
  }
}

const clip = (text: string): string => (text.length > TEXT ? `${text.slice(0, TEXT)}…` : text);
