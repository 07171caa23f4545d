import { problemOf, type Problem } from '../../base/problem';
import type { SheetChoice, SheetRead } from './protocol';
import { readSheet } from './read';

/** What the worker within the walls is asked, and what it answers, once. */
export interface SheetRequest {
  readonly file: Blob;
  readonly choice: SheetChoice;
}
export type SheetAnswer = { readonly read: SheetRead } | { readonly problem: Problem };

addEventListener(
  'message',
  ({ ports: [port] }: MessageEvent) => {
    port!.onmessage = async ({ data: { file, choice } }: MessageEvent<SheetRequest>) => {
      try {
        port!.postMessage({ read: await readSheet(file, choice) } satisfies SheetAnswer);
      } catch (error) {
        port!.postMessage({ problem: problemOf(error) } satisfies SheetAnswer);
      }
    };
  },
  { once: true },
);
