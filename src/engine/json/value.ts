/** What a JSON text holds, with every number as exact as it was written. */
export type Value = null | boolean | number | string | Exact | readonly Value[] | { readonly [key: string]: Value };

/** A number that has more digits than a JavaScript number keeps, or an exponent: as it was written. */
export class Exact {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): string {
    return this.digits;
  }
}

/** Long enough to lose digits, or with an exponent. */
const SUSPICIOUS = /\d{16}|\d\.\d{15}|\d[eE]/;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads a JSON text. A number that JavaScript would round comes as {@link Exact}: integers beyond 2^53, numbers of more
 * than 15 digits that do not come back as they were written, and those too large for any number. Throws as `JSON.parse`.
 */
export function parseValue(text: string): Value {
  if (!SUSPICIOUS.test(text)) return JSON.parse(text) as Value;
  // Nobody who wrote the file can know the mark.
  const mark = `\0${crypto.randomUUID()}:`;
  let marked = false;
  const safe = text.replace(TOKEN, (token) => {
    if (token.startsWith('"') || !isRounded(token)) return token;
    marked = true;
    return JSON.stringify(mark + token);
  });
  if (!marked) return JSON.parse(text) as Value;
  // Where a mark makes JSON of what was none (`{12345678901234567890: 1}`), the text itself says so.
  JSON.parse(text);
  return JSON.parse(safe, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new Exact(value.slice(mark.length)) : value,
  ) as Value;
}

function isRounded(token: string): boolean {
  const number = Number(token);
  if (!Number.isFinite(number)) return true;
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(number);
}

/** A value as JSON text. Throws a `RangeError` where it is nested beyond all measure. */
export function jsonText(value: Value): string {
  if (value instanceof Exact) return value.digits;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`)
    .join(',')}}`;
}
