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

describe('a read that is never answered', () => {
  it.each([0, 400_000, 1_048_576, 2_300_000, 3_500_000])(
    'after %i bytes is taken up the other way',
    async (answered) => {
      vi.useFakeTimers();
      let given = 0;
      const pull = (controller: ReadableByteStreamController): Promise<void> | void => {
        const { view } = controller.byobRequest!;
        const size = Math.min(view!.byteLength, answered - given, 300_000);
        if (size === 0) return new Promise(() => {});
        const memory = new Uint8Array(view!.buffer, view!.byteOffset, size);
        memory.set(bytes.subarray(given, given + size));
        given += size;
        controller.byobRequest!.respond(size);
      };
      const silent = (): ReadableStream<Uint8Array<ArrayBuffer>> => new ReadableStream({ type: 'bytes', pull });
      const stream = vi.spyOn(Blob.prototype, 'stream').mockImplementation(silent);
      const reading = read({ overwrite: true });
      await vi.advanceTimersByTimeAsync(60_000);
      const { text, told } = await reading;
      stream.mockRestore();
      vi.useRealTimers();
      expect(text.equals(Buffer.from(bytes))).toBe(true);
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      expect(told.at(-1)).toBe(bytes.length);
    },
  );
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
