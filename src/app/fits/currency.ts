import { topOf, type Half } from './parts';

/** Signs that stand for one currency; `$` stands for many. */
const CODES: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

/** The currency that most of a file's amounts are in: as a column says, a header (`Amount spent (EUR)`), or the amounts themselves. */
export function currencyOf(half: Half): string | undefined {
  const [most] = topOf(half.entry, half.roles.currency);
  const amount = amountOf(half);
  const sign = signBefore(amount);
  const said = most?.value.toUpperCase() ?? /\(([A-Z]{3})\)/.exec(amount?.source ?? '')?.[1];
  return said && Intl.supportedValuesOf('currency').includes(said) ? said : sign && CODES[sign];
}

/** What a file's amounts are written with: a sign, or where letters stand for the currency, its code. */
export function currencySignOf(half: Half): string | undefined {
  const code = currencyOf(half);
  return code ? signOfCode(code) : signBefore(amountOf(half));
}

/**
 * A template's text, which is written in euros, in another currency: `€12` is `£12`, or `CHF 12` where it has no sign of its
 * own. Amounts whose currency nobody knows stay as they are.
 */
export function inCurrency(text: string, half: Half): string {
  const sign = currencySignOf(half);
  if (sign === undefined || sign === '€') return text;
  const before = sign.length > 1 ? `${sign}\u00a0` : sign;
  return text
    .replace(/€(?=[\d${])|(?<=')€(?=')/g, () => before)
    .replaceAll('€', () => sign)
    .replaceAll("currency: 'EUR'", () => `currency: '${currencyOf(half) ?? 'USD'}'`);
}

/** The column of a file's amounts, as it was read. */
const amountOf = ({ entry, roles }: Half) =>
  entry.plan?.columns.find(({ name }) => name === (roles.cost ?? roles.revenue));

/** The sign among what was taken away before an amount was read. */
const signBefore = (amount: ReturnType<typeof amountOf>): string | undefined =>
  amount && 'strip' in amount && typeof amount.strip === 'string' ? /[$€£]/.exec(amount.strip)?.[0] : undefined;

function signOfCode(code: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' });
  const sign = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? code;
  return /^\P{L}$/u.test(sign) ? sign : code;
}
