/** What tabs tell one another. */
type Message =
  | { readonly type: 'yield'; readonly id: string }
  | { readonly type: 'who'; readonly id: string }
  | { readonly type: 'mine'; readonly id: string }
  | { readonly type: 'free'; readonly id: string }
  | { readonly type: 'saved'; readonly id: string }
  | { readonly type: 'list' };

export interface OwnershipOptions {
  readonly name: string;
  /** Another tab wants the notebook: write what is pending; the notebook is let go when the promise settles. */
  readonly onYield: (id: string) => Promise<void>;
  /** The notebook was taken without asking further (this tab did not answer). */
  readonly onStolen: (id: string) => void;
  /** Another tab wrote a notebook (`id`), or changed the list. */
  readonly onElsewhere: (id: string | undefined) => void;
  /** Absent where the page is not a secure context: tabs then ask one another over the channel. */
  readonly locks?: LockManager | undefined;
}

/** How long a tab has to answer before it counts as gone, in milliseconds. */
const ANSWER = 250;
const YIELD = 1500;

/** Which notebooks this tab holds for writing: one tab at a time holds a notebook, and any tab can take it over. */
export class Ownership {
  readonly #options: OwnershipOptions;
  readonly #channel: BroadcastChannel | undefined;
  /** For each notebook held, what lets it go. */
  readonly #held = new Map<string, () => void>();
  readonly #listeners = new Set<(message: Message) => void>();

  constructor(options: OwnershipOptions) {
    this.#options = options;
    this.#channel = channelIfAllowed(options.name);
    if (this.#channel) this.#channel.onmessage = (event: MessageEvent<Message>) => void this.#hear(event.data);
  }

  /** Holds a notebook unless another tab does; tells whether it is held now. */
  async hold(id: string): Promise<boolean> {
    if (this.#held.has(id)) return true;
    if (this.#options.locks) return this.#request(id, { ifAvailable: true });
    if (await this.#answered('mine', { type: 'who', id }, ANSWER)) return false;
    this.#held.set(id, () => {});
    return true;
  }

  /** Holds a notebook whoever holds it now: asks for it, and takes it when there is no answer. */
  async take(id: string): Promise<void> {
    if (await this.hold(id)) return;
    await this.#answered('free', { type: 'yield', id }, YIELD);
    if (!this.#options.locks) this.#held.set(id, () => {});
    else if (!(await this.#request(id, { ifAvailable: true }))) await this.#request(id, { steal: true });
  }

  release(id: string): void {
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  /** Tells the other tabs that a notebook was written, or, without an id, that the list has changed. */
  announce(id?: string): void {
    this.#say(id === undefined ? { type: 'list' } : { type: 'saved', id });
  }

  close(): void {
    for (const id of [...this.#held.keys()]) this.release(id);
    this.#channel?.close();
  }

  #request(id: string, how: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      const request = this.#options.locks!.request(`${this.#options.name}:${id}`, how, (lock) => {
        if (!lock) return resolve(false);
        return new Promise<void>((release) => {
          this.#held.set(id, release);
          resolve(true);
        });
      });
      // The request fails while the lock is held when another tab steals it; before, where the browser allows no locks.
      request.catch((error: unknown) => {
        if (this.#held.delete(id)) this.#options.onStolen(id);
        const refused = error instanceof DOMException && error.name === 'SecurityError';
        if (refused) this.#held.set(id, () => {});
        resolve(refused);
      });
    });
  }

  async #hear(message: Message): Promise<void> {
    for (const listener of this.#listeners) listener(message);
    if (message.type === 'saved') this.#options.onElsewhere(message.id);
    if (message.type === 'list') this.#options.onElsewhere(undefined);
    if (message.type === 'who' && this.#held.has(message.id)) this.#say({ type: 'mine', id: message.id });
    if (message.type === 'yield' && this.#held.has(message.id)) {
      await this.#options.onYield(message.id);
      this.release(message.id);
      this.#say({ type: 'free', id: message.id });
    }
  }

  /** Sends a question and waits for the answer of the given type, or for the time to pass. */
  #answered(type: Message['type'], question: Message & { id: string }, within: number): Promise<boolean> {
    return new Promise((resolve) => {
      const listener = (message: Message): void => {
        if (message.type === type && 'id' in message && message.id === question.id) settle(true);
      };
      const settle = (answer: boolean): void => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(false), within);
      this.#listeners.add(listener);
      this.#say(question);
    });
  }

  #say(message: Message): void {
    this.#channel?.postMessage(message);
  }
}

/** Where cookies are blocked, Firefox gives a page no way to its other tabs, either. */
function channelIfAllowed(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
