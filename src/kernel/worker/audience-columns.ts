/** How a column can be chosen from: by its values, between two, or by how its texts begin. */
export type ColumnChoice =
  | { readonly kind: 'few'; readonly texts: readonly string[] }
  | { readonly kind: 'many'; readonly example: string }
  | { readonly kind: 'numbers'; readonly least: number; readonly most: number }
  | { readonly kind: 'days'; readonly first: Date; readonly last: Date };

/** More numbers than these are chosen between two, more texts than these by how they begin. */
const FEW_NUMBERS = 6;
const FEW_TEXTS = 60;
const EMPTY = '(empty)';

/** Looks at all values of a column; those without a value are a choice of their own among few. */
export function columnChoice(values: readonly unknown[]): ColumnChoice {
  const given = values.filter((value) => value !== null && value !== undefined);
  const distinct = new Set(given.map(textOf));
  if (given.length > 0 && given.every((value) => value instanceof Date)) {
    const times = given.map((value) => value.getTime());
    return { kind: 'days', first: new Date(least(times)), last: new Date(most(times)) };
  }
  const areNumbers = given.every((value) => typeof value === 'number' || typeof value === 'bigint');
  if (areNumbers && distinct.size > FEW_NUMBERS) {
    const numbers = given.map(Number).filter((value) => Number.isFinite(value));
    return { kind: 'numbers', least: least(numbers), most: most(numbers) };
  }
  if (distinct.size > FEW_TEXTS) return { kind: 'many', example: textOf(given[0]) };
  const inOrder = [...distinct].sort((a, b) => (areNumbers ? Number(a) - Number(b) : a.localeCompare(b)));
  return { kind: 'few', texts: given.length < values.length ? [...inOrder, EMPTY] : inOrder };
}

/** A value as it stands among the choices. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined ? EMPTY : String(value as string | number | boolean);

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
