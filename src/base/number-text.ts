const plain = { maximumFractionDigits: 6 } as const;

/**
 * A number by itself, as its language writes it: with up to six decimals, or three digits where these would misstate it by
 * more than a hundredth, as a power of ten below a billionth. What is no number is `NaN` or `Infinity`.
 */
export function numberText(value: number, locale?: string): string {
  if (!Number.isFinite(value)) return String(value);
  // There is no zero below zero.
  if (value === 0) return '0';
  const misstated = Math.abs(Math.round(value * 1e6) / 1e6 - value) > 0.01 * Math.abs(value);
  if (!misstated) return value.toLocaleString(locale, plain);
  const notation = Math.abs(value) < 1e-9 ? 'scientific' : 'standard';
  return value.toLocaleString(locale, { maximumSignificantDigits: 3, notation });
}
