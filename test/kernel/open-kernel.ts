import * as Comlink from 'comlink';
import { startWorker } from '../../src/base/worker';
import type { Problem } from '../../src/base/problem';
import type { Limits } from '../../src/kernel/budget';
import { FrameKernel, type RemoteGate } from '../../src/kernel/frame-kernel';
import type { KernelInput, KernelResult, KernelRun, SurfacePatch } from '../../src/kernel/kernel';
import type { CellOutput } from '../../src/output/output';
import type { GateWorker } from './gate-worker';
import gateSource from './gate-worker?bundle';

export interface Opened {
  readonly kernel: FrameKernel;
  readonly host: Comlink.Remote<GateWorker>;
  readonly outputs: { cell: string; version: number; output: CellOutput }[];
  readonly patches: SurfacePatch[];
  readonly restarts: Problem[];
  run(code: string, options?: Partial<KernelRun>): Promise<KernelResult>;
  close(): void;
}

/** A kernel in a real frame, with its gate in a worker of its own. */
export async function openKernel(limits?: Limits): Promise<Opened> {
  const worker = startWorker(gateSource, 'gate');
  const host = Comlink.wrap<GateWorker>(worker);
  const outputs: Opened['outputs'] = [];
  const patches: SurfacePatch[] = [];
  const restarts: Problem[] = [];
  const kernel = new FrameKernel({
    connect: async (port, events) =>
      (await host.open(
        Comlink.transfer(port, [port]),
        Comlink.proxy(events),
        limits && { limits },
      )) as unknown as RemoteGate,
    events: {
      onOutput: (cell, version, output) => void outputs.push({ cell, version, output }),
      onPatch: (patch) => void patches.push(patch),
      onRestart: (problem) => void restarts.push(problem),
    },
  });
  await kernel.start();
  let version = 0;
  return {
    kernel,
    host,
    outputs,
    patches,
    restarts,
    run: (code, options = {}) =>
      kernel.run({ cell: 'c1', version: ++version, code, inputs: [], outputs: [], controls: {}, ...options }),
    close() {
      kernel.stop();
      worker.terminate();
    },
  };
}

export const fromKernel = (...names: string[]): KernelInput[] => names.map((name) => ({ name, from: 'kernel' }));
