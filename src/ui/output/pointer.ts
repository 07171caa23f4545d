/** A pointer event over a drawing, in the coordinates of its view box. */
export interface SurfacePointer {
  readonly type: 'pointerenter' | 'pointermove' | 'pointerleave' | 'pointerdown';
  readonly x: number;
  readonly y: number;
}

const TYPES = ['pointerenter', 'pointermove', 'pointerleave', 'pointerdown'] as const;

/** Reports pointer events over `svg`, moves at most once a frame; returns how to stop. */
export function watchPointer(svg: SVGSVGElement, report: (event: SurfacePointer) => void): () => void {
  let frame = 0;
  let last: PointerEvent | undefined;

  function tell(event: PointerEvent): void {
    const matrix = svg.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    report({ type: event.type as SurfacePointer['type'], x, y });
  }

  function hear(event: PointerEvent): void {
    if (event.type !== 'pointermove') {
      cancelAnimationFrame(frame);
      frame = 0;
      tell(event);
      return;
    }
    last = event;
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (last) tell(last);
    });
  }

  for (const type of TYPES) svg.addEventListener(type, hear);
  return () => {
    cancelAnimationFrame(frame);
    for (const type of TYPES) svg.removeEventListener(type, hear);
  };
}
