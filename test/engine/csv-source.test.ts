import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../src/base/random';
import { utf8Chunks, type ChunkOptions } from '../../src/engine/csv/source';
import { SpareMemory } from '../../src/engine/spare-memory';

const random = seededRandom(7);
const bytes = Uint8Array.from({ length: 3_500_000 }, () => 32 + Math.floor(random.uniform() * 90));
const file = new Blob([bytes]);
const PLAN = { encoding: 'utf-8', compression: 'none' } as const;

async function read(options?: ChunkOptions): Promise<{ text: Buffer; told: number[] }> {
  const told: number[] = [];
  const parts: Buffer[] = [];
  const counts = { nuls: 0, invalid: 0, wide: 0 };
  for await (const chunk of utf8Chunks(file, PLAN, counts, (at) => told.push(at), options)) {
    parts.push(Buffer.from(chunk));
  }
  return { text: Buffer.concat(parts), told };
}

describe('the bytes of a file', () => {
  it('are the same in one piece of memory as in many, whole and of a part', async () => {
    for (const part of [undefined, { from: 1_000_003, to: 3_000_001 }, { from: 5, to: 5 }]) {
      const given = part ? { part } : {};
      const { text, told } = await read({ ...given, overwrite: true });
      expect(text.equals((await read(given)).text)).toBe(true);
      expect(text.equals(Buffer.from(bytes.subarray(part?.from, part?.to)))).toBe(true);
      expect(told.at(-1) ?? 0).toBe(text.length);
    }
  });

  it('are read where the browser cannot fill memory it is given', async () => {
    const stream = vi.spyOn(Blob.prototype, 'stream').mockImplementation(() => new ReadableStream());
    const { text } = await read({ overwrite: true });
    expect(stream).toHaveBeenCalled();
    stream.mockRestore();
    expect(text.equals(Buffer.from(bytes))).toBe(true);
  });
});

describe('memory that comes back', () => {
  it('is handed out again while a table is read, if it is large enough, and forgotten afterwards', () => {
    const memory = new SpareMemory();
    memory.open();
    const first = memory.take(1000);
    memory.giveBack(first);
    expect(memory.take(first.byteLength + 1)).not.toBe(first);
    expect(memory.take(1001)).toBe(first);
    memory.giveBack(first);
    memory.close();
    memory.open();
    expect(memory.take(1000)).not.toBe(first);
    memory.close();
    memory.giveBack(first);
    memory.open();
    expect(memory.take(1000)).not.toBe(first);
  });
});
