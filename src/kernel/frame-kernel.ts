import { LevainError, problemOf, type Problem } from '../base/problem';
import { scriptFile } from '../base/worker';
import { Frame } from './frame';
import type { GateControl, GateEvents } from './gate-host';
import type {
  Evaluated,
  Kernel,
  KernelEvaluate,
  KernelEvents,
  KernelResult,
  KernelRun,
  PointerMessage,
} from './kernel';
import workerUrl from './worker/main?bundle-url';

/** A gate as seen from the UI thread, where every answer takes a moment. */
export type RemoteGate = {
  [K in keyof GateControl]: (...parameters: Parameters<GateControl[K]>) => Promise<Awaited<ReturnType<GateControl[K]>>>;
};

export interface FrameKernelOptions {
  /** Opens a gate on `port` in the engine's worker. The port and the events cross a thread. */
  readonly connect: (port: MessagePort, events: GateEvents) => Promise<RemoteGate>;
  readonly events: KernelEvents;
}

const CANCELLED: Problem = { code: 'cancelled', message: 'The run was cancelled.' };
const SUPERSEDED: Problem = { code: 'kernel-superseded', message: 'The kernel was restarted while it started.' };
const MEMORY: Problem = {
  code: 'kernel-memory',
  message: 'The cell used more memory than the browser allows; it was stopped.',
  hint: 'Aggregate in SQL first, so that fewer rows reach the cell.',
};
const START_MS = 60_000;

/** The kernel of the app: a worker in a sandboxed frame, heard only through a gate in another worker. */
export class FrameKernel implements Kernel {
  readonly #options: FrameKernelOptions;
  #frame: Frame | undefined;
  #gate: RemoteGate | undefined;
  #open = 0;
  /** Grows with every worker, so that what an earlier one's gate says late is dropped. */
  #generation = 0;
  #starting: Promise<void> | undefined;
  /** Ends the start under way, whose worker is gone and would never answer. */
  #supersede: () => void = () => undefined;
  #stopped = false;

  constructor(options: FrameKernelOptions) {
    this.#options = options;
  }

  /** Resolves when a worker is up. A start that a restart puts an end to gives way to the one that follows it. */
  async start(): Promise<void> {
    for (;;) {
      if (this.#stopped) throw new LevainError(CANCELLED);
      const starting = (this.#starting ??= this.#start());
      try {
        return await starting;
      } catch (error) {
        if (problemOf(error).code !== SUPERSEDED.code) throw error;
      }
    }
  }

  async run(request: KernelRun, signal?: AbortSignal): Promise<KernelResult> {
    return this.#with(signal, (gate) => gate.run(request));
  }

  async evaluate(request: KernelEvaluate, signal?: AbortSignal): Promise<readonly Evaluated[]> {
    return this.#with(signal, (gate) => gate.evaluate(request));
  }

  forget(names: readonly string[]): void {
    void this.#gate?.forget(names);
  }

  pointer(surface: string, event: PointerMessage): void {
    void this.#gate?.pointer(surface, event);
  }

  async restart(): Promise<void> {
    await this.#end(CANCELLED, false);
    await this.start();
  }

  stop(): void {
    this.#stopped = true;
    void this.#end(CANCELLED, true);
  }

  async #with<T>(signal: AbortSignal | undefined, act: (gate: RemoteGate) => Promise<T>): Promise<T> {
    while (!this.#gate) await this.start();
    // Stopped while the worker started: in the worker nothing would stop it any more.
    if (signal?.aborted) throw new LevainError(CANCELLED);
    const gate = this.#gate;
    this.#open += 1;
    this.#frame?.watch(true);
    try {
      return await act(gate);
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#frame?.watch(false);
    }
  }

  async #start(): Promise<void> {
    const generation = ++this.#generation;
    const current = (): boolean => generation === this.#generation;
    let failed: (problem: Problem) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => {
      failed = (problem) => reject(new LevainError(problem));
      setTimeout(() => failed(startProblem('it gave no sign of life in time')), START_MS);
    });
    failure.catch(() => undefined);
    this.#supersede = () => failed(SUPERSEDED);

    if (!this.#frame) {
      const frame = await Frame.open(await scriptFile(workerUrl), {
        onDead: () => void this.#recover(MEMORY, true).catch(() => undefined),
        onFailed: (message) => failed(startProblem(message)),
      });
      if (!current()) {
        frame.close();
        throw new LevainError(SUPERSEDED);
      }
      this.#frame = frame;
    }
    const { events, connect } = this.#options;
    const channel = new MessageChannel();
    this.#frame.start(channel.port2);
    const gate = await connect(channel.port1, {
      onOutput: (cell, version, output) => void (current() && events.onOutput(cell, version, output)),
      onPatch: (patch) => void (current() && events.onPatch(patch)),
      onDead: (problem) => void (current() && this.#recover(problem, false).catch(() => undefined)),
    });
    try {
      await Promise.race([gate.ready(), failure]);
    } catch (error) {
      if (current()) this.#starting = undefined;
      throw error;
    }
    if (!current()) throw new LevainError(SUPERSEDED);
    this.#gate = gate;
  }

  /** Ends a kernel that has failed by itself and starts another, with the reason told. */
  async #recover(problem: Problem, rebuild: boolean): Promise<void> {
    const ended = this.#end(problem, rebuild);
    this.#options.events.onRestart(problem);
    await ended;
    await this.start();
  }

  async #end(problem: Problem, rebuild: boolean): Promise<void> {
    this.#generation += 1;
    const [frame, gate] = [this.#frame, this.#gate];
    this.#gate = undefined;
    this.#starting = undefined;
    this.#supersede();
    if (rebuild) {
      this.#frame = undefined;
      frame?.close();
    } else {
      frame?.kill();
    }
    await gate?.close(problem);
  }
}

const startProblem = (reason: string): Problem => ({
  code: 'kernel-start',
  message: `The part of the page that runs TypeScript could not start: ${reason}.`,
  hint: 'Reload the page. If it happens again, the browser may be too old.',
});
