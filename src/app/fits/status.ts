import type { DataEntry } from '../../session/data-files';
import { topOf, type Half } from './parts';

/** Words of shops for an order that came to nothing, in what they call its status; WooCommerce counts what waits for its first payment so, too. */
const NEVER_PAID =
  'void|cancel|annul|anulow|fail|declin|expir|storn|abgebroch|fehlgeschlag|draft|entwurf|pending payment|payment pending|zahlung ausstehend';
/** And for one that is still to be paid: a sale, as shops count that send invoices, but it is told. */
const AWAITED =
  'pending|unpaid|unbezahlt|nicht bezahlt|on.?hold|awaiting|\\boffen|ausstehend|nieopłac|oczekuj|en attente|impay';
/** And for one whose money went back; unless that is said of a part of it, the whole of it did. */
const PAID_BACK =
  'refund|returned|reimburs|chargeback|erstatt|rückgezahlt|retour|rückgabe|zurückgegeben|rembours|reembols|rimbors|terugbetaald|zwrot|zwróc';
const IN_PART = 'part|teil|częśc';

const says = (status: string, words: string): string => `regexp_matches(coalesce(${status}, ''), '(?i)${words}')`;

/** What is true where a status says that an order was never paid. */
export const saysUnpaid = (status: string): string => says(status, NEVER_PAID);

/** And where it says that all of it was paid back. */
export const saysPaidBack = (status: string): string => `${says(status, PAID_BACK)} AND NOT ${says(status, IN_PART)}`;

/** What the most frequent states of a file's orders say of what was paid. */
export function statesOf(entry: DataEntry, { status }: Half['roles']): Readonly<Record<Standing, readonly string[]>> {
  const states: Record<Standing, string[]> = {
    unpaid: [],
    'paid back': [],
    'partly paid back': [],
    awaited: [],
    counted: [],
  };
  for (const { value } of topOf(entry, status)) states[standingOf(value)].push(value);
  return states;
}

type Standing = 'unpaid' | 'paid back' | 'partly paid back' | 'awaited' | 'counted';

function standingOf(status: string): Standing {
  const has = (words: string): boolean => new RegExp(words, 'i').test(status);
  if (has(NEVER_PAID)) return 'unpaid';
  if (has(PAID_BACK)) return has(IN_PART) ? 'partly paid back' : 'paid back';
  return has(AWAITED) ? 'awaited' : 'counted';
}
