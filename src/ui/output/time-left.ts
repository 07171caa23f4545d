/** Before this much has passed, or of the work, a guess would jump about. */
const LEAST_MILLISECONDS = 2_000;
const LEAST_SHARE = 0.02;

/**
 * Judges how long a work goes on, by its pace since it was first seen: time passed · (1 − share) / (share − first share).
 * A share that falls begins another work.
 */
export class TimeLeft {
  #first: { readonly share: number; readonly at: number } | undefined;
  #last = 0;

  /**
   * @param share 0 to 1
   * @param now milliseconds, as `performance.now` gives them
   * @returns milliseconds; undefined while there is too little to judge by, and at the end
   */
  after(share: number, now: number): number | undefined {
    if (!this.#first || share < this.#last) this.#first = { share, at: now };
    this.#last = share;
    const done = share - this.#first.share;
    const passed = now - this.#first.at;
    if (passed < LEAST_MILLISECONDS || done < LEAST_SHARE || share >= 1) return undefined;
    return (passed * (1 - share)) / done;
  }
}
