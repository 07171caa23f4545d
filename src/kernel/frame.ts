import { frameScript, frameScriptHash } from './frame-script';

/**
 * The frame's document: an opaque origin that may run one known script, blob workers and WebAssembly (for the kernels of
 * `stats`; it reaches nothing but what its importer hands it), and may fetch nothing.
 */
function frameDocument(): string {
  const policy = `default-src 'none'; script-src '${frameScriptHash}' blob: 'wasm-unsafe-eval'; worker-src blob:`;
  return (
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="referrer" content="no-referrer"><script>${frameScript}</script>`
  );
}

/** How often the frame is asked whether it lives, and after how many unanswered questions it is taken for dead. */
const PING_MS = 500;
const MISSED = 6;

export interface FrameEvents {
  /** The frame's process is gone: its main thread, which never runs user code, has stopped answering. */
  onDead(): void;
  /** The worker could not be started. */
  onFailed(message: string): void;
}

/** The hidden frame in which kernel workers run, one at a time. */
export class Frame {
  readonly #element: HTMLIFrameElement;
  readonly #control: MessagePort;
  #source: string | Blob | undefined;
  readonly #events: FrameEvents;
  #sent = 0;
  #answered = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(element: HTMLIFrameElement, control: MessagePort, source: string | Blob, events: FrameEvents) {
    this.#element = element;
    this.#control = control;
    this.#source = source;
    this.#events = events;
    control.onmessage = ({ data }: MessageEvent<{ type: string; n: number; message: string }>) => {
      if (data.type === 'pong') this.#answered = data.n;
      else events.onFailed(data.message);
    };
  }

  /** Puts a frame into the page that will run workers of `source`. */
  static async open(
    source: string | Blob,
    events: FrameEvents,
    document: Document = globalThis.document,
  ): Promise<Frame> {
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.setAttribute('aria-hidden', 'true');
    element.setAttribute('tabindex', '-1');
    element.title = 'Kernel';
    element.hidden = true;
    element.srcdoc = frameDocument();
    const loaded = new Promise((resolve) => element.addEventListener('load', resolve, { once: true }));
    document.body.append(element);
    await loaded;
    const channel = new MessageChannel();
    element.contentWindow!.postMessage(null, '*', [channel.port2]);
    return new Frame(element, channel.port1, source, events);
  }

  /** Ends the worker that runs, if any, and starts a fresh one that speaks through `port`. */
  start(port: MessagePort): void {
    this.#control.postMessage({ type: 'start', source: this.#source }, [port]);
    this.#source = undefined; // the frame keeps it
  }

  /** Ends the worker at once. */
  kill(): void {
    this.#control.postMessage({ type: 'stop' });
  }

  /** While something runs, asks the frame whether it lives. */
  watch(on: boolean): void {
    if (!on) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    if (this.#timer !== undefined) return;
    this.#answered = this.#sent;
    this.#timer = setInterval(() => {
      if (this.#sent - this.#answered >= MISSED) {
        this.watch(false);
        this.#events.onDead();
        return;
      }
      this.#sent += 1;
      this.#control.postMessage({ type: 'ping', n: this.#sent });
    }, PING_MS);
  }

  close(): void {
    this.watch(false);
    this.#control.onmessage = null;
    this.#control.close();
    this.#element.remove();
  }
}
