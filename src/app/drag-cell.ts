/** How near to an edge of the window a drag scrolls the page, and how far each frame, in pixels. */
const EDGE = 80;
const STEP = 12;

export interface Drop {
  /** Where among the other cells it would come. */
  readonly index: number;
  /** A copy is put there, and the cell stays. */
  readonly copy: boolean;
}

/**
 * Follows the pointer from a press on a cell's handle. `show` is told where the cell would come, and `null` at the end;
 * `drop` once, where the pointer is let go. Escape ends it without.
 */
export function dragCell(
  { pointerId, clientY }: PointerEvent,
  cell: HTMLElement,
  show: (drop: Drop | null) => void,
  drop: (drop: Drop) => void,
): void {
  const listening = new AbortController();
  const how = { signal: listening.signal, capture: true };
  let y = clientY;
  let copy = false;
  let frame = 0;

  const place = (): Drop => {
    const others = [...document.querySelectorAll<HTMLElement>('section.cell')].filter((other) => other !== cell);
    const above = others.filter((other) => {
      const { top, height } = other.getBoundingClientRect();
      return top + height / 2 < y;
    });
    return { index: above.length, copy };
  };
  const follow = (): void => {
    if (y < EDGE) window.scrollBy(0, -STEP);
    else if (y > window.innerHeight - EDGE) window.scrollBy(0, STEP);
    show(place());
    frame = requestAnimationFrame(follow);
  };
  const end = (): void => {
    cancelAnimationFrame(frame);
    listening.abort();
    show(null);
  };
  const own = (event: PointerEvent): boolean => event.pointerId === pointerId;

  window.addEventListener(
    'pointermove',
    (event) => {
      if (!own(event)) return;
      y = event.clientY;
      copy = event.altKey;
    },
    how,
  );
  window.addEventListener(
    'pointerup',
    (event) => {
      if (!own(event)) return;
      copy = event.altKey;
      const where = place();
      end();
      drop(where);
    },
    how,
  );
  window.addEventListener('pointercancel', end, how);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end();
    },
    how,
  );
  follow();
}
