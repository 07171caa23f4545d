import * as v from 'valibot';
import { LevainError, problemOf } from '../../base/problem';
import { cancelledError } from '../database';
import type { Walls } from '../walls';
import type { SheetChoice, SheetRead } from './protocol';
import type { SheetRequest } from './worker';

const text = v.pipe(v.string(), v.maxLength(40_000));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const list = <T extends v.GenericSchema>(item: T, most: number) => v.pipe(v.array(item), v.maxLength(most));

/** What the thread says is not believed to have this form until it has been looked at: a file may have taken it over. */
const answer = v.union([
  v.object({
    read: v.object({
      sheets: list(text, 10_000),
      sheet: text,
      range: text,
      headerRow: count,
      columns: list(text, 20_000),
      rows: count,
      lines: v.instance(Blob),
      notes: list(text, 100),
      rejects: list(v.object({ line: count, reason: text, text }), 100),
    }),
  }),
  v.object({ problem: v.object({ code: text, message: text, hint: v.optional(text) }) }),
]);

let last: Promise<unknown> = Promise.resolve();

/** Reads a sheet within the walls, one workbook after the other. Rejects with the problem of the workbook, or `cancelled`. */
export function askForSheet(
  walls: Walls | undefined,
  file: File,
  choice: SheetChoice,
  signal?: AbortSignal,
): Promise<SheetRead> {
  const next = last.then(() => ask(walls, file, choice, signal));
  last = next.catch(() => {});
  return next;
}

async function ask(
  walls: Walls | undefined,
  file: File,
  choice: SheetChoice,
  signal?: AbortSignal,
): Promise<SheetRead> {
  if (!walls) throw new Error('There are no walls within which a workbook could be read.');
  if (signal?.aborted) throw cancelledError();
  const stop = Promise.withResolvers<never>();
  stop.promise.catch(() => {});
  signal?.addEventListener('abort', () => stop.reject(cancelledError()), { once: true });
  try {
    const port = await walls.open(() => stop.reject(lost(file)));
    const said = new Promise<unknown>((resolve) => (port.onmessage = ({ data }) => resolve(data)));
    port.postMessage({ file, choice } satisfies SheetRequest);
    const given = v.parse(answer, await Promise.race([said, stop.promise]));
    port.close();
    if ('problem' in given) throw named(given.problem, file);
    // Before the thread ends, and with it what it has not handed over yet.
    return { ...given.read, lines: new Blob([await Promise.race([given.read.lines.arrayBuffer(), stop.promise])]) };
  } catch (error) {
    throw problemOf(error).code === 'unexpected' ? lost(file, error) : error;
  } finally {
    await walls.close();
  }
}

const named = (
  { code, message, hint }: { code: string; message: string; hint?: string | undefined },
  file: File,
): LevainError =>
  new LevainError({
    code,
    message: `${file.name}: ${message}`,
    ...(hint !== undefined && { hint }),
    subject: file.name,
  });

const lost = (file: File, cause?: unknown): LevainError =>
  new LevainError(
    {
      code: 'workbook-lost',
      message: `${file.name} could not be read: reading it took more memory than the browser allows, or failed.`,
      hint: 'Save the sheet as CSV and drop that.',
      subject: file.name,
    },
    { cause },
  );
