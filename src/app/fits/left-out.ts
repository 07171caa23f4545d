import type { Cell } from '../../notebook/model';
import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { listed } from '../../base/listed';
import { currencyOf, currencySignOf } from './currency';
import { unclearConsent, type Asked } from './consent';
import type { Rhythm } from '../../session/rhythm';
import { addressesOf, currenciesOf, rolesOfFile, type Half, type Part } from './parts';
import { statesOf } from './status';

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
  {
    id,
    orders,
    lines,
    asked,
    rhythm = 'day',
  }: {
    readonly id: string;
    readonly orders?: Half;
    readonly lines?: boolean;
    readonly asked?: Asked;
    readonly rhythm?: Rhythm;
  },
): readonly Cell[] {
  const { entry, roles } = half;
  const sentences = [
    ...(lines ? [] : otherCurrencies(entry)),
    ...(orders ? [] : byStatus(half)),
    ...(lines ? returned(roles) : paidBack(half, parts, mapping)),
    ...mayBeWrittenTo(half, parts, mapping, asked),
    ...addressesOf(parts, half, mapping)
      .slice(0, 1)
      .map(
        (addresses) =>
          `Customers are told apart by their e-mail addresses in \`${addresses}\`; capitals and blanks around an address make no other customer.`,
      ),
    ...(lines || orders ? [] : [...taxed(half, mapping), ...unknownCurrency(half)]),
    ...(orders ? exchanged(half, orders) : []),
    ...(rhythm === 'day' ? [] : [spread(entry, rhythm)]),
  ];
  return sentences.length > 0 ? [{ id, kind: 'md', source: sentences.join('\n\n') }] : [];
}

const spread = ({ fileName }: DataEntry, rhythm: 'week' | 'month'): string =>
  `${fileName} has one day a ${rhythm}: what was spent is spread evenly over the ${rhythm === 'week' ? 'seven days' : 'month'} that ${rhythm === 'week' ? 'begin' : 'begins'} with it. Export it by day to see the days themselves.`;

/** Says which files of ads are not among what was spent, since they do not say when. */
export function notCounted(entries: readonly DataEntry[]): readonly Cell[] {
  if (entries.length === 0) return [];
  const names = listed(entries.map(({ fileName }) => fileName));
  const [are, them] = entries.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const source = `**${names} ${are} not counted.** ${entries.length === 1 ? 'It looks' : 'They look'} like advertising, but no column of days beside a cost was recognised. What was spent there is missing from every figure below: export ${them} by day, or add ${them} to the query \`ad_spend\`.`;
  return [{ id: 'notcounted', kind: 'md', source }];
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

function byStatus(half: Half): readonly string[] {
  const { entry, roles } = half;
  if (!roles.status) return [];
  const states = statesOf(entry, roles);
  const out = [...states.unpaid, ...(roles.refund ? [] : states['paid back'])];
  const counted = [...(roles.refund ? states['paid back'] : []), ...states['partly paid back'], ...states.counted];
  const kinds = roles.refund
    ? 'cancelled, voided or never placed'
    : 'cancelled, voided, never placed or paid back in full';
  const unless = hasNegative(half) ? ', unless rows below 0 take them off' : '';
  return [
    [
      `Orders whose \`${roles.status}\` says that they were ${kinds} are left out${coded(out, ': ')}${unless}.`,
      ...(counted.length > 0 ? [`Counted are orders that are${coded(counted, ' ')}.`] : []),
    ].join(' '),
    ...(states.awaited.length > 0
      ? [
          `**Orders that are not paid yet count as sales:${coded(states.awaited, ' ')}.** Where they are none, leave them out in the query.`,
        ]
      : []),
  ];
}

const coded = (values: readonly string[], before: string): string =>
  values.length > 0 ? `${before}${listed(values.map((value) => `\`${value}\``))}` : '';

const hasNegative = ({ entry, roles }: Half): boolean =>
  Number(entry.profile?.columns.find(({ name }) => name === roles.revenue)?.min ?? 0) < 0;

/** Where a list of whom to write to rests on what a file says. */
function mayBeWrittenTo(
  { entry, roles }: Half,
  parts: readonly Part[],
  mapping: ColumnMapping,
  asked: Asked | undefined,
): readonly string[] {
  const part = parts.find(({ consent }) => consent);
  if (!part) return [];
  const column = mapping[part.name];
  const theirs = asked && rolesOfFile(asked.entry);
  const sayers = [
    ...(column === undefined ? [] : [{ of: entry, says: column }]),
    ...(theirs?.consent === undefined ? [] : [{ of: asked!.entry, says: theirs.consent }]),
  ];
  const suppressed = [
    ...(roles.suppressed === undefined || roles.suppressed === column ? [] : [`\`${roles.suppressed}\``]),
    ...(theirs?.suppressed === undefined ? [] : [`\`${theirs.suppressed}\` in ${asked!.entry.fileName}`]),
  ];
  return [
    ...(asked && theirs?.consent !== undefined
      ? [
          column === undefined
            ? `Who may be written to is read from \`${theirs.consent}\` in ${asked.entry.fileName}, by \`${asked.theirs}\`. Customers who are not there, or of whom it says nothing in one row, are in no list.`
            : `Who may be written to is read from \`${column}\` here and from \`${theirs.consent}\` in ${asked.entry.fileName}, by \`${asked.theirs}\`: of whom that says anything but yes is in no list. Where it says nothing, what is said here counts.`,
        ]
      : []),
    ...(suppressed.length > 0
      ? [`Customers of whom ${listed(suppressed)} says anything but no are in no list, whatever else they agreed to.`]
      : []),
    ...sayers.flatMap(({ of, says }) => {
      const unclear = unclearConsent(of, says);
      if (unclear.length === 0) return [];
      return [
        `**${coded(unclear, '')} in \`${says}\` ${unclear.length === 1 ? 'is' : 'are'} not known to mean yes, and ${unclear.length === 1 ? 'counts' : 'count'} as no.** Where ${unclear.length === 1 ? 'it means' : 'one of them means'} yes, add it to the list in the query.`,
      ];
    }),
  ];
}

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
  return !roles.refund && statesOf(entry, roles)['partly paid back'].length > 0 && !hasNegative(half)
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
