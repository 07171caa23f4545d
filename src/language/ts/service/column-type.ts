/**
 * The TypeScript type of the values of a DuckDB column as `table/decode.ts` gives them. Numbers of 64 bits and more are
 * written as `number`, which they are where every value is exact as one. An unknown type is `any`.
 *
 * @example
 * columnType('DATE'); // => 'Date'
 * columnType('VARCHAR[]'); // => 'readonly string[]'
 */
export function columnType(duckdb: string): string {
  const type = duckdb.trim();
  if (AS_TEXT.test(type.replace(/"(?:""|[^"])*"|'(?:''|[^'])*'/g, ''))) return 'string';
  const list = /^(.*)\[\d*\]$/s.exec(type);
  if (list) return listType(columnType(list[1]!));
  const nested = /^(STRUCT|MAP)\s*\((.*)\)$/is.exec(type);
  if (nested?.[1]?.toUpperCase() === 'STRUCT') return structType(nested[2]!);
  if (nested) return `ReadonlyMap<${partsOf(nested[2]!).map(columnType).join(', ')}>`;
  return SIMPLE.find(([pattern]) => pattern.test(type))?.[1] ?? 'any';
}

/** A column with one of these, also within a list or a struct, comes as text (see `engine/portable.ts`). */
const AS_TEXT = /\b(?:ENUM|BIT|UHUGEINT|BIGNUM|VARINT|TIME WITH TIME ZONE|VARIANT)\b/i;

const SIMPLE: readonly (readonly [RegExp, string])[] = [
  [/^(?:U?(?:TINY|SMALL|BIG)INT|HUGEINT|U?INTEGER|FLOAT|DOUBLE|DECIMAL(?:\s*\(.*\))?)$/i, 'number'],
  [/^(?:VARCHAR|UUID|INTERVAL|TIME)$/i, 'string'],
  [/^BOOLEAN$/i, 'boolean'],
  [/^(?:DATE|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|TIMESTAMPTZ)$/i, 'Date'],
  [/^BLOB$/i, 'Uint8Array'],
];

function structType(fields: string): string {
  const written = partsOf(fields).map((field) => {
    const match = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.+)$/s.exec(field);
    if (!match) return undefined;
    const name = match[1]?.replaceAll('""', '"') ?? match[2]!;
    return `${JSON.stringify(name)}: ${columnType(match[3]!)}`;
  });
  return written.includes(undefined) ? 'any' : `{ ${written.join('; ')} }`;
}

/** A list of numbers may come as a typed array, which has nearly all that an array can do. */
function listType(type: string): string {
  return type.startsWith('readonly ') ? `readonly (${type})[]` : `readonly ${type}[]`;
}

/** The parts of a list between commas that stand in no brackets and no quotes. */
function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let begin = 0;
  for (let i = 0; i < list.length; i++) {
    const char = list[i]!;
    if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(list.slice(begin, i).trim());
      begin = i + 1;
    }
  }
  return [...parts, list.slice(begin).trim()];
}
