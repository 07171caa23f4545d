import { define } from '../language/define';
import type { Cell } from '../notebook/model';

/** The names that cells give, in lower case, as the database tells names apart. */
export const definedNames = (cells: readonly Cell[]): ReadonlySet<string> =>
  new Set(cells.flatMap((cell) => define(cell).outputs.map((name) => name.toLowerCase())));
