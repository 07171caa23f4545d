import type { CsvPlan } from '../engine';

type Decimal = CsvPlan['decimal'];

/** Signs of currencies, and codes that stand before or behind an amount. */
const CURRENCY =
  /^(?:[A-Z]{0,2}[$€£¥₹₽₩₺₪₴฿]|US\$|CHF|EUR|USD|GBP|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|INR|BRL|ZAR|TRY|zł|kr\.?|Kč|Ft|lei|Fr\.?)$/u;
const GROUPERS = " \u00a0\u202f.,'’";

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A number as exports write it, taken apart. */
export interface NumberParts {
  /** `−` or nothing. */
  readonly sign: string;
  /** The digits with their separators: `1.234,56`. */
  readonly digits: string;
  readonly currency: string;
  readonly percent: boolean;
}

/** Takes `-€ 1.234,56`, `(12 USD)`, `12,5 %` or `−3` apart; null where the text is no such thing. */
export function numberParts(text: string): NumberParts | null {
  let rest = text.trim();
  let sign = '';
  if (/^\(.*\)$/.test(rest)) {
    sign = '-';
    rest = rest.slice(1, -1).trim();
  }
  const found =
    /^([-−+]?)\s*(\p{L}*\p{Sc}?\.?|[A-Za-z]+)\s*([-−+]?)(\d[\d\s.,'’]*|[.,]\d+)\s*(%|\p{L}*\p{Sc}?\.?)\s*(-?)$/u.exec(
      rest,
    );
  if (!found) return null;
  const [, before, prefix, inner, digits, suffix, after] = found;
  const signs = `${before}${inner}${after}`.replace('−', '-');
  if (signs.length > 1 || (sign && signs)) return null;
  if (signs === '-') sign = '-';
  const percent = suffix === '%';
  const currency = prefix || (percent ? '' : suffix!);
  if ((prefix && suffix && !percent) || (currency && (percent || !CURRENCY.test(currency)))) return null;
  return { sign, digits: digits!.trim(), currency, percent };
}

/** A function from text to a plain number (`-1234.56`), or to null. `strip` holds what may surround and group digits. */
export function numberReader(decimal: Decimal, strip: string, percent: boolean): (text: string) => string | null {
  const groups = [...strip].filter((mark) => GROUPERS.includes(mark) && mark !== decimal);
  const signs = [...strip].filter((mark) => !GROUPERS.includes(mark)).join('');
  const point = escape(decimal);
  // Thousands begin with a digit that counts: `0.125` is no 125.
  const group = groups.length
    ? `(?:[1-9]\\d{0,2}(?:[${groups.map(escape).join('')}]\\d{2,3})*[${groups.map(escape).join('')}]\\d{3}|\\d+)`
    : '\\d+';
  const pattern = new RegExp(`^(${group}?)(?:${point}(\\d*))?$`, 'u');
  return (text) => {
    const parts = numberParts(text);
    if (!parts || [...parts.currency].some((letter) => !signs.includes(letter))) return null;
    const found = pattern.exec(parts.digits);
    if (!found || (!found[1] && !found[2])) return null;
    const whole = found[1]!.replace(/\D/g, '') || '0';
    const plain = `${parts.sign}${whole}${found[2] ? `.${found[2]}` : ''}`;
    if (parts.percent !== percent && Number(plain) !== 0) return null;
    // Scaled in the text, so that 5.1 % is the double nearest to 0.051.
    return percent ? String(Number(`${plain}e-2`)) : plain;
  };
}

/** One point with three digits behind it: thousands, or a fraction. Nothing tells by itself. */
export const ONE_POINT = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** What a cell says about the decimal mark: `,` or `.` where it can be read one way only. */
export function decimalEvidence(text: string): Decimal | null {
  if (!/\d[.,]\d/.test(text)) return null;
  const parts = numberParts(text);
  if (!parts) return null;
  const { digits } = parts;
  const marks = digits.replace(/[^.,]/g, '');
  const last = marks.at(-1) as Decimal | undefined;
  if (!last) return null;
  if (marks.includes(',') && marks.includes('.')) {
    return marks.indexOf(last) === marks.length - 1 ? last : null;
  }
  if (marks.length > 1) return /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(digits) ? (last === ',' ? '.' : ',') : null;
  const tail = digits.slice(digits.indexOf(last) + 1);
  const head = digits.slice(0, digits.indexOf(last));
  // Three digits behind one mark may be thousands; anything else is a fraction.
  return tail.length === 3 && /^[1-9]\d{0,2}$/.test(head) ? null : last;
}
