import { cancelledError } from './database';

interface Run {
  readonly controller: AbortController;
  active: number;
  readonly settled: Promise<void>;
  settle(): void;
}

/** What is under way, by the name of its run: a run is stopped as a whole. */
export class Runs {
  readonly #runs = new Map<string, Run>();

  /** Does `work` as a part of the run `id`. Its signal aborts when the run is cancelled. */
  async within<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const run = this.#runs.get(id) ?? this.#begin(id);
    if (run.controller.signal.aborted) throw cancelledError();
    run.active++;
    try {
      return await work(run.controller.signal);
    } finally {
      run.active--;
      if (run.active === 0) {
        this.#runs.delete(id);
        run.settle();
      }
    }
  }

  /** Asks the run to stop: resolves once it has; undefined when nothing of it is under way. */
  cancel(id: string): Promise<void> | undefined {
    const run = this.#runs.get(id);
    run?.controller.abort(cancelledError());
    return run?.settled;
  }

  /** The run that a signal belongs to, while something of it is under way. */
  of(signal: AbortSignal): string | undefined {
    for (const [id, { controller }] of this.#runs) if (controller.signal === signal) return id;
    return undefined;
  }

  #begin(id: string): Run {
    let settle = (): void => {};
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const run: Run = { controller: new AbortController(), active: 0, settled, settle };
    this.#runs.set(id, run);
    return run;
  }
}
