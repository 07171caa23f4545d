import { AGREED, saysConsent } from '../../session/consent-words';
import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { writtenIdentifier } from '../../session/written-identifier';
import { isByAddress, rolesOfFile, topOf, type Half, type Part } from './parts';

/** Blanks, and words for no. */
const NOT_SUPPRESSED = ['', 'no', 'n', 'nein', 'nie', 'non', 'nee', 'false', 'f', '0'];

/**
 * Whether a customer may be written to: agreed, as a column says and another file does not deny, or as the other file alone
 * says, and not taken off by this file or the other. NULL where nothing says so.
 */
export function mayWriteTo(
  column: string | undefined,
  { roles }: Half,
  orders: string,
  asked: Asked | undefined,
): string {
  const theirs = asked && rolesOfFile(asked.entry);
  const elsewhere = (what: string): string => ofCustomer(what, asked!, orders);
  // Who did not say no has not said yes, unless the reader says so by choosing the column.
  const isOwnNo = column !== undefined && column === roles.suppressed;
  const conditions = [
    isOwnNo
      ? among(column, NOT_SUPPRESSED)
      : column !== undefined
        ? among(column, AGREED)
        : theirs?.consent === undefined
          ? 'NULL::BOOLEAN'
          : // A blank is no yes, also beside another row that says yes.
            elsewhere(`coalesce(${among(theirs.consent, AGREED, asked!.table)}, false)`),
    // Of two that say, the stricter counts; where the other says nothing, what this one says.
    ...(column === undefined || theirs?.consent === undefined
      ? []
      : [`coalesce(${elsewhere(`coalesce(${among(theirs.consent, [...AGREED, ''], asked!.table)}, true)`)}, true)`]),
    ...(roles.suppressed === undefined || isOwnNo
      ? []
      : [`coalesce(${among(roles.suppressed, NOT_SUPPRESSED)}, true)`]),
    ...(theirs?.suppressed === undefined
      ? []
      : [`coalesce(${elsewhere(among(theirs.suppressed, NOT_SUPPRESSED, asked!.table))}, true)`]),
  ];
  return conditions.join('\n    AND ');
}

const among = (column: string, all: readonly string[], table?: string): string => {
  const name = writtenIdentifier(column);
  return `${words(table === undefined ? name : `${table}.${name}`)} IN (${all.map((word) => `'${word}'`).join(', ')})`;
};
const words = (column: string): string => `lower(trim(${column}::VARCHAR))`;

/** Values of a column of consent that are no known word for yes or no: they count as no. */
export const unclearConsent = (entry: DataEntry, column: string): readonly string[] =>
  topOf(entry, column).flatMap(({ value }) => (value.trim() === '' || saysConsent(value) ? [] : [value]));

/** Another file that says of customers whether they agreed, and the columns that tell who is who in both. */
export interface Asked {
  readonly entry: DataEntry;
  /** What its table is called where it is asked. */
  readonly table: string;
  readonly own: string;
  readonly theirs: string;
  readonly byAddress: boolean;
}

/** The file that tells, beside another or in its place, which customers of it may be written to, or which must not. */
export function askedElsewhere(
  parts: readonly Part[],
  half: Half,
  mapping: ColumnMapping,
  entries: readonly DataEntry[],
): Asked | undefined {
  const customer = parts.find(({ roles }) => roles.includes('customer'));
  const consent = parts.find((part) => part.consent);
  const own = customer && mapping[customer.name];
  if (own === undefined || !consent) return undefined;
  const byAddress = isByAddress(customer!, half, own);
  for (const entry of entries) {
    if (entry === half.entry || entry.status !== 'ready' || !entry.profile) continue;
    const roles = rolesOfFile(entry);
    const theirs = byAddress ? roles.email : roles.customer;
    const tells = roles.suppressed ?? roles.consent;
    if (tells !== undefined && theirs !== undefined) return { entry, table: entry.table, own, theirs, byAddress };
  }
  return undefined;
}

/** What holds of all rows that another file has of a customer. */
function ofCustomer(what: string, { table, own, theirs, byAddress }: Asked, orders: string): string {
  const key = (from: string, column: string): string => {
    const name = `${from}.${writtenIdentifier(column)}`;
    return byAddress ? words(name) : `${name}::VARCHAR`;
  };
  return `(SELECT bool_and(${what}) FROM ${table} WHERE ${key(table, theirs)} = ${key(orders, own)})`;
}
