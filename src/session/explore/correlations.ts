import type { Engine } from '../../engine/engine';
import { whereClause } from '../../engine/filters';
import { identifier } from '../../engine/literal';
import { correlationInterval } from '../../stats/intervals/correlation';
import { decodeTable, type Column } from '../../table/decode';
import type { Correlations } from '../../table/explored';
import type { Filter } from '../../table/filter';
import type { Profile } from '../../table/profile';

/** More columns make a table that nobody reads, and take seconds a million rows. */
const MOST_COLUMNS = 12;
const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL.*|DOUBLE|FLOAT)$/;

/** Columns of numbers that measure something: keys, all different whole numbers, go up with anything that does. */
function measures({ columns, rows }: Profile): string[] {
  return columns
    .filter(({ type, distinct }) => NUMBER.test(type) && distinct > 1)
    .filter(({ type, distinct, nulls, approximate }) => {
      const isKey = /INT/.test(type) && nulls === 0 && distinct >= rows * (approximate ? 0.85 : 1);
      return !isKey;
    })
    .map(({ name }) => name);
}

/** How every two columns of numbers of a table go together, over the rows that pass. */
export async function correlationsOf(
  engine: Pick<Engine, 'query'>,
  run: string,
  relation: string,
  {
    whole,
    columns,
    filters,
  }: { readonly whole: Profile; readonly columns: readonly Column[]; readonly filters: readonly Filter[] },
): Promise<Correlations> {
  const names = measures(whole);
  const chosen = names.slice(0, MOST_COLUMNS);
  const asked = chosen.flatMap((a, i) => chosen.slice(i + 1).map((b) => ({ a, b })));
  if (asked.length === 0) return { columns: chosen, left: 0, pairs: [] };
  const value = (name: string): string => {
    const double = `${identifier(name)}::DOUBLE`;
    // Neither infinite nor so large that its square is.
    return `CASE WHEN abs(${double}) < 1e150 THEN ${double} END`;
  };
  const list = asked.flatMap(({ a, b }, i) => [
    `corr(${value(a)}, ${value(b)}) AS r${i}`,
    `regr_count(${value(a)}, ${value(b)}) AS n${i}`,
  ]);
  const text = `SELECT ${list.join(', ')} FROM ${identifier(relation)} ${whereClause(filters, columns)}`;
  const row = decodeTable(await engine.query(run, { text, parameters: [] })).at(0) as Record<string, number | null>;
  const pairs = asked.flatMap(({ a, b }, i) => {
    const [r, n] = [row[`r${i}`], Number(row[`n${i}`] ?? 0)];
    if (r === null || r === undefined || !Number.isFinite(r) || n < 4) return [];
    const { value, lower, upper } = correlationInterval(Math.max(-1, Math.min(1, r)), n, { confidence: 0.95 });
    return [{ a, b, r: value, lower, upper, rows: n }];
  });
  return { columns: chosen, left: names.length - chosen.length, pairs };
}
