import { LevainError } from '../../../base/problem';

/** How numbers are told to the reader. */
export interface WordingOptions {
  /** Three letters, for example EUR; amounts have no sign when not given. */
  readonly currency?: string;
  /** Of the numbers, as in `Intl.NumberFormat`; en when not given. */
  readonly locale?: string;
  /** What one unit of the outcome is where it is no money: `order`, `sign-up`. */
  readonly outcomeUnit?: string;
  /** What a unit of spend must bring to pay for itself: sales over their margin. 1 when not given. */
  readonly breakEven?: number;
}

/** Numbers as text, ready for a sentence. */
export interface Wording {
  money(value: number): string;
  /** An amount of the outcome: money, or so many orders. */
  outcome(value: number): string;
  percent(share: number): string;
  /** What money is counted in: “euro”, “unit spent”. */
  readonly unit: string;
  /** “order”, where the outcome is no money. */
  readonly outcomeUnit: string | undefined;
  readonly breakEven: number;
}

const UNITS: Record<string, string> = {
  EUR: 'euro',
  USD: 'dollar',
  GBP: 'pound',
  CHF: 'franc',
  CAD: 'dollar',
  AUD: 'dollar',
};

/**
 * Prepares the wording of numbers. Amounts from 100 on are told in three digits: more would say more than is known.
 *
 * @throws LevainError `bad-parameter` when the currency or the locale is none
 */
export function wordingOf({ currency, locale = 'en', outcomeUnit, breakEven = 1 }: WordingOptions = {}): Wording {
  const amount = (value: number): Intl.NumberFormat => formatter(locale, currency, Math.abs(value));
  const money = (value: number): string => (Number.isFinite(value) ? amount(value).format(value) : 'no end');
  const count = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const shares = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return {
    money,
    outcome: outcomeUnit ? (value) => `${count.format(value)} ${outcomeUnit}s` : money,
    percent: (share) => `${shares.format(100 * share)} %`,
    unit: currency ? (UNITS[currency] ?? currency) : 'unit spent',
    outcomeUnit,
    breakEven,
  };
}

function formatter(locale: string, currency: string | undefined, size: number): Intl.NumberFormat {
  const digits: Intl.NumberFormatOptions =
    size >= 100 ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  try {
    return new Intl.NumberFormat(locale, currency ? { style: 'currency', currency, ...digits } : digits);
  } catch (cause) {
    const message = `There is no currency “${currency}”, or no locale “${locale}”.`;
    const hint = 'Write currencies as EUR and locales as en or de-AT.';
    throw new LevainError({ code: 'bad-parameter', message, hint }, { cause });
  }
}
