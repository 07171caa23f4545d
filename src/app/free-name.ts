import type { CellView } from '../session/session';

/** What has names in a notebook. */
interface Named {
  readonly data: readonly { readonly table: string }[];
  readonly cells: readonly CellView[];
}

/** What tables and results are called, in small letters. */
export function takenNames({ data, cells }: Named): Set<string> {
  return new Set(
    [
      ...data.map((entry) => entry.table),
      ...cells.flatMap((view) => [view.cell.name ?? '', ...view.definition.outputs]),
    ].map((other) => other.toLowerCase()),
  );
}

/** `table_1`, or the next number that no table or result has; counted from `first`. */
export function freeName(
  named: Named,
  name: string,
  first = 1,
  taken: ReadonlySet<string> = takenNames(named),
): string {
  const stem = name.replace(/_\d+$/, '');
  let n = first;
  while (taken.has(`${stem}_${n}`.toLowerCase())) n++;
  return `${stem}_${n}`;
}
