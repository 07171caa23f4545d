import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, openArchive, packArchive } from '../../src/share/archive';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { caseRandom } from '../notebook/seeded';
import { randomFileText } from '../notebook/random-notebook';
import { codeOf } from './code-of';

const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

function randomBytes(seed: number, length: number): Uint8Array<ArrayBuffer> {
  const random = caseRandom(seed);
  return Uint8Array.from({ length }, () => random.integer(256));
}

/** An archive of one file, byte by byte, that may say anything of itself. */
function writtenByHand(content: Uint8Array, said: { name?: string; size?: number; crc?: number; flags?: number } = {}) {
  const name = Buffer.from(said.name ?? 'data/a.csv');
  const packed = deflateRawSync(content);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(said.flags ?? 0, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(said.crc ?? crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(said.size ?? content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return new Blob([local, central, end]);
}

describe('an archive', () => {
  it('gives back the notebook byte for byte, every data file and every result, in 60 random ones', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = caseRandom(seed);
      const text = printNotebook(parseNotebook(randomFileText(random)).notebook);
      const data = Array.from(
        { length: random.integer(4) },
        (_, i) =>
          new File(
            [randomBytes(seed + i, random.integer(2000))],
            ['a.csv', 'Über die Zeit.csv', '日本.tsv', 'x.csv.gz'][i]!,
          ),
      );
      const results = random.integer(2) ? [{ path: 'weekly.csv', content: new Blob(['a\n1\n']) }] : [];
      const opened = await openArchive(await packArchive('Q1/Q2: "ROAS"', { text, data, results }));
      expect(opened.text, `seed ${seed}`).toBe(text);
      expect(opened.data.map(({ name }) => name)).toEqual(data.map(({ name }) => name));
      for (const [i, file] of data.entries()) expect(await bytesOf(opened.data[i]!)).toEqual(await bytesOf(file));
      expect(opened.results.map(({ path }) => path)).toEqual(results.map(({ path }) => path));
    }
  });

  it('of data files alone gives them without a notebook, and leaves what systems add', async () => {
    const opened = await openArchive(writtenByHand(Buffer.from('a\n1\n'), { name: 'export/march/orders.csv' }));
    expect(opened.data.map(({ name }) => name)).toEqual(['orders.csv']);
    expect(await opened.data[0]!.text()).toBe('a\n1\n');
    expect(opened).not.toHaveProperty('text');
    const litter = await openArchive(writtenByHand(Buffer.from('x'), { name: '__MACOSX/._orders.csv' }));
    expect(litter).toEqual({ data: [], results: [] });
  });

  it('that unpacks to 64 MB of zeros is refused before they are there', async () => {
    const zeros = new Uint8Array(64 << 20);
    const honest = await packArchive('x', { text: '', data: [new File([zeros], 'zeros.csv')], results: [] });
    expect(honest.size).toBeLessThan(70_000);
    expect(await codeOf(openArchive(honest))).toBe('archive-too-large');
    // What the archive says of itself is not believed.
    for (const size of [0, 10, 2 ** 31]) {
      expect(await codeOf(openArchive(writtenByHand(zeros, { size }))), `said ${size}`).toMatch(
        /^archive-(too-large|damaged)$/,
      );
    }
  });

  it('is refused beyond its limits: files, bytes in all, the length of the text', async () => {
    const data = Array.from({ length: 5 }, (_, i) => new File([randomBytes(i, 1000)], `${i}.csv`));
    const zip = await packArchive('x', { text: '# x\n'.repeat(100), data, results: [] });
    await openArchive(zip);
    for (const limits of [{ files: 4 }, { total: 4_000 }, { text: 100 }]) {
      expect(await codeOf(openArchive(zip, { ...ARCHIVE_LIMITS, ...limits })), JSON.stringify(limits)).toBe(
        'archive-too-large',
      );
    }
  });

  it('that was cut short anywhere is refused', async () => {
    const data = [new File([randomBytes(1, 3000)], 'a.csv')];
    const bytes = await bytesOf(await packArchive('x', { text: '# x\n', data, results: [] }));
    for (let length = 0; length < bytes.length; length += 97) {
      expect(await codeOf(openArchive(new Blob([bytes.slice(0, length)]))), `${length} bytes`).toBe('archive-damaged');
    }
  });

  it('with a byte changed is refused or gives the same content', async () => {
    const data = [new File(['day,spend\n2026-01-01,12\n'.repeat(40)], 'ads.csv')];
    const text = '# Ads\n\nWeekly.\n';
    const bytes = await bytesOf(await packArchive('x', { text, data, results: [] }));
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << (at % 8);
      try {
        const opened = await openArchive(new Blob([changed]));
        // Names and times are not sealed by the format; contents are.
        expect(opened.text ?? text, `byte ${at}`).toBe(text);
        const found = await Promise.all(opened.data.map((file) => file.text()));
        for (const content of found) expect([text, await data[0]!.text()], `byte ${at}`).toContain(content);
      } catch (error) {
        expect((error as { problem?: { code: string } }).problem?.code, `byte ${at}: ${String(error)}`).toMatch(
          /^archive-/,
        );
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(bytes.length / 6);
  });

  it('that is locked, or holds two notebooks or two files of one name, is refused with what to do', async () => {
    expect(await codeOf(openArchive(writtenByHand(Buffer.from('a'), { flags: 1 })))).toBe('archive-locked');
    const twins = [new File(['a'], 'a.csv'), new File(['b'], 'A.csv')];
    expect(await codeOf(openArchive(await packArchive('x', { text: '', data: twins, results: [] })))).toBe(
      'archive-ambiguous',
    );
    const second = [{ path: 'other.nb.md', content: new Blob(['# y\n']) }];
    expect(await codeOf(openArchive(await packArchive('x', { text: '', data: [], results: second })))).toBe(
      'archive-ambiguous',
    );
  });

  it('gives files by their bare names, and refuses paths that lead out of it', async () => {
    const { data } = await openArchive(writtenByHand(Buffer.from('a\n1\n'), { name: 'x/y/z.csv' }));
    expect(data.map((file) => file.name)).toEqual(['z.csv']);
    for (const name of ['../../etc/passwd', '..\\..\\windows\\x.csv', '/root/x.csv', 'C:\\x.csv']) {
      expect(await codeOf(openArchive(writtenByHand(Buffer.from('a\n1\n'), { name }))), name).toBe('archive-damaged');
    }
  });
});
