/** Before this much has passed, or of the work, a guess would jump about. */
const LEAST_MILLISECONDS = 2_000;
const LEAST_SHARE = 0.02;

/**
 * Judges how long a work goes on, by its pace since it was first seen: time passed · (1 − share) / (share − first share),
 * counted down from when the share last grew. A work that stands still until that is used up has no guess any more. A
 * share that falls begins another work.
 */
export class TimeLeft {
  #first: Seen | undefined;
  #last: Seen = { share: 0, at: 0 };

  /**
   * @param share 0 to 1
   * @param now milliseconds, as `performance.now` gives them
   * @returns milliseconds; undefined while there is too little to judge by, and at the end
   */
  after(share: number, now: number): number | undefined {
    if (!this.#first || share < this.#last.share) this.#first = { share, at: now };
    if (share !== this.#last.share) this.#last = { share, at: now };
    const done = share - this.#first.share;
    const passed = this.#last.at - this.#first.at;
    if (passed < LEAST_MILLISECONDS || done < LEAST_SHARE || share >= 1) return undefined;
    const left = (passed * (1 - share)) / done - (now - this.#last.at);
    return left > 0 ? left : undefined;
  }
}

interface Seen {
  readonly share: number;
  readonly at: number;
}
