import { scriptFile } from '../base/worker';
import workerUrl from '../engine/workbook/worker?bundle-url';
import type { Walls } from '../engine/walls';
import { Frame } from '../kernel/frame';

/** The walls of the kernel around the thread that reads workbooks, which is fetched and started for one and ended after it. */
export function workbookWalls(): Walls {
  let frame: Frame | undefined;
  return {
    async open(onDead) {
      frame = await Frame.open(await scriptFile(workerUrl), { onDead, onFailed: onDead });
      const { port1, port2 } = new MessageChannel();
      frame.start(port2);
      frame.watch(true);
      return port1;
    },
    close() {
      frame?.close();
      frame = undefined;
    },
  };
}
