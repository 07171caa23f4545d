const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/**
 * A number in at most three digits, as axes and labels write it.
 *
 * @example compact(72_800) // => '72.8K'
 */
export function compact(value: number): string {
  return short.format(value).replace('-', '−');
}
