import type { Cell } from '../notebook/model';

/** The cells of a notebook by slides: a text cell that begins with a heading of the first two levels begins one. */
export function slidesOf<C extends { readonly cell: Cell }>(views: readonly C[]): readonly (readonly C[])[] {
  const slides: C[][] = [];
  for (const view of views) {
    const begins = view.cell.kind === 'md' && /^#{1,2}\s/.test(view.cell.source.trimStart());
    if (begins || slides.length === 0) slides.push([view]);
    else slides.at(-1)!.push(view);
  }
  return slides;
}
