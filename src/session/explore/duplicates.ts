import type { Engine } from '../../engine/engine';
import { whereClause } from '../../engine/filters';
import { identifier } from '../../engine/literal';
import { decodeTable, type Column } from '../../table/decode';
import type { Duplicates } from '../../table/explored';
import type { Filter } from '../../table/filter';

const EXAMPLES = 5;
const SHOWN_COLUMNS = 6;
/** A text of an example is cut to this length. */
const LONGEST = 80;

/**
 * Rows that occur more than once among those that pass: by all columns, or by those of a key, where rows without any value
 * in the key do not count. A hash finds the few rows that may be alike; these are compared by their values, so that what is
 * counted is exact.
 */
export async function duplicatesOf(
  engine: Pick<Engine, 'query'>,
  run: string,
  relation: string,
  {
    key,
    columns,
    filters,
  }: { readonly key: readonly string[]; readonly columns: readonly Column[]; readonly filters: readonly Filter[] },
): Promise<Duplicates> {
  const by = key.length > 0 ? key : columns.map(({ name }) => name);
  const names = by.map(identifier);
  const shown = by.slice(0, SHOWN_COLUMNS);
  const known = key.length > 0 ? `(${names.map((name) => `${name} IS NOT NULL`).join(' OR ')})` : 'true';
  const from = `FROM ${identifier(relation)} ${whereClause(filters, columns) || 'WHERE true'} AND ${known}`;
  const hash = `hash(${names.join(', ')})`;
  const text = `
    WITH alike AS (SELECT ${hash} AS h ${from} GROUP BY h HAVING count(*) > 1),
    kinds AS (
      SELECT ${names.map((name, i) => `${name} AS v${i}`).join(', ')}, count(*) AS times
      ${from} AND ${hash} IN (SELECT h FROM alike)
      GROUP BY ${names.join(', ')} HAVING count(*) > 1
    )
    SELECT ${shown.map((_, i) => `left(v${i}::VARCHAR, ${LONGEST}) AS v${i}`).join(', ')}, times::DOUBLE AS times,
      (count(*) OVER ())::DOUBLE AS kinds, (sum(times - 1) OVER ())::DOUBLE AS surplus
    FROM kinds ORDER BY times DESC, ${shown.map((_, i) => `v${i}`).join(', ')} LIMIT ${EXAMPLES}`;
  const rows = decodeTable(await engine.query(run, { text, parameters: [] })).toArray() as Record<string, unknown>[];
  return {
    surplus: Number(rows[0]?.surplus ?? 0),
    kinds: Number(rows[0]?.kinds ?? 0),
    examples: rows.map((row) => ({
      values: shown.map((_, i) => row[`v${i}`] as string | null),
      times: Number(row.times),
    })),
    columns: shown,
  };
}
