import type { Cell } from '../../notebook/model';
import type { ColumnMapping } from '../../session/relink';
import { hidesRefunds } from './mapping';
import { addressesOf, currenciesOf, currencyOf, type Half, type Part } from './parts';

/**
 * What the query above it does not count, or takes as something else than it stands there, said in words where there is
 * anything. A file of ads is set against the orders, which may be in another currency.
 */
export function leftOut(
  half: Half,
  parts: readonly Part[],
  mapping: ColumnMapping,
  { id, orders }: { readonly id: string; readonly orders?: Half },
): readonly Cell[] {
  const { entry, roles } = half;
  const [addresses] = addressesOf(parts, half, mapping);
  const [most, ...others] = currenciesOf(entry);
  const [own, theirs] = [currencyOf(half), orders && currencyOf(orders)];
  const rows = others.map(({ code, rows: n }) => `${n.toLocaleString('en')} ${n === 1 ? 'row' : 'rows'} in ${code}`);
  const sentences = [
    most &&
      `**Only amounts in ${most.code} are counted.** ${entry.fileName} also holds ${rows.join(', ')}: added up as they stand, they would make a wrong sum. Write what an amount is worth in ${most.code} to count them too.`,
    roles.status &&
      `Orders whose \`${roles.status}\` says that they were cancelled, voided${roles.refund ? ' or' : ','} never paid${roles.refund ? '' : ' or paid back in full'} are left out.`,
    addresses &&
      `Customers are told apart by their e-mail addresses in \`${addresses}\`; capitals and blanks around an address make no other customer.`,
    hidesRefunds(half) &&
      `**Some orders were paid back in part, and ${entry.fileName} does not say how much.** They count in full: their sales are too high by what went back.`,
    own &&
      theirs &&
      own !== theirs &&
      `**${entry.fileName} is in ${own}, the orders are in ${theirs}.** Multiply its amounts in the query by what one ${own} is worth in ${theirs}; until then every figure that sets sales against spend is wrong.`,
  ].filter((sentence) => sentence);
  return sentences.length > 0 ? [{ id, kind: 'md', source: sentences.join('\n\n') }] : [];
}
