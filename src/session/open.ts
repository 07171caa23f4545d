import { proxy, transfer, wrap } from 'comlink';
import { FrameKernel, type RemoteGate } from '../kernel/frame-kernel';
import type { KernelEvents } from '../kernel/kernel';
import { define } from '../language/define';
import type { Notebook } from '../notebook/model';
import { defineAhead } from './define-ahead';
import { explain } from './explain';
import { GATE_MESSAGE, type GateKeeper } from './gate-port';
import { Session } from './session';
import { takeEngine } from './warm';

export type OpenSession = (notebook: Notebook) => Promise<Session>;

/**
 * Opens a notebook with an engine and a kernel of its own: a notebook sees only the files given to it. The engine starts
 * at once (if it is not warm), the kernel when the first TypeScript is to run.
 */
export async function openSession(notebook: Notebook): Promise<Session> {
  const { engine, worker, stop } = takeEngine();
  const channel = new MessageChannel();
  worker.postMessage(GATE_MESSAGE, [channel.port2]);
  const keeper = wrap<GateKeeper>(channel.port1);
  const session: { current?: Session } = {};
  const events: KernelEvents = {
    onOutput: (cell, version, output) => session.current?.shown(cell, version, output),
    onPatch: (patch) => session.current?.patched(patch),
    onRestart: (problem) => session.current?.kernelLost(problem),
  };
  const kernel = new FrameKernel({
    events,
    connect: async (port, { onOutput, onPatch, onDead }) =>
      (await keeper.connect(
        transfer(port, [port]),
        proxy(onOutput),
        proxy(onPatch),
        proxy(onDead),
      )) as unknown as RemoteGate,
  });
  const known = await defineAhead(notebook.cells, (cell) => define(cell));
  session.current = new Session(notebook, { engine, kernel, define: known, explain, stop });
  return session.current;
}
