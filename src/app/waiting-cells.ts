import { flushSync } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { whenIdle } from '../ui/when-idle';

/** So many cells are put on the page at once: more than a window shows of most notebooks. */
const AT_ONCE = 12;
/** For so long more are put there before the page may answer again, in milliseconds. */
const SLICE = 25;
/** How near to the window a cell is wanted before the others. */
const NEAR = '100% 0px';

/**
 * The cells of a long notebook that is being opened, less those that stand on the page: each is text alone until its turn
 * comes, those near the window first, the others whenever the page has nothing to answer.
 */
export class WaitingCells {
  readonly #ids: SvelteSet<string>;
  readonly #near = new Set<string>();
  readonly #observer: IntersectionObserver;
  #cancel: () => void;

  constructor(ids: readonly string[]) {
    this.#ids = new SvelteSet(ids.slice(AT_ONCE));
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: NEAR });
    this.#cancel = this.#ids.size > 0 ? whenIdle(this.#slice) : () => undefined;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** It is needed now. */
  take(id: string): void {
    this.#ids.delete(id);
  }

  /** All are needed now, as they are on paper. */
  takeAll(): void {
    flushSync(() => this.#ids.clear());
  }

  /** For the element that stands in for a cell, which has its id: tells when it comes near the window. */
  readonly watch = (element: Element): (() => void) => {
    this.#observer.observe(element);
    return () => this.#observer.unobserve(element);
  };

  close(): void {
    this.#cancel();
    this.#observer.disconnect();
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target.id);
      else this.#near.delete(target.id);
    }
  }

  readonly #slice = (): void => {
    const end = performance.now() + SLICE;
    while (this.#ids.size > 0 && performance.now() < end) {
      const [id] = this.#near.size > 0 ? this.#near : this.#ids;
      this.#near.delete(id!);
      flushSync(() => this.#ids.delete(id!));
    }
    if (this.#ids.size > 0) this.#cancel = whenIdle(this.#slice);
  };
}
