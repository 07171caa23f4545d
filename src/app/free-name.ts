import type { CellView } from '../session/session';

/** What has names in a notebook. */
interface Named {
  readonly data: readonly { readonly table: string }[];
  readonly cells: readonly CellView[];
}

/** `table_1`, or the next number that no table or result has; counted from `first`. */
export function freeName({ data, cells }: Named, name: string, first = 1): string {
  const taken = new Set(
    [
      ...data.map((entry) => entry.table),
      ...cells.flatMap((view) => [view.cell.name ?? '', ...view.definition.outputs]),
    ].map((other) => other.toLowerCase()),
  );
  const stem = name.replace(/_\d+$/, '');
  let n = first;
  while (taken.has(`${stem}_${n}`.toLowerCase())) n++;
  return `${stem}_${n}`;
}
