import type { CsvPlan } from '../engine';
import { readPart, type CleanPart } from './part';
import type { Part } from './source';

/** What a part's thread is asked, and what it answers. */
export interface PartRequest {
  readonly file: Blob;
  readonly plan: CsvPlan;
  readonly part: Part;
}
export type PartAnswer = { readonly read: CleanPart | null } | { readonly failed: string };

const answer = (message: PartAnswer, transfer: Transferable[] = []): void =>
  globalThis.postMessage(message, { transfer });

globalThis.onmessage = async ({ data: { file, plan, part } }: MessageEvent<PartRequest>) => {
  try {
    const read = await readPart(file, plan, part);
    answer({ read }, read?.batches.map(({ buffer }) => buffer as ArrayBuffer) ?? []);
  } catch (error) {
    answer({ failed: String(error) });
  }
};
