/**
 * The table that a data file becomes where the front matter does not name it: the file's name without its ending, in
 * lower case, everything but letters and digits as `_`.
 *
 * @example tableOf('Orders 2024 (1).csv') // => 'orders_2024_1'
 */
export function tableOf(file: string): string {
  const stem = file.replace(/(?<=.)(\.(csv|tsv|txt|json|ndjson|parquet|xlsx?|gz))+$/i, '').toLowerCase();
  return stem.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '') || 'data';
}
