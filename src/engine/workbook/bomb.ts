import { BlobReader, configure, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { LevainError } from '../../base/problem';

configure({ useWebWorkers: false });

/** Most parts of a workbook, most bytes of one and of all, unpacked; and how many times its packed size a part may have. */
const LIMITS = { parts: 10_000, part: 400e6, total: 800e6, ratio: 250, small: 10e6 };

/** Unpacks every part of a workbook once, to nowhere, and refuses what is damaged or unpacks beyond what memory holds. */
export async function refuseBomb(file: Blob): Promise<void> {
  const reader = new ZipReader(new BlobReader(file), { checkSignature: true, checkOverlappingEntry: true });
  let total = 0;
  let parts = 0;
  let workbook = false;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (++parts > LIMITS.parts) throw tooLarge(`has more than ${LIMITS.parts.toLocaleString('en')} parts`);
      workbook ||= /^xl\/workbook\.(?:xml|bin)$/i.test(entry.filename);
      const most = Math.min(
        LIMITS.part,
        LIMITS.total - total,
        Math.max(LIMITS.small, LIMITS.ratio * entry.compressedSize),
      );
      let size = 0;
      const sink = new WritableStream<Uint8Array>({
        write(chunk) {
          size += chunk.length;
          if (size > most)
            throw tooLarge(
              `has a part that unpacks from ${entry.compressedSize.toLocaleString('en')} to more than ${Math.round(most / 1e6)} million bytes`,
            );
        },
      });
      await entry.getData(sink);
      total += size;
    }
  } catch (error) {
    if (error instanceof LevainError) throw error;
    throw new LevainError(
      {
        code: 'workbook-damaged',
        message: `The file cannot be read as an Excel workbook: it is damaged or was cut short.`,
        hint: 'Download or export it again.',
      },
      { cause: error },
    );
  }
  if (!workbook) {
    throw new LevainError({
      code: 'workbook-damaged',
      message: 'The file is a zip archive, and no Excel workbook is in it.',
      hint: 'If it holds data files, give it the ending .zip. Save other spreadsheets as .xlsx.',
    });
  }
}

const tooLarge = (what: string): LevainError =>
  new LevainError({
    code: 'workbook-too-large',
    message: `The workbook was not opened: it ${what}.`,
    hint: 'Save the sheet as CSV and drop that.',
  });
