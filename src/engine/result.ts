import { concat } from '../base/concat';
import { LevainError } from '../base/problem';
import type { Database } from './database';
import { describe } from './describe';
import { isPortable, mayBeUnportable, portableList } from './portable';

/**
 * All rows of a statement as Arrow IPC stream bytes; what Arrow would carry wrongly comes as text. Rejects with
 * `too-large` beyond `maxBytes`, before the rest has left the database.
 */
export async function readAll(
  database: Database,
  text: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const messages = await read(database, text, maxBytes, signal);
  if (!mayBeUnportable(messages[0]!)) return concat(messages);
  const columns = await describe(database, `(${text}\n)`);
  if (isPortable(columns)) return concat(messages);
  return concat(await read(database, `SELECT ${portableList(columns)} FROM (${text}\n)`, maxBytes, signal));
}

async function read(database: Database, text: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array[]> {
  const messages: Uint8Array[] = [];
  let size = 0;
  const take = (message: Uint8Array): void => {
    size += message.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    messages.push(message);
  };
  await database.stream(text, take, signal);
  return messages;
}

function tooLarge(maxBytes: number): LevainError {
  return new LevainError({
    code: 'too-large',
    message: `The result is larger than ${Math.round(maxBytes / 1_000_000)} MB.`,
    hint: 'Aggregate or filter in SQL first, or select fewer columns.',
  });
}
