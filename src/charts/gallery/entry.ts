import type * as Plot from '@observablehq/plot';

/** A chart of the gallery: a live page, and a drawing that tests compare with the one kept. */
export interface Entry {
  readonly name: string;
  readonly draw: () => ReturnType<typeof Plot.plot>;
}
