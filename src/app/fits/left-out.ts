import type { Cell } from '../../notebook/model';
import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { listed } from '../../base/listed';
import { currencyOf, currencySignOf } from './currency';
import { hidesRefunds } from './mapping';
import { addressesOf, currenciesOf, type Half, type Part } from './parts';

/** Words in the name of an amount that holds neither tax nor postage. */
const NET = /net|sub|zwischen/i;

/**
 * What the query above it does not count, or takes as something else than it stands there, said in words where there is
 * anything. A file of ads is set against the orders, which may be in another currency; of lines no amounts are counted.
 */
export function leftOut(
  half: Half,
  parts: readonly Part[],
  mapping: ColumnMapping,
  { id, orders, lines }: { readonly id: string; readonly orders?: Half; readonly lines?: boolean },
): readonly Cell[] {
  const { entry, roles } = half;
  const sentences = [
    ...(lines ? [] : otherCurrencies(entry)),
    ...(roles.status ? [neverPaid(roles)] : []),
    ...(lines ? returned(roles) : paidBack(half, parts, mapping)),
    ...addressesOf(parts, half, mapping)
      .slice(0, 1)
      .map(
        (addresses) =>
          `Customers are told apart by their e-mail addresses in \`${addresses}\`; capitals and blanks around an address make no other customer.`,
      ),
    ...(lines || orders ? [] : [...taxed(half, mapping), ...unknownCurrency(half)]),
    ...(orders ? exchanged(half, orders) : []),
  ];
  return sentences.length > 0 ? [{ id, kind: 'md', source: sentences.join('\n\n') }] : [];
}

function otherCurrencies(entry: DataEntry): readonly string[] {
  const [most, ...others] = currenciesOf(entry);
  const rows = others.map(({ code, rows: n }) => `${n.toLocaleString('en')} ${n === 1 ? 'row' : 'rows'} in ${code}`);
  return most
    ? [
        `**Only amounts in ${most.code} are counted.** ${entry.fileName} also holds ${rows.join(', ')}: added up as they stand, they would make a wrong sum. Write what an amount is worth in ${most.code} to count them too.`,
      ]
    : [];
}

const neverPaid = ({ status, refund }: Half['roles']): string =>
  `Orders whose \`${status}\` says that they were cancelled, voided${refund ? ' or' : ','} never paid${refund ? '' : ' or paid back in full'} are left out.`;

const returned = ({ refund, revenue }: Half['roles']): readonly string[] =>
  refund && revenue
    ? [
        `Orders of which all of \`${revenue}\` was paid back in \`${refund}\` are left out. Of those paid back in part each product counts, since nothing says which of them came back.`,
      ]
    : [];

function paidBack(half: Half, parts: readonly Part[], mapping: ColumnMapping): readonly string[] {
  const { entry, roles } = half;
  const booked = parts.some((part) => part.booked && mapping[part.name] !== undefined);
  if (roles.refund && booked)
    return [
      `What was paid back, \`${roles.refund}\`, is taken off on the day of its order, since ${entry.fileName} does not say when it was: sales of the last weeks may still fall.`,
    ];
  return hidesRefunds(half)
    ? [
        `**Some orders were paid back in part, and ${entry.fileName} does not say how much.** They count in full: their sales are too high by what went back.`,
      ]
    : [];
}

function taxed({ roles }: Half, { revenue }: ColumnMapping): readonly string[] {
  const within = [roles.tax, roles.shipping].filter((column) => column !== undefined && column !== revenue);
  if (revenue === undefined || NET.test(revenue) || within.length === 0) return [];
  const less = `\`${[revenue, ...within].join(' - ')}\``;
  return [
    `Sales are \`${revenue}\` as it stands. Where that holds ${listed(within.map((column) => `\`${column}\``))}, so do the figures below; write ${less} for \`${revenue}\` in the query to leave ${within.length > 1 ? 'them' : 'it'} out.`,
  ];
}

const unknownCurrency = (half: Half): readonly string[] =>
  currencySignOf(half)
    ? []
    : [
        `Nothing in ${half.entry.fileName} says which currency its amounts are in. They are shown as euros: if they are in another, find \`€\` in this notebook and replace it.`,
      ];

function exchanged(ads: Half, orders: Half): readonly string[] {
  const [own, theirs] = [currencyOf(ads), currencyOf(orders)];
  return own && theirs && own !== theirs
    ? [
        `**${ads.entry.fileName} is in ${own}, the orders are in ${theirs}.** Multiply its amounts in the query by what one ${own} is worth in ${theirs}; until then every figure that sets sales against spend is wrong.`,
      ]
    : [];
}
