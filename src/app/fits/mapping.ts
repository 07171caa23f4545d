import type { ColumnMapping } from '../../session/relink';
import { writtenIdentifier } from '../../session/written-identifier';
import { writtenText } from '../../session/written-text';
import { mayWriteTo, type Asked } from './consent';
import { currenciesOf, isByAddress, type Half, type Part } from './parts';
import { saysPaidBack, saysUnpaid } from './status';

/**
 * A template's query over a table of the reader's, by the column chosen for each part. What was paid back is a row of its
 * own, below 0, as the templates want it; orders that were never paid, and amounts in other currencies than most, are left out.
 * Of lines, those of orders that were paid back in full are, too.
 */
export function mappingSource(
  parts: readonly Part[],
  half: Half,
  table: string,
  mapping: ColumnMapping,
  { lines = false, asked }: { readonly lines?: boolean; readonly asked?: Asked } = {},
): string {
  const columns = parts.map((part) => {
    const sql = part.consent ? mayWriteTo(mapping[part.name], half, table, asked) : written(part, parts, half, mapping);
    return sql === part.name ? `  ${sql}` : `  ${sql} AS ${part.name}`;
  });
  const conditions = (word: string, all: readonly string[]): string =>
    all.map((condition, i) => `\n${i === 0 ? word : '  AND'} ${condition}`).join('');
  const { roles } = half;
  const kept = lines
    ? conditions('QUALIFY', [...standing(lineStatus(roles), roles), ...notReturned(roles)])
    : conditions('WHERE', inOneCurrency(half)) +
      conditions('QUALIFY', standing(roles.status && writtenIdentifier(roles.status), roles));
  return `SELECT\n${columns.join(',\n')}\nFROM ${table}${kept}`;
}

function written(part: Part, parts: readonly Part[], half: Half, mapping: ColumnMapping): string {
  const column = mapping[part.name];
  const sql =
    column === undefined
      ? (part.otherwise ?? 'NULL').replace(/\{(\w+)\}/g, (_, name: string) => {
          const other = parts.find((candidate) => candidate.name === name);
          return other && mapping[name] !== undefined ? plain(other, mapping[name], half) : 'NULL';
        })
      : plain(part, column, half);
  return part.booked ? booked(sql, parts, half, mapping) : sql;
}

function plain(part: Part, column: string, half: Half): string {
  const identifier = writtenIdentifier(column);
  // One person writes one address in several ways, and shops export each as it was typed.
  const sql = isByAddress(part, half, column) ? `lower(trim(${identifier}))` : identifier;
  const made = part.write?.(sql, half.roles) ?? sql;
  return part.as ? `${made}::${part.as}` : made;
}

/** An amount, and beside it what of it was paid back: of the revenue itself what the file says, of another amount its share. */
function booked(sql: string, parts: readonly Part[], { roles }: Half, mapping: ColumnMapping): string {
  const revenue = parts.find(({ roles }) => roles.includes('revenue'));
  const paid = revenue && mapping[revenue.name];
  if (roles.refund === undefined || paid === undefined || paid === roles.refund || sql.startsWith('NULL')) return sql;
  const refund = writtenIdentifier(roles.refund);
  const back =
    sql === writtenIdentifier(paid)
      ? `-abs(${refund})`
      : `-abs(${refund}) * ${sql} / nullif(${writtenIdentifier(paid)}, 0)`;
  return `unnest(CASE WHEN ${refund} <> 0 THEN [${sql}, ${back}] ELSE [${sql}] END)`;
}

function inOneCurrency({ entry, roles }: Half): string[] {
  const [most] = currenciesOf(entry);
  if (!most || !roles.currency) return [];
  const code = writtenText(most.code);
  return [`coalesce(${writtenIdentifier(roles.currency)}, ${code}) = ${code}`];
}

/**
 * Leaves out what was never paid and, where no column says how much was paid back, what was paid back as a whole; unless
 * rows below 0 take the order off by themselves.
 */
function standing(status: string | undefined, { cost, refund, revenue, order }: Half['roles']): string[] {
  // What was spent on an advertisement was spent, however it stands now.
  if (status === undefined || cost !== undefined) return [];
  const undone = refund
    ? ['  -- cancelled or never placed', `  ${saysUnpaid(status)}`]
    : [
        '  -- cancelled or never placed, or paid back as a whole',
        `  (${saysUnpaid(status)}`,
        `  OR ${saysPaidBack(status)})`,
      ];
  const lines = ['NOT (', ...undone];
  if (revenue !== undefined) {
    const amount = writtenIdentifier(revenue);
    const least = order ? `min(${amount}) OVER (PARTITION BY ${writtenIdentifier(order)})` : amount;
    lines.push('  -- and no row below 0 takes it off', `  AND coalesce(${least}, 0) >= 0`);
  }
  return [[...lines, ')'].join('\n')];
}

/** How a line stands; an export that writes what holds for an order on its first row alone says it there. */
function lineStatus({ status, order }: Half['roles']): string | undefined {
  const own = status && writtenIdentifier(status);
  return own && order ? `coalesce(${own}, any_value(${own}) OVER (PARTITION BY ${writtenIdentifier(order)}))` : own;
}

/** Lines of orders of which less was paid back than was paid. */
function notReturned({ order, refund, revenue }: Half['roles']): string[] {
  if (!order || !refund || !revenue) return [];
  const ofOrder = `OVER (PARTITION BY ${writtenIdentifier(order)})`;
  const [back, paid] = [`sum(abs(${writtenIdentifier(refund)}))`, `sum(${writtenIdentifier(revenue)})`];
  return [`coalesce(${back} ${ofOrder} < greatest(${paid} ${ofOrder}, 0.005), true)`];
}
