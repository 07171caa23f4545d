/** Types that come out of another database as they are, by their names in DESCRIBE. */
const KNOWN = new Set(
  `BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE DECIMAL VARCHAR
  BLOB DATE TIME TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS INTERVAL UUID STRUCT MAP`.split(/\s+/),
);

/** What Arrow carries wrongly from one database to another, and text rightly. */
const AS_TEXT = new Set(['HUGEINT', 'UHUGEINT', 'UUID', 'INTERVAL']);

/** A struct's field with the sign before it, or else a type: an ENUM with its values, one of several words, one word. */
const PIECE =
  /[(,] ?(?!TIME(?:STAMP)? WITH)(?:"(?:""|[^"])*"|\w+) (?=[A-Z])|ENUM\((?:'(?:''|[^'])*'(?:, )?)*\)|TIME(?:STAMP)? WITH TIME ZONE|[A-Za-z_]\w*/g;
const UNNAMED = /STRUCT\((?:"(?:""|[^"])*"|\w+)[,)]/;

export interface Carried {
  /** What the column is in the page. */
  readonly type: string;
  /** As which it travels there. */
  readonly carrier: string;
  /** What became of it, where it is not what it was. */
  readonly change?: 'text' | 'enum' | 'utc';
}

/**
 * How a column of another database comes into the page's. The values of an ENUM become texts and moments with a zone UTC,
 * within structs and lists too; a type that the page's database lacks or cannot hand on becomes text as a whole.
 */
export function carried(type: string): Carried {
  let change: Carried['change'];
  let whole = true;
  const inPage = withTypes(type, (word) => {
    if (word.startsWith('ENUM(')) {
      change ??= 'enum';
      return 'VARCHAR';
    }
    if (word === 'TIMESTAMP WITH TIME ZONE') {
      change ??= 'utc';
      return 'TIMESTAMP';
    }
    whole &&= KNOWN.has(word);
    return word;
  });
  if (!whole || UNNAMED.test(type)) return { type: 'VARCHAR', carrier: 'VARCHAR', change: 'text' };
  const carrier = withTypes(inPage, (word) => (AS_TEXT.has(word) ? 'VARCHAR' : word));
  return { type: inPage, carrier, ...(change && { change }) };
}

const withTypes = (type: string, written: (word: string) => string): string =>
  type.replace(PIECE, (piece) => (/^[(,]/.test(piece) ? piece : written(piece)));
