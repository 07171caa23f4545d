import { AGREED, saysConsent } from '../../session/consent-words';
import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { writtenIdentifier } from '../../session/written-identifier';
import { isByAddress, rolesOfFile, topOf, type Half, type Part } from './parts';

/** Blanks, and words for no. */
const NOT_SUPPRESSED = ['', 'no', 'n', 'nein', 'false', 'f', '0'];

/** Whether somebody agreed, where `column` says so, and no other column says that they must not be written to. */
export function consented(column: string | undefined, { suppressed }: Half['roles'], table = ''): string {
  const own = (name: string): string => `${table}${writtenIdentifier(name)}`;
  const notSuppressed = suppressed && `${words(own(suppressed))} IN (${quoted(NOT_SUPPRESSED)})`;
  if (notSuppressed && suppressed === column) return notSuppressed;
  const agreed = column === undefined ? 'NULL::BOOLEAN' : `${words(own(column))} IN (${quoted(AGREED)})`;
  return notSuppressed ? `${agreed}\n    AND coalesce(${notSuppressed}, true)` : agreed;
}

const words = (column: string): string => `lower(trim(${column}::VARCHAR))`;
const quoted = (all: readonly string[]): string => all.map((word) => `'${word}'`).join(', ');

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

/** The file that tells of the customers of another who may be written to, where that other does not. */
export function askedElsewhere(
  parts: readonly Part[],
  half: Half,
  mapping: ColumnMapping,
  entries: readonly DataEntry[],
): Asked | undefined {
  const customer = parts.find(({ roles }) => roles.includes('customer'));
  const own = customer && mapping[customer.name];
  const asks = parts.some((part) => part.consent && mapping[part.name] === undefined);
  if (own === undefined || !asks) return undefined;
  const byAddress = isByAddress(customer!, half, own);
  for (const entry of entries) {
    if (entry === half.entry || entry.status !== 'ready' || !entry.profile) continue;
    const { consent, customer: number, email } = rolesOfFile(entry);
    const theirs = byAddress ? email : number;
    if (consent !== undefined && theirs !== undefined) return { entry, table: entry.table, own, theirs, byAddress };
  }
  return undefined;
}

/** As {@link consented}, by a customer's rows in another file: all of them must say so. */
export function consentedElsewhere({ entry, table, own, theirs, byAddress }: Asked, orders: string): string {
  const roles = rolesOfFile(entry);
  const key = (from: string, column: string): string => {
    const name = `${from}.${writtenIdentifier(column)}`;
    return byAddress ? words(name) : `${name}::VARCHAR`;
  };
  const same = `${key(table, theirs)} = ${key(orders, own)}`;
  return `(SELECT bool_and(${consented(roles.consent, roles, `${table}.`)}) FROM ${table} WHERE ${same})`;
}
