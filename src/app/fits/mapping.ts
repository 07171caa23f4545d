import type { ColumnMapping } from '../../session/relink';
import { writtenIdentifier } from '../../session/written-identifier';
import { writtenText } from '../../session/written-text';
import { currenciesOf, isByAddress, topOf, type Half, type Part } from './parts';

/** Words of shops for an order that was never paid, in what they call its status. */
const NEVER_PAID = 'void|cancel|fail|declin|expir|storn|abgebroch|fehlgeschlag';
/** And for one whose money went back; unless that is said of a part of it, the whole of it did. */
const PAID_BACK = 'refund|returned|reimburs|chargeback|erstatt|rückgezahlt|retour|rückgabe|zurückgegeben';
const IN_PART = 'part|teil';

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
  lines = false,
): string {
  const columns = parts.map((part) => {
    const sql = written(part, parts, half, mapping);
    return sql === part.name ? `  ${sql}` : `  ${sql} AS ${part.name}`;
  });
  const conditions = lines ? conditionsOfLines(half) : conditionsOf(half);
  const first = lines ? 'QUALIFY' : 'WHERE';
  const where = conditions.map((condition, i) => `\n${i === 0 ? first : '  AND'} ${condition}`).join('');
  return `SELECT\n${columns.join(',\n')}\nFROM ${table}${where}`;
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
  const made = part.write?.(sql) ?? sql;
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

function conditionsOf({ entry, roles }: Half): string[] {
  const [most] = currenciesOf(entry);
  const conditions: string[] = [];
  if (most && roles.currency) {
    const code = writtenText(most.code);
    conditions.push(`coalesce(${writtenIdentifier(roles.currency)}, ${code}) = ${code}`);
  }
  return [...conditions, ...notPaid(roles).map((condition) => `NOT ${condition}`)];
}

/** An export writes what holds for an order on its first row alone. Nothing is added up, so the currency does not matter. */
function conditionsOfLines({ roles }: Half): string[] {
  const { order, refund, revenue } = roles;
  if (!order) return [];
  const ofOrder = `OVER (PARTITION BY ${writtenIdentifier(order)})`;
  const conditions = notPaid(roles).map((condition) => `NOT bool_or(${condition}) ${ofOrder}`);
  if (refund && revenue) {
    const [back, paid] = [`sum(abs(${writtenIdentifier(refund)}))`, `sum(${writtenIdentifier(revenue)})`];
    conditions.push(`coalesce(${back} ${ofOrder} < greatest(${paid} ${ofOrder}, 0.005), true)`);
  }
  return conditions;
}

/** What is true of an order whose status says that nothing was paid for it, or all of it paid back. */
function notPaid({ status, refund }: Half['roles']): readonly string[] {
  if (!status) return [];
  const says = (words: string): string => `regexp_matches(coalesce(${writtenIdentifier(status)}, ''), '(?i)${words}')`;
  return [says(NEVER_PAID), ...(refund ? [] : [`(${says(PAID_BACK)} AND NOT ${says(IN_PART)})`])];
}

/** Whether a file says of some orders that a part was paid back, and of none how much. */
export function hidesRefunds({ entry, roles }: Half): boolean {
  const inPart = new RegExp(`(?=.*(${PAID_BACK})).*(${IN_PART})`, 'i');
  return !roles.refund && topOf(entry, roles.status).some(({ value }) => inPart.test(value));
}
