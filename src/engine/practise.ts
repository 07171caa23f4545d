import type { Engine } from './engine';

/** A name no reader gives a table. */
const TABLE = '__levain_practice';

const BLOCKS = 170;
const LINES = 600;

/**
 * Reads a made-up file of 8 MB, looks it over and lets go of it. WebAssembly is compiled as it runs, and anew where it runs
 * often: half a second in which nobody waits, instead of while the first file is read. What fails here will say why when
 * it is the reader's own; nothing is left of it.
 */
export async function practise(engine: Engine): Promise<void> {
  try {
    const file = madeUpFile();
    await engine.ingest(TABLE, file, { ...(await engine.sniff(file)), table: TABLE }, () => undefined);
    await engine.profile(TABLE, TABLE);
  } catch {
    // Told where it matters.
  } finally {
    await engine.drop(TABLE).catch(() => undefined);
  }
}

/** Columns of every usual kind, some values absent. One block of lines again and again: no thread has to write 8 MB. */
function madeUpFile(): File {
  const line = (i: number): string => {
    const day = String((i % 28) + 1).padStart(2, '0');
    const absent = i % 7 === 0;
    return [
      i,
      absent ? '' : 1_000 + ((i * 37) % 500),
      `2024-03-${day} 1${i % 10}:05:${day}`,
      `2024-03-${day}`,
      `product ${i % 40}`,
      absent ? '' : `"a channel, number ${i % 5}"`,
      (i % 900) / 100,
      i % 2 === 0,
    ].join(',');
  };
  const block = Array.from({ length: LINES }, (_, i) => `${line(i)}\n`).join('');
  const header = 'id,customer,at,day,product,channel,amount,returning\n';
  return new File([header, ...Array<string>(BLOCKS).fill(block)], 'practice.csv');
}
