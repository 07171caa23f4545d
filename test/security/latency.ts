import type { CDPSession, Page } from '@playwright/test';

/** How long the page took to answer keys, in milliseconds. */
export interface Latency {
  readonly keys: number;
  readonly worst: number;
}

declare global {
  interface Window {
    answered: number[];
  }
}

/**
 * Presses a key again and again, as the browser does for a person, and times from the press to the first frame
 * painted after the page has dealt with it. A page that never answers gives an infinite worst.
 */
export class KeyPresses {
  readonly #page: Page;
  readonly #cdp: CDPSession;
  #sent = 0;
  #on = false;
  #sending: Promise<void> = Promise.resolve();

  private constructor(page: Page, cdp: CDPSession) {
    this.#page = page;
    this.#cdp = cdp;
  }

  static async on(page: Page): Promise<KeyPresses> {
    await page.evaluate(() => {
      window.answered = [];
      window.addEventListener('keydown', ({ key, timeStamp }) => {
        if (key !== 'F13') return;
        requestAnimationFrame(() => setTimeout(() => window.answered.push(performance.now() - timeStamp)));
      });
    });
    return new KeyPresses(page, await page.context().newCDPSession(page));
  }

  start(): void {
    this.#on = true;
    this.#sending = this.#press();
  }

  /** Stops pressing; waits at most ten seconds for the last answer. */
  async stop(): Promise<Latency> {
    this.#on = false;
    await this.#sending;
    const end = Date.now() + 10_000;
    let answered: number[] = [];
    while (Date.now() < end && answered.length < this.#sent) {
      answered = await Promise.race([this.#page.evaluate(() => window.answered), pause(1_000).then(() => answered)]);
      await pause(20);
    }
    const worst = answered.length < this.#sent ? Infinity : Math.max(...answered);
    const keys = this.#sent;
    this.#sent = 0;
    await this.#page.evaluate(() => (window.answered = []));
    return { keys, worst };
  }

  async #press(): Promise<void> {
    while (this.#on) {
      const key = { key: 'F13', code: 'F13', windowsVirtualKeyCode: 124 };
      this.#sent += 1;
      void this.#cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }).catch(() => undefined);
      void this.#cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }).catch(() => undefined);
      await pause(50);
    }
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
