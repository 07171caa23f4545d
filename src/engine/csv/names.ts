/** Words that SQL reads as its own: a name among them gets an underscore behind it, so that nobody needs to quote. */
const RESERVED = new Set(
  `all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check collate
  collation column concurrently constraint create cross default deferrable desc describe distinct do else end except
  false fetch for foreign freeze from full generated glob grant group having ilike in initially inner intersect into
  is isnull join lambda lateral leading left like limit map natural not notnull null offset on only or order outer
  overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning right select semi
  show similar some summarize symmetric table tablesample then to trailing true try_cast union unique unpack unpivot
  using variadic verbose when where window with`.split(/\s+/),
);

const LONGEST = 63;

/** Letters that carry no separable mark. */
const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' };

/**
 * A name one can write in SQL without quotes: lower-case words joined by underscores, accents off Latin letters,
 * letters of other scripts kept. `%` and `#` become words; `OrderID` becomes `order_id`. Empty when nothing is left.
 */
export function cleanName(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, (marks, at: number, whole: string) => (/[a-z]/i.test(whole[at - 1] ?? '') ? '' : marks))
    .normalize('NFC')
    .replace(/['’`]/g, '')
    .replace(/%/g, ' percent ')
    .replace(/#(?=\s*\p{L})/gu, ' number ')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => PLAIN[letter]!)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const short = words.length > LONGEST ? words.slice(0, LONGEST).replace(/_[^_]*$/, '') : words;
  if (short === '') return '';
  if (/^\p{N}/u.test(short)) return `_${short}`;
  return RESERVED.has(short) ? `${short}_` : short;
}

/** The name, or the name with `_2`, `_3`, … behind it, so that `taken` (lower case) does not hold it. It then does. */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${name}_${n}`;
  taken.add(unique.toLowerCase());
  return unique;
}

/** A table name from a file's name: `Orders 2024 (1).csv` gives `orders_2024_1`. Plain ASCII, unique among `existing`. */
export function tableName(fileName: string, existing: readonly string[]): string {
  const stem = fileName
    .replace(/^.*[\\/]/, '')
    .replace(
      /(\.(csv|tsv|tab|txt|psv|dat|gz|json|ndjson|jsonl|geojson|parquet|xlsx?|xlsm|xlsb|ods|duckdb|ddb|db))+$/i,
      '',
    );
  const ascii = cleanName(stem)
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/_{2,}/g, '_')
    .replace(/_+$/, (end) => (RESERVED.has(cleanName(stem).slice(0, -1)) ? end : ''));
  return uniqueName(/[a-z0-9]/.test(ascii) ? ascii : 'table_1', new Set(existing.map((name) => name.toLowerCase())));
}

/** Clean, unique column names for the headers as written; a blank one becomes `column_3` by its place. */
export function columnNames(headers: readonly string[]): string[] {
  const taken = new Set<string>();
  return headers.map((header, i) => uniqueName(cleanName(header) || `column_${i + 1}`, taken));
}
