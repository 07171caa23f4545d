import { problemOf, type Problem } from '../../base/problem';

export type SaveState = 'saved' | 'saving' | 'unsaved';

/** A text, or what makes it: called when it is written, so that a long notebook is not printed at every letter. */
export type Written = string | (() => string);

export const textOf = (written: Written): string => (typeof written === 'string' ? written : written());

export interface AutosaveOptions {
  /** Writes a text. Called synchronously by `flush`; a rejection is reported and tried again. */
  readonly write: (text: string) => Promise<void>;
  readonly onChange: (state: SaveState, problem: Problem | undefined) => void;
  /** Milliseconds between the start of one write and of the next. */
  readonly interval?: number;
  /** Milliseconds after which a failed write is tried again. */
  readonly retryAfter?: number;
}

/**
 * Writes the newest of a stream of texts: at most one write under way, at most one each `interval`, older texts that
 * were not yet written are skipped.
 */
export class Autosave {
  readonly #options: Required<AutosaveOptions>;
  #pending: Written | undefined;
  #newest: Written = '';
  #underWay = 0;
  #started = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #problem: Problem | undefined;
  #stopped = false;
  #idle: (() => void)[] = [];

  constructor(options: AutosaveOptions) {
    this.#options = { interval: 250, retryAfter: 5000, ...options };
  }

  get state(): SaveState {
    if (this.#problem) return 'unsaved';
    return this.#pending === undefined && this.#underWay === 0 ? 'saved' : 'saving';
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Takes the newest text, to be written within `interval`. */
  save(text: Written): void {
    if (this.#stopped) return;
    this.#pending = this.#newest = text;
    this.#report();
    if (this.#underWay === 0) this.#schedule(this.#options.interval);
  }

  /** Starts writing what is pending before it returns, and resolves when all writes have ended, well or not. */
  flush(): Promise<void> {
    if (this.#pending !== undefined && !this.#stopped) void this.#write();
    return this.#underWay === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Writes no more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#pending = undefined;
  }

  /** The next write starts `delay` after the start of the last one, or now when that has passed. */
  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write(), Math.max(0, this.#started + delay - Date.now()));
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    const text = this.#pending;
    if (text === undefined || this.#stopped) return;
    this.#pending = undefined;
    this.#underWay += 1;
    this.#started = Date.now();
    try {
      await this.#options.write(textOf(text));
      this.#problem = undefined;
    } catch (error) {
      this.#problem = problemOf(error);
      if (!this.#stopped) this.#pending = this.#newest;
    }
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    if (this.#pending !== undefined) this.#schedule(this.#problem ? this.#options.retryAfter : this.#options.interval);
    for (const resolve of this.#idle.splice(0)) resolve();
    this.#report();
  }

  #report(): void {
    if (!this.#stopped) this.#options.onChange(this.state, this.#problem);
  }
}
