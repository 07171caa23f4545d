import { visibleColumns } from './columns';
import { elementOffset, extentOf, scrolled } from './scroll';
import type { Place } from './selection';

/** Heights of a row and of the header, in pixels. */
export const ROW = 28;
export const HEADER = 44;

interface Content {
  /** How many rows there are. */
  readonly rows: () => number;
  /** Left edges of the columns, see `edgesOf`. */
  readonly edges: () => Float64Array;
}

/** Which part of a grid is in sight: follows the scroll bars, and moves them to where a place is. */
export class Scrolling {
  readonly #content: Content;
  /** The size of the window, and the height of the scroll bar below it. */
  view = $state.raw({ width: 0, height: 0 });
  bar = $state(0);
  /** Offsets of the window in the rows and columns, in pixels. */
  top = $state(0);
  left = $state(0);
  readonly extent = $derived.by(() => extentOf(this.#content.rows() * ROW + HEADER, this.view.height));
  /** The rows in sight: from `first` up to, not with, `end`. */
  readonly first = $derived(Math.floor(this.top / ROW));
  readonly end = $derived.by(() =>
    Math.min(this.#content.rows(), Math.ceil((this.top + Math.max(0, this.body)) / ROW)),
  );
  readonly across = $derived.by(() => visibleColumns(this.#content.edges(), this.left, this.view.width));
  /** Whether the columns reach beyond the window. */
  readonly wide = $derived.by(() => this.view.width > 0 && this.#content.edges().at(-1)! > this.view.width);
  #element: HTMLElement | undefined;
  #before = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(content: Content) {
    this.#content = content;
  }

  /** The window's height below the header. */
  get body(): number {
    return this.view.height - HEADER;
  }

  /** Attaches to the element that scrolls. */
  watch = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const measure = (): void => {
      this.view = { width: element.clientWidth, height: element.clientHeight };
      this.bar = element.offsetHeight - element.clientHeight;
    };
    // What is measured here changes the height in turn: in the next frame, or the browser speaks of a loop.
    const observer = new ResizeObserver(() => requestAnimationFrame(measure));
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  };

  onscroll = (): void => {
    if (!this.#element) return;
    const now = this.#element.scrollTop;
    if (now !== this.#before) this.top = scrolled(this.top, this.#before, now, this.view.height, this.extent);
    this.#before = now;
    this.left = this.#element.scrollLeft;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), 160);
  };

  /** The first row and column, at once. */
  toStart(): void {
    this.left = this.top = 0;
    this.#element?.scrollTo(0, 0);
  }

  goTo(offset: number): void {
    this.top = Math.max(0, Math.min(this.extent.rows, offset));
    this.#settle();
  }

  reveal({ row, column }: Place): void {
    const { body } = this;
    if (row >= 0) {
      if (row * ROW < this.top) this.goTo(row * ROW);
      else if ((row + 1) * ROW > this.top + body) this.goTo((row + 1) * ROW - body);
    }
    const element = this.#element;
    if (!element) return;
    const edges = this.#content.edges();
    const [from, to] = [edges[column]!, edges[column + 1]!];
    if (from < this.left) element.scrollLeft = from;
    else if (to > this.left + this.view.width) element.scrollLeft = Math.min(from, to - this.view.width);
    this.left = element.scrollLeft;
  }

  /** The cell under the pointer, by geometry: cells carry no marks of their own, so that scrolling writes only texts. */
  placeAt(event: PointerEvent): Place | null {
    const edges = this.#content.edges();
    const box = this.#element!.getBoundingClientRect();
    const x = event.clientX - box.left + this.left;
    const y = event.clientY - box.top - HEADER;
    const row = Math.floor((y + this.top) / ROW);
    if (y < 0 || y > this.body || row >= this.#content.rows() || x > edges.at(-1)!) return null;
    return { row, column: visibleColumns(edges, x, 0).first };
  }

  focus(): void {
    this.#element?.focus({ preventScroll: true });
  }

  /** Puts the scroll bar where the rows are, once the reader's hand is off it. */
  #settle(): void {
    if (!this.#element) return;
    const wanted = elementOffset(this.top, this.extent);
    if (Math.abs(wanted - this.#element.scrollTop) < 1) return;
    this.#element.scrollTop = wanted;
    this.#before = this.#element.scrollTop;
  }
}
